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
import type { Desk, Place } from "./table.server";
import { losesCharacters } from "./typefaces.server";

/** From so many cells on, what tells the structure is packed. Shorter files stay as they were first written. */
const MOST_ELEMENTS = 20_000;

function cellsOf({ columns, sections }: Report): number {
  return columns.length * sections.reduce((sum, { rows }) => sum + rows.length, 0);
}

/** Writes the document of a report; with a seal it is signed digitally as a whole. `words` are what its certificate says about that. */
export async function writeDocument(
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
  // PDFKit 0.20 writes these words into XML as they are, where an ampersand breaks it. Take this out when it escapes them.
  Object.assign(doc, { _addInfo: () => doc.appendXML(metadata(info)) });
  const bytes = collected(doc);
  const structured = cellsOf(report) > MOST_ELEMENTS ? packStructure(doc) : null;
  const pen = createPen(doc);
  const desk: Desk = { doc, pen, pages: createPages(doc, pen, report) };
  const whole = doc.struct("Document");
  doc.addStructure(whole);
  outlineOf(report).forEach((chapter, i) => drawChapter(desk, whole, report, { chapter, number: i + 1, words }));
  whole.end();
  structured?.();
  desk.pages.finish();
  // `relationship` is not in the package's types.
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

function drawChapter(desk: Desk, whole: Place, report: Report, { chapter, number, words }: Numbered): void {
  const { doc, pages } = desk;
  const before = doc.bufferedPageRange().count === 0 ? null : doc.page.width > doc.page.height;
  if (before !== chapter.landscape || chapter.own) pages.turn(chapter.landscape);
  const part = doc.struct("Sect");
  whole.add(part);
  if (number === 1) drawTitle(desk, part, report);
  drawText(desk, part, "H1", `${number}. ${chapter.title}`, LOOKS.h1, { before: 12, after: 7, with: 90 });
  const entry = doc.outline.addItem(`${number}. ${chapter.title}`, { expanded: false });
  let headings = 0;
  for (const block of chapter.blocks) {
    if (block.kind === "heading") {
      headings += 1;
      drawText(desk, part, "H2", `${number}.${headings} ${block.text}`, LOOKS.h2, { before: 8, after: 5, with: 60 });
      entry.addItem(block.text);
    } else drawBlock(desk, part, report, block, words);
  }
  part.end();
}

function drawTitle(desk: Desk, part: Place, report: Report): void {
  drawText(
    desk,
    part,
    "P",
    report.kind === "amendment" ? `${report.amendment?.title ?? "Amendment"} to ${report.title}` : report.title,
    LOOKS.title,
    { after: 2 },
  );
  drawText(desk, part, "P", `${report.client} and ${report.provider}`, LOOKS.subtitle, { after: 8 });
  if (report.mark) drawText(desk, part, "P", report.mark, LOOKS.alert);
  const { edition } = report;
  const words =
    edition.canonicalText +
    (edition.kind === "version" ? edition.reason + edition.authorName : "") +
    report.signatories.map(({ name, title }) => name + title).join("");
  if (losesCharacters(words)) drawText(desk, part, "P", BOXES, LOOKS.quiet);
}

function drawBlock(
  desk: Desk,
  part: Place,
  report: Report,
  block: Exclude<Block, { kind: "heading" }>,
  words: string | null,
): void {
  switch (block.kind) {
    case "paragraph":
      return drawText(desk, part, "P", block.text, LOOKS[block.look]);
    case "list":
      return drawList(desk, part, block.items);
    case "facts":
      return drawFacts(desk, part, block.label, block.facts);
    case "table":
      return drawTextTable(desk, part, block);
    case "matrix":
      return drawMatrix(desk, part, report, block.columns);
    case "signatures":
      return drawSignatures(desk, part, report.signatories);
    case "certificate":
      return drawCertificate(desk, part, report, words);
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

/** So many bytes are gathered into one. */
const GATHERED = 1_000_000;

/** The bytes of a document once it has ended. PDFKit hands them out in pieces of a few bytes, three for every object, and a stream would hold a million of those. */
function collected(doc: PDFKit.PDFDocument): Promise<Uint8Array> {
  // Its first line was handed out when it was made.
  const parts: Buffer[] = [doc.read()];
  let room = Buffer.alloc(0);
  let used = 0;
  return new Promise((resolve, reject) => {
    const push = (piece: Uint8Array | null) => {
      if (!piece) return resolve(Buffer.concat([...parts, room.subarray(0, used)]));
      if (used + piece.length > room.length) {
        parts.push(room.subarray(0, used));
        room = Buffer.allocUnsafe(Math.max(GATHERED, piece.length));
        used = 0;
      }
      room.set(piece, used);
      used += piece.length;
    };
    Object.assign(doc, { push });
    doc.on("error", reject);
  });
}
