import PDFDocument from "pdfkit";
import type { Block, Chapter } from "~/domain/blocks";
import { outlineOf } from "~/domain/pack/outline";
import { carriedFactsJson } from "~/domain/verify/carried-facts";
import type { Report } from "~/domain/pack/report";
import { xmlText } from "../package.server";
import { BESIDE_FILE, BOXES, CARRIED_FILE } from "./carried";
import { drawFacts, drawList, drawText, drawTextTable, LOOKS } from "./flow.server";
import { drawMatrix } from "./matrix.server";
import { packStructure } from "./packed.server";
import { createPages } from "./pages.server";
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
  const info = {
    Title: title,
    Subject: report.editionName,
    Author: edition.kind === "draft" ? "Demarc" : edition.authorName,
    Creator: "Demarc",
    Producer: "Demarc",
    Keywords: `Fingerprint ${edition.fingerprint}`,
    CreationDate: at,
    ModDate: at,
  };
  const doc = new PDFDocument({
    autoFirstPage: false,
    bufferPages: true,
    tagged: true,
    lang: "en",
    displayTitle: true,
    pdfVersion: "1.7",
    info,
  });
  // PDFKit 0.20 writes these texts into XML without escaping, so an ampersand breaks it. This line can go once PDFKit
  // escapes them.
  Object.assign(doc, { _addInfo: () => doc.appendXML(metadata(info)) });
  const bytes = collectBytes(doc);
  const finishPacking = countCells(report) > MAX_UNPACKED_CELLS ? packStructure(doc) : null;
  const pen = createPen(doc);
  const context: PdfContext = { doc, pen, pages: createPages(doc, pen, report) };
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
    case "paragraph":
      return drawText(context, part, "P", block.text, LOOKS[block.look]);
    case "list":
      return drawList(context, part, block.items);
    case "facts":
      return drawFacts(context, part, block.label, block.facts);
    case "table":
      return drawTextTable(context, part, block, report.writer);
    case "matrix":
      return drawMatrix(context, part, report, block.columns);
    case "signatures":
      return drawSignatures(context, part, report.signatories);
    case "certificate":
      return drawCertificate(context, part, report, words);
  }
}

function metadata({
  Title,
  Subject,
  Author,
  Producer,
  Keywords,
  CreationDate,
}: Record<"Title" | "Subject" | "Author" | "Producer" | "Keywords", string> & { CreationDate: Date }): string {
  const described = (prefix: string, uri: string, content: string) =>
    `<rdf:Description rdf:about="" xmlns:${prefix}="${uri}">${content}</rdf:Description>`;
  return [
    described(
      "xmp",
      "http://ns.adobe.com/xap/1.0/",
      `<xmp:CreateDate>${CreationDate.toISOString().slice(0, 19)}Z</xmp:CreateDate><xmp:CreatorTool>Demarc</xmp:CreatorTool>`,
    ),
    described(
      "dc",
      "http://purl.org/dc/elements/1.1/",
      `<dc:title><rdf:Alt><rdf:li xml:lang="x-default">${xmlText(Title)}</rdf:li></rdf:Alt></dc:title><dc:creator><rdf:Seq><rdf:li>${xmlText(Author)}</rdf:li></rdf:Seq></dc:creator><dc:description><rdf:Alt><rdf:li xml:lang="x-default">${xmlText(Subject)}</rdf:li></rdf:Alt></dc:description>`,
    ),
    described(
      "pdf",
      "http://ns.adobe.com/pdf/1.3/",
      `<pdf:Producer>${Producer}</pdf:Producer><pdf:Keywords>${xmlText(Keywords)}</pdf:Keywords>`,
    ),
  ].join("");
}

/** The size of the buffers that collect what PDFKit emits. */
const BUFFER_BYTES = 1_000_000;

/**
 * Resolves to the bytes of a document once it has ended. PDFKit emits three chunks of a few bytes for every object;
 * copying them into large buffers avoids holding a million of them.
 */
function collectBytes(doc: PDFKit.PDFDocument): Promise<Uint8Array> {
  // PDFKit emits the first line in its constructor, before this function is called.
  const parts: Buffer[] = [doc.read()];
  let room = Buffer.alloc(0);
  let used = 0;
  return new Promise((resolve, reject) => {
    const push = (piece: Uint8Array | null) => {
      if (!piece) return resolve(Buffer.concat([...parts, room.subarray(0, used)]));
      if (used + piece.length > room.length) {
        parts.push(room.subarray(0, used));
        room = Buffer.allocUnsafe(Math.max(BUFFER_BYTES, piece.length));
        used = 0;
      }
      room.set(piece, used);
      used += piece.length;
    };
    Object.assign(doc, { push });
    doc.on("error", reject);
  });
}
