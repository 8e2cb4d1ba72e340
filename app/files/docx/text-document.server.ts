import { Document, HeadingLevel, Paragraph } from "docx";
import type { TextDocument } from "~/domain/blocks";
import { readable, zip } from "../package.server";
import { packedParts, textBlockWriter } from "./blocks.server";
import { section, textWidth } from "./page.server";
import { CLAUSES, documentStyles, NUMBERING } from "./styles.server";
import { styledParagraph } from "./table.server";

/** Writes a document of text as a DOCX file. */
export async function writeDocxText(input: TextDocument): Promise<Uint8Array> {
  const { title, subtitle, subject, names, foot, paper, at, chapters } = input;
  const width = textWidth(paper, false);
  const blockChildren = textBlockWriter();
  const children = [
    new Paragraph({ heading: HeadingLevel.TITLE, text: readable(title) }),
    styledParagraph(subtitle, "ScheduleSubtitle"),
    ...chapters.flatMap((chapter) => [
      new Paragraph({
        heading: HeadingLevel.HEADING_1,
        numbering: { reference: CLAUSES, level: 0 },
        text: chapter.title,
      }),
      ...chapter.blocks.flatMap((block, i) => [
        // Word joins two tables between which no paragraph stands.
        ...(isTable(block.kind) && isTable(chapter.blocks[i - 1]?.kind) ? [styledParagraph("", "ScheduleGap")] : []),
        ...blockChildren(block, width),
      ]),
    ]),
  ];
  const document = new Document({
    title: readable(title),
    subject: readable(subject),
    creator: "Demarc",
    lastModifiedBy: "Demarc",
    styles: documentStyles(),
    numbering: NUMBERING,
    sections: [{ ...section({ paper, names, edition: subject, mark: "", foot }, false), children }],
  });
  return zip(await packedParts(document, children, at));
}

function isTable(kind: string | undefined): boolean {
  return kind === "table" || kind === "facts";
}
