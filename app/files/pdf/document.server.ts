import type { Block, Chapter } from "~/domain/blocks";
import { outlineOf } from "~/domain/pack/outline";
import { shortFingerprint } from "~/domain/version/snapshot";
import { carriedFactsJson } from "~/domain/verify/carried-facts";
import type { Report } from "~/domain/pack/report";
import { BESIDE_FILE, BOXES, CARRIED_FILE } from "./carried";
import { drawText, drawTextBlock, LOOKS } from "./flow.server";
import { drawMatrix } from "./matrix.server";
import { packStructure } from "./packed.server";
import { newPdf } from "./new-document.server";
import { createPages, type Running } from "./pages.server";
import { createPen } from "./pen.server";
import { prepareSeal, seal, type Seal } from "./seal.server";
import { drawCertificate, drawSignatures } from "./signatures.server";
import type { PdfContext, StructureElement } from "./table.server";
import { losesCharacters } from "./typefaces.server";

/**
 * With more cells than this the structure tree is packed. Smaller documents stay unpacked, as in every release, so that
 * their bytes stay the same.
 */
const MAX_UNPACKED_CELLS = 20_000;

function countCells({ columns, sections }: Report): number {
  return columns.length * sections.reduce((sum, { rows }) => sum + rows.length, 0);
}

/**
 * Writes a report as a PDF and signs the file digitally where a seal is passed. `words` is the text of the certificate
 * about that signature.
 */
export async function writePdfDocument(
  report: Report,
  sealing: Seal | null,
  words = sealing?.words ?? null,
): Promise<Uint8Array> {
  const { edition } = report;
  const at = new Date(edition.kind === "draft" ? edition.exportedAt : edition.publishedAt);
  const title = `${report.kind === "amendment" ? `${report.amendment?.title ?? "Amendment"} to ` : ""}${report.title}: ${report.client} and ${report.provider}`;
  const { doc, bytes } = newPdf({
    title,
    subject: report.editionName,
    author: edition.kind === "draft" ? "Demarc" : edition.authorName,
    keywords: `Fingerprint ${edition.fingerprint}`,
    at,
  });
  const finishPacking = countCells(report) > MAX_UNPACKED_CELLS ? packStructure(doc) : null;
  const pen = createPen(doc);
  const context: PdfContext = { doc, pen, pages: createPages(doc, pen, runningOf(report)) };
  const root = doc.struct("Document");
  doc.addStructure(root);
  outlineOf(report).forEach((chapter, i) => drawChapter(context, root, report, { chapter, number: i + 1, words }));
  root.end();
  finishPacking?.();
  context.pages.finish();
  // The package's types lack `relationship`.
  const attached = {
    type: "application/json",
    description: edition.kind === "version" ? `demarc.version ${edition.number}` : "demarc.draft",
    relationship: "Source",
    creationDate: at,
    modifiedDate: at,
  };
  doc.file(Buffer.from(edition.canonicalText, "utf8"), { ...attached, name: CARRIED_FILE });
  const beside = carriedFactsJson(report, { sealed: words });
  if (beside !== null) doc.file(Buffer.from(beside, "utf8"), { ...attached, name: BESIDE_FILE });
  if (sealing) prepareSeal(doc, sealing);
  doc.end();
  const written = await bytes;
  return sealing ? seal(written, sealing) : written;
}

function runningOf({ paper, client, provider, editionName, mark, edition }: Report): Running {
  const foot = `Fingerprint ${shortFingerprint(edition.fingerprint)}`;
  return { paper, names: `${client} and ${provider}`, edition: editionName, mark, foot };
}

type Numbered = { chapter: Chapter; number: number; words: string | null };

function drawChapter(
  context: PdfContext,
  root: StructureElement,
  report: Report,
  { chapter, number, words }: Numbered,
): void {
  const { doc, pages } = context;
  const before = doc.bufferedPageRange().count === 0 ? null : doc.page.width > doc.page.height;
  if (before !== chapter.landscape || chapter.own) pages.turn(chapter.landscape);
  const part = doc.struct("Sect");
  root.add(part);
  if (number === 1) drawTitle(context, part, report);
  drawText(context, part, "H1", `${number}. ${chapter.title}`, LOOKS.h1, { before: 12, after: 7, with: 90 });
  const entry = doc.outline.addItem(`${number}. ${chapter.title}`, { expanded: false });
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
    default:
      return drawTextBlock(context, part, block, report.writer);
  }
}
