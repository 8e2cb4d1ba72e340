import { HeadingLevel, Paragraph, type Document, Packer, type FileChild } from "docx";
import type { TextBlock } from "~/domain/blocks";
import { readable, rewrite, unzip, type Parts } from "../package.server";
import { CLAUSES, POINTS, TABLE_STYLES } from "./styles.server";
import { factTable, styledParagraph, textTable, withTables } from "./table.server";

/** Writes blocks of text as paragraphs and tables. Each list of a document counts anew, so each document has its own. */
export function textBlockWriter(): (block: TextBlock, width: number) => FileChild[] {
  let lists = 0;
  return (block, width) => {
    switch (block.kind) {
      case "heading":
        return [
          new Paragraph({
            heading: HeadingLevel.HEADING_2,
            numbering: { reference: CLAUSES, level: 1 },
            text: readable(block.text),
          }),
        ];
      case "paragraph":
        return [
          styledParagraph(
            block.text,
            { plain: "ScheduleText", quiet: "ScheduleNote", alert: "ScheduleMark" }[block.look],
          ),
        ];
      case "list":
        lists += 1;
        return block.items.map(
          (item) =>
            new Paragraph({
              style: "SchedulePoint",
              numbering: { reference: POINTS, level: 0, instance: lists },
              text: readable(item),
            }),
        );
      case "facts":
        return [factTable(block.facts, width)];
      case "table":
        return [textTable(block, width)];
    }
  };
}

/**
 * The parts of a document's package, with the moment `at` (ISO 8601) as that of its writing. The library writes the
 * current time instead, and the same document is to give the same bytes.
 */
export async function packedParts(document: Document, children: readonly FileChild[], at: string): Promise<Parts> {
  const parts = unzip(new Uint8Array(await Packer.toArrayBuffer(document)));
  rewrite(parts, "docProps/core.xml", (xml) =>
    xml.replace(/(<dcterms:(created|modified)[^>]*>)[^<]*/g, `$1${at.slice(0, 19)}Z`),
  );
  rewrite(parts, "word/document.xml", (xml) => withTables(xml, children));
  rewrite(parts, "word/styles.xml", (xml) => xml.replace("</w:styles>", `${TABLE_STYLES}</w:styles>`));
  return parts;
}
