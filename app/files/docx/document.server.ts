import { Document, type FileChild, HeadingLevel, Packer, Paragraph } from "docx";
import type { Block, Chapter } from "~/domain/blocks";
import { outlineOf } from "~/domain/pack/outline";
import type { Report } from "~/domain/pack/report";
import { readable, rewrite, unzip, zip } from "../package.server";
import { addCarried } from "./carried.server";
import { matrixTable } from "./matrix.server";
import { section, textWidth } from "./page.server";
import { certificate, signatureBlocks } from "./signatures.server";
import { CLAUSES, documentStyles, NUMBERING, POINTS, TABLE_STYLES } from "./styles.server";
import { factTable, styled, textTable, withTables } from "./table.server";

/** Writes the document of a report: chapters on sheets that lie the way each needs, and the canonical text inside. */
export async function writeDocument(report: Report): Promise<Uint8Array> {
  let lists = 0;

  const written = (block: Block, width: number): FileChild[] => {
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
          styled(block.text, { plain: "ScheduleText", quiet: "ScheduleNote", alert: "ScheduleMark" }[block.look]),
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
        return certificate(report, width);
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
      ...blocks.flatMap((block) => written(block, width)),
    ];
  };
  const title = [
    new Paragraph({
      heading: HeadingLevel.TITLE,
      text: readable(
        report.kind === "amendment" ? `${report.amendment?.title ?? "Amendment"} to ${report.title}` : report.title,
      ),
    }),
    styled(`${report.client} and ${report.provider}`, "ScheduleSubtitle"),
    ...(report.mark ? [styled(report.mark, "ScheduleMark")] : []),
  ];
  const sections = runs(outlineOf(report)).map((run, i) => ({
    ...section(report, run.landscape),
    children: [...(i === 0 ? title : []), ...run.chapters.flatMap(chapter)],
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
  // The library writes the hour of writing; a file of the same report is to be the same file.
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

/** Chapters that follow each other on paper that lies the same way. */
function runs(chapters: readonly Chapter[]): { landscape: boolean; chapters: Chapter[] }[] {
  const found: { landscape: boolean; chapters: Chapter[] }[] = [];
  for (const chapter of chapters) {
    const last = found.at(-1);
    if (last?.landscape === chapter.landscape) last.chapters.push(chapter);
    else found.push({ landscape: chapter.landscape, chapters: [chapter] });
  }
  return found;
}
