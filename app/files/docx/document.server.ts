import { Document, type FileChild, HeadingLevel, Packer, Paragraph } from "docx";
import type { Block, Chapter } from "~/domain/blocks";
import { outlineOf } from "~/domain/pack/outline";
import type { Report } from "~/domain/pack/report";
import { readable, rewrite, unzip, zip } from "../package.server";
import { addCarried } from "./carried.server";
import { matrixTable } from "./matrix.server";
import { section, textWidth } from "./page.server";
import { certificateChildren, signatureBlocks } from "./signatures.server";
import { CLAUSES, documentStyles, NUMBERING, POINTS, TABLE_STYLES } from "./styles.server";
import { factTable, styledParagraph, textTable, withTables } from "./table.server";

/**
 * Writes a report as a DOCX file: its chapters in sections of landscape or portrait format, and the canonical text as a
 * part of its own.
 */
export async function writeDocxDocument(report: Report): Promise<Uint8Array> {
  let lists = 0;

  const blockChildren = (block: Block, width: number): FileChild[] => {
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
      case "matrix":
        return [matrixTable(report, block.columns, width)];
      case "signatures":
        return signatureBlocks(report.signatories, width);
      case "certificate":
        return certificateChildren(report, width);
    }
  };
  const chapter = ({ title, landscape, own, blocks }: Chapter) => {
    const width = textWidth(report.paper, landscape);
    return [
      new Paragraph({
        heading: HeadingLevel.HEADING_1,
        numbering: { reference: CLAUSES, level: 0 },
        pageBreakBefore: own && !landscape,
        text: title,
      }),
      ...blocks.flatMap((block, i) => [
        // Word joins two tables between which no paragraph stands.
        ...(isTable(block) && isTable(blocks[i - 1]) ? [styledParagraph("", "ScheduleGap")] : []),
        ...blockChildren(block, width),
      ]),
    ];
  };
  const title = [
    new Paragraph({
      heading: HeadingLevel.TITLE,
      text: readable(
        report.kind === "amendment" ? `${report.amendment?.title ?? "Amendment"} to ${report.title}` : report.title,
      ),
    }),
    styledParagraph(`${report.client} and ${report.provider}`, "ScheduleSubtitle"),
    ...(report.mark ? [styledParagraph(report.mark, "ScheduleMark")] : []),
  ];
  const sections = sectionsOf(outlineOf(report)).map((group, i) => ({
    ...section(report, group.landscape),
    children: [...(i === 0 ? title : []), ...group.chapters.flatMap(chapter)],
  }));
  const document = new Document({
    title: readable(`${report.title}: ${report.client} and ${report.provider}`),
    subject: report.editionName,
    creator: report.edition.kind === "draft" ? "Demarc" : readable(report.edition.authorName),
    lastModifiedBy: "Demarc",
    description: `Fingerprint ${report.edition.fingerprint}`,
    styles: documentStyles(),
    numbering: NUMBERING,
    sections,
  });
  const parts = unzip(new Uint8Array(await Packer.toArrayBuffer(document)));
  const at = report.edition.kind === "draft" ? report.edition.exportedAt : report.edition.publishedAt;
  // The library writes the current time. The time of the edition replaces it, so that the same report gives the same
  // bytes.
  rewrite(parts, "docProps/core.xml", (xml) =>
    xml.replace(/(<dcterms:(created|modified)[^>]*>)[^<]*/g, `$1${at.slice(0, 19)}Z`),
  );
  rewrite(parts, "word/document.xml", (xml) =>
    withTables(
      xml,
      sections.flatMap(({ children }) => children),
    ),
  );
  rewrite(parts, "word/styles.xml", (xml) => xml.replace("</w:styles>", `${TABLE_STYLES}</w:styles>`));
  addCarried(parts, report);
  return zip(parts);
}

function isTable(block: Block | undefined): boolean {
  return block?.kind === "table" || block?.kind === "facts" || block?.kind === "matrix";
}

/** Groups consecutive chapters of the same page format. */
function sectionsOf(chapters: readonly Chapter[]): { landscape: boolean; chapters: Chapter[] }[] {
  const groups: { landscape: boolean; chapters: Chapter[] }[] = [];
  for (const chapter of chapters) {
    const last = groups.at(-1);
    if (last?.landscape === chapter.landscape) last.chapters.push(chapter);
    else groups.push({ landscape: chapter.landscape, chapters: [chapter] });
  }
  return groups;
}
