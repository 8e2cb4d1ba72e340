import {
  certificateBlocks,
  DRAWN_BY_HAND,
  type CertificateBlock,
  type SignatureBlock,
} from "~/domain/pack/certificate";
import type { Report } from "~/domain/pack/report";
import type { SignatureFact } from "~/domain/signing/sign-off";
import { pngSize } from "../../picture.server";
import { drawFacts, drawText, LOOKS } from "./flow.server";
import { INK, leading, type Style } from "../pen.server";
import type { PdfContext, StructureElement } from "../rows.server";
import { drawableText } from "../typefaces.server";

const FIELD: Style = { face: "regular", size: 9.5, color: INK };
const HAND: Style = { face: "italic", size: 17, color: INK };
const LABEL_WIDTH = 80;
const LINE_WIDTH = 270;
const PICTURE = { width: 190, height: 44 };

/**
 * Draws a block for each signatory, never split over pages: known values are filled in, the others have a line to write
 * on.
 */
export function drawSignatures(
  context: PdfContext,
  parent: StructureElement,
  signatories: readonly SignatureBlock[],
): void {
  for (const signatory of signatories) {
    context.pages.need(4 * 20 + PICTURE.height + 50);
    drawText(context, parent, "H2", `For ${signatory.party}`, LOOKS.h2, { before: 8, after: 4 });
    const { name, title, organisation, signature, date } = signatory;
    drawField(context, parent, "Name", signature?.name ?? name);
    drawField(context, parent, "Title", signature?.title ?? title);
    drawField(context, parent, "Organisation", signature?.organisation ?? organisation);
    drawField(context, parent, "Date", date);
    drawSignatureRow(context, parent, signature);
    context.pages.y += 12;
  }
}

function drawField({ doc, pen, pages }: PdfContext, parent: StructureElement, label: string, text: string): void {
  const { y, left } = pages;
  const [line = ""] = pen.lines(text.replace(/\s+/g, " "), FIELD, LINE_WIDTH);
  drawElement({ doc }, parent, () => {
    pen.line(label, left, y + 4, LOOKS.quiet);
    pen.line(line.trimEnd(), left + LABEL_WIDTH, y + 3, FIELD);
  });
  drawRule({ doc, pages }, y + 19);
  pages.y = y + 20;
}

function drawSignatureRow(
  { doc, pen, pages }: PdfContext,
  parent: StructureElement,
  signature: SignatureFact | null,
): void {
  const { y, left } = pages;
  drawElement({ doc }, parent, () => pen.line("Signature", left, y + 4, LOOKS.quiet));
  const picture = signature?.picture;
  const size = picture?.kind === "drawn" ? pngSize(picture.png) : null;
  if (picture?.kind === "drawn" && size) {
    const scale = Math.min(1, PICTURE.width / size.width, PICTURE.height / size.height);
    drawElement(
      { doc },
      parent,
      () =>
        doc.image(Buffer.from(picture.png), left + LABEL_WIDTH, y + 4, {
          width: size.width * scale,
          height: size.height * scale,
        }),
      { type: "Figure", alt: `Signature of ${signature?.name ?? ""}` },
    );
  } else if (picture) {
    const text =
      picture.kind === "typed"
        ? picture.text
        : picture.kind === "paper"
          ? `Signed on paper: ${picture.fileName}`
          : DRAWN_BY_HAND;
    const style = picture.kind === "typed" ? HAND : FIELD;
    const [line = ""] = pen.lines(drawableText(text).replace(/\s+/g, " "), style, LINE_WIDTH);
    drawElement({ doc }, parent, () =>
      pen.line(line.trimEnd(), left + LABEL_WIDTH, y + PICTURE.height - leading(style.size), style),
    );
  }
  drawRule({ doc, pages }, y + PICTURE.height + 4);
  pages.y = y + PICTURE.height + 6;
}

function drawElement(
  { doc }: Pick<PdfContext, "doc">,
  parent: StructureElement,
  draw: () => void,
  { type = "P", alt }: { type?: string; alt?: string } = {},
): void {
  const child = doc.struct(type, alt === undefined ? {} : { alt });
  parent.add(child);
  child.add(draw);
  child.end();
}

function drawRule({ doc, pages }: Pick<PdfContext, "doc" | "pages">, y: number): void {
  doc.markContent("Artifact", { type: "Layout" });
  doc
    .moveTo(pages.left + LABEL_WIDTH, y)
    .lineTo(pages.left + LABEL_WIDTH + LINE_WIDTH, y)
    .lineWidth(0.8)
    .strokeColor(INK)
    .stroke();
  doc.endMarkedContent();
}

/**
 * Draws the certificate: the stored facts of every signature, the history of the version, and `words` on what the
 * file's own digital signature proves.
 */
export function drawCertificate(
  context: PdfContext,
  parent: StructureElement,
  { certificate, edition }: Report,
  words: string | null,
): void {
  if (!certificate) return;
  drawText(
    context,
    parent,
    "P",
    "This page is the record of the signatures. All of them are given to the text with this fingerprint:",
    LOOKS.plain,
    { after: 3 },
  );
  drawText(context, parent, "P", edition.fingerprint, LOOKS.label, { after: 6 });
  if (words) drawText(context, parent, "P", words, LOOKS.plain);
  drawRecord(context, parent, certificateBlocks({ ...certificate, history: [] }), 60);
  drawRecord(context, parent, certificateBlocks({ ...certificate, signatures: [] }), 40);
}

/**
 * Draws blocks of the certificate. `room` is the height that must follow each heading on its page. It never changes,
 * since the check of a file compares its page breaks.
 */
function drawRecord(
  context: PdfContext,
  parent: StructureElement,
  blocks: readonly CertificateBlock[],
  room: number,
): void {
  for (const block of blocks) {
    if (block.kind === "heading")
      drawText(context, parent, "H2", block.text, LOOKS.h2, { before: 6, after: 4, with: room });
    else if (block.kind === "facts") drawFacts(context, parent, block.label, block.facts);
    // The chapter with the signatures draws the picture.
  }
}
