import { numberedTitles, type Block, type Chapter } from "~/domain/blocks";
import { outlineOf } from "~/domain/pack/outline";
import type { Report } from "~/domain/pack/report";
import { BOXES } from "../carried";
import type { PdfContext, StructureElement } from "../rows.server";
import { losesCharacters } from "../typefaces.server";
import { drawText, drawTextBlock, LOOKS } from "./flow.server";
import { drawMatrix } from "./matrix.server";
import { drawCertificate, drawSignatures } from "./signatures.server";

type Numbered = { chapter: Chapter; title: string; number: number; words: string | null };

/** Draws the chapters of a report as the first two writers do. */
export function drawEarlierChapters(
  context: PdfContext,
  root: StructureElement,
  report: Report,
  words: string | null,
): void {
  const chapters = outlineOf(report);
  numberedTitles(chapters).forEach((title, i) => {
    const chapter = chapters[i];
    if (chapter) drawChapter(context, root, report, { chapter, title, number: i + 1, words });
  });
}

function drawChapter(
  context: PdfContext,
  root: StructureElement,
  report: Report,
  { chapter, title, number, words }: Numbered,
): void {
  const { doc, pages } = context;
  const before = doc.bufferedPageRange().count === 0 ? null : doc.page.width > doc.page.height;
  if (before !== chapter.landscape || chapter.own) pages.turn(chapter.landscape);
  const part = doc.struct("Sect");
  root.add(part);
  if (number === 1) drawTitle(context, part, report);
  drawText(context, part, "H1", title, LOOKS.h1, { before: 12, after: 7, with: 90 });
  const entry = doc.outline.addItem(title, { expanded: false });
  let headings = 0;
  for (const block of chapter.blocks) {
    if (block.kind === "heading") {
      headings += 1;
      drawText(context, part, "H2", `${number}.${headings} ${block.text}`, LOOKS.h2, { before: 8, after: 5, with: 60 });
      entry.addItem(block.text);
    } else drawBlock(context, part, report, block, words);
  }
  part.end();
}

function drawTitle(context: PdfContext, part: StructureElement, report: Report): void {
  drawText(
    context,
    part,
    "P",
    report.kind === "amendment" ? `${report.amendment?.title ?? "Amendment"} to ${report.title}` : report.title,
    LOOKS.title,
    { after: 2 },
  );
  drawText(context, part, "P", `${report.client} and ${report.provider}`, LOOKS.subtitle, { after: 8 });
  if (report.mark) drawText(context, part, "P", report.mark, LOOKS.alert);
  const { edition } = report;
  const words =
    edition.canonicalText +
    (edition.kind === "version" ? edition.reason + edition.authorName : "") +
    report.signatories.map(({ name, title }) => name + title).join("");
  if (losesCharacters(words)) drawText(context, part, "P", BOXES, LOOKS.quiet);
}

function drawBlock(
  context: PdfContext,
  part: StructureElement,
  report: Report,
  block: Exclude<Block, { kind: "heading" }>,
  words: string | null,
): void {
  switch (block.kind) {
    case "matrix":
      return drawMatrix(context, part, report, block.columns);
    case "signatures":
      return drawSignatures(context, part, report.signatories);
    case "certificate":
      return drawCertificate(context, part, report, words);
    case "contents":
      return;
    default:
      return drawTextBlock(context, part, block, report.writer);
  }
}
