import { Document, type FileChild, HeadingLevel, Paragraph } from "docx";
import type { Block, Chapter } from "~/domain/blocks";
import { outlineOf } from "~/domain/pack/outline";
import type { Report } from "~/domain/pack/report";
import { shortFingerprint } from "~/domain/version/snapshot";
import { readable, zip } from "../package.server";
import { packedParts, textBlockWriter } from "./blocks.server";
import { addCarried } from "./carried.server";
import { matrixTable } from "./matrix.server";
import { section, textWidth, type Running } from "./page.server";
import { certificateChildren, signatureBlocks } from "./signatures.server";
import { CLAUSES, documentStyles, NUMBERING } from "./styles.server";
import { styledParagraph } from "./table.server";

/**
 * Writes a report as a DOCX file: its chapters in sections of landscape or portrait format, and the canonical text as a
 * part of its own.
 */
export async function writeDocxDocument(report: Report): Promise<Uint8Array> {
  const textChildren = textBlockWriter();

  const blockChildren = (block: Block, width: number): FileChild[] => {
    switch (block.kind) {
      case "matrix":
        return [matrixTable(report, block.columns, width)];
      case "signatures":
        return signatureBlocks(report.signatories, width);
      case "certificate":
        return certificateChildren(report, width);
      default:
        return textChildren(block, width);
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
    ...section(runningOf(report), group.landscape),
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
  const at = report.edition.kind === "draft" ? report.edition.exportedAt : report.edition.publishedAt;
  const parts = await packedParts(
    document,
    sections.flatMap(({ children }) => children),
    at,
  );
  addCarried(parts, report);
  return zip(parts);
}

function runningOf({ paper, client, provider, editionName, mark, edition }: Report): Running {
  const foot = `Fingerprint ${shortFingerprint(edition.fingerprint)}`;
  return { paper, names: `${client} and ${provider}`, edition: editionName, mark, foot };
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
