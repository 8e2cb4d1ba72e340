import {
  certificateBlocks,
  DRAWN_BY_HAND,
  type CertificateBlock,
  type SignatureBlock,
} from "~/domain/pack/certificate";
import type { Report } from "~/domain/pack/report";
import type { SignatureFact } from "~/domain/signing/sign-off";
import { pngSize } from "../picture.server";
import { factsTable, LOOKS, tableFlow, textFlow, type Flow } from "./flow.server";
import { INK, leading, type Style } from "./pen.server";
import type { PdfContext, StructureElement } from "./rows.server";

const FIELD: Style = { face: "regular", size: 9.5, color: INK };
const HAND: Style = { face: "italic", size: 17, color: INK };
const LABEL_WIDTH = 64;
const PICTURE = { width: 170, height: 44 };
/** The least height of a field, what stands below a block, and the room between two blocks. */
const [FIELD_HEIGHT, BELOW, BETWEEN] = [20, 14, 28];
/** So many blocks stand beside each other. */
const BESIDE = 2;

/** Where a block stands: its left edge, its top and its width. */
type Place = { x: number; y: number; width: number };

/**
 * A block for each signatory, two beside each other and never parted: known values are filled in, the others have a line
 * to write on.
 */
export function signatureFlows(context: PdfContext, signatories: readonly SignatureBlock[]): Flow[] {
  const pairs = Array.from({ length: Math.ceil(signatories.length / BESIDE) }, (_, i) =>
    signatories.slice(i * BESIDE, (i + 1) * BESIDE),
  );
  return pairs.map((pair): Flow => {
    const { pages } = context;
    const width = () => (pages.width - (BESIDE - 1) * BETWEEN) / BESIDE;
    const height = () => Math.max(...pair.map((signatory) => blockOf(context, signatory, width()).height));
    return {
      leads: false,
      lead: height,
      draw: (parent) => {
        pages.need(Math.min(pages.room, height()));
        const { y, left } = pages;
        const all = height();
        pair.forEach((signatory, i) =>
          drawSignatory(context, parent, signatory, { x: left + i * (width() + BETWEEN), y, width: width() }),
        );
        pages.y = y + all;
      },
    };
  });
}

type Field = { label: string; lines: string[]; height: number };
type BlockLayout = { heading: string[]; fields: Field[]; height: number };

function blockOf({ pen }: PdfContext, signatory: SignatureBlock, width: number): BlockLayout {
  const { party, name, title, organisation, signature, date } = signatory;
  const field = (label: string, text: string): Field => {
    const lines = pen.lines(text.replace(/\s+/g, " "), FIELD, width - LABEL_WIDTH);
    return { label, lines, height: FIELD_HEIGHT + Math.max(0, lines.length - 1) * leading(FIELD.size) };
  };
  const heading = pen.lines(`For ${party}`, LOOKS.h2, width);
  const fields = [
    field("Name", signature?.name ?? name),
    field("Title", signature?.title ?? title),
    field("Organisation", signature?.organisation ?? organisation),
    field("Date", date),
  ];
  const height =
    heading.length * leading(LOOKS.h2.size) +
    4 +
    fields.reduce((all, one) => all + one.height, 0) +
    PICTURE.height +
    6 +
    BELOW;
  return { heading, fields, height };
}

function drawSignatory(
  context: PdfContext,
  parent: StructureElement,
  signatory: SignatureBlock,
  { x, y, width }: Place,
): void {
  const { doc, pen } = context;
  const { heading, fields } = blockOf(context, signatory, width);
  const step = leading(LOOKS.h2.size);
  drawElement({ doc }, parent, () => heading.forEach((line, i) => pen.line(line, x, y + i * step, LOOKS.h2, width)), {
    type: "H2",
  });
  let top = y + heading.length * step + 4;
  for (const field of fields) {
    drawField(context, parent, field, { x, y: top, width });
    top += field.height;
  }
  drawSignatureRow(context, parent, signatory.signature, { x, y: top, width });
}

function drawField(
  { doc, pen }: PdfContext,
  parent: StructureElement,
  { label, lines, height }: Field,
  { x, y, width }: Place,
): void {
  drawElement({ doc }, parent, () => {
    pen.line(`${label} `, x, y + 4, LOOKS.quiet);
    lines.forEach((line, i) =>
      pen.line(line, x + LABEL_WIDTH, y + 3 + i * leading(FIELD.size), FIELD, width - LABEL_WIDTH),
    );
  });
  drawRule({ doc }, { x, y: y + height - 1, width });
}

function drawSignatureRow(
  { doc, pen }: PdfContext,
  parent: StructureElement,
  signature: SignatureFact | null,
  { x, y, width }: Place,
): void {
  drawElement({ doc }, parent, () => pen.line("Signature", x, y + 4, LOOKS.quiet));
  const picture = signature?.picture;
  const size = picture?.kind === "drawn" ? pngSize(picture.png) : null;
  const left = x + LABEL_WIDTH;
  if (picture?.kind === "drawn" && size) {
    const scale = Math.min(1, PICTURE.width / size.width, PICTURE.height / size.height);
    const [across, high] = [size.width * scale, size.height * scale];
    // The picture stands on the line.
    const top = y + PICTURE.height - high;
    drawElement(
      { doc },
      parent,
      () => doc.image(Buffer.from(picture.png), left, top, { width: across, height: high }),
      { type: "Figure", alt: `Signature of ${signature?.name ?? ""}`, bbox: [left, top, left + across, top + high] },
    );
  } else if (picture) {
    const text =
      picture.kind === "typed"
        ? picture.text
        : picture.kind === "paper"
          ? `Signed on paper: ${picture.fileName}`
          : DRAWN_BY_HAND;
    const lines = signatureLines({ pen }, text, picture.kind === "typed", width - LABEL_WIDTH);
    drawElement({ doc }, parent, () =>
      lines.forEach(({ line, style }, i) =>
        pen.line(line, left, y + PICTURE.height - (lines.length - i) * leading(style.size), style, width - LABEL_WIDTH),
      ),
    );
  }
  drawRule({ doc }, { x, y: y + PICTURE.height + 4, width });
}

/** A typed signature on one line as large as there is room for it, or a note on as many lines as it takes. */
function signatureLines(
  { pen }: Pick<PdfContext, "pen">,
  text: string,
  typed: boolean,
  room: number,
): { line: string; style: Style }[] {
  const words = text.replace(/\s+/g, " ");
  const [whole = ""] = pen.lines(words, HAND, Infinity);
  const size = Math.floor((room / Math.max(1, pen.width(whole, HAND))) * HAND.size);
  const style = typed ? { ...HAND, size: Math.max(FIELD.size, Math.min(HAND.size, size)) } : FIELD;
  return pen.lines(words, style, room).map((line) => ({ line, style }));
}

function drawElement(
  { doc }: Pick<PdfContext, "doc">,
  parent: StructureElement,
  draw: () => void,
  { type = "P", alt, bbox }: { type?: string; alt?: string; bbox?: [number, number, number, number] } = {},
): void {
  const child = doc.struct(type, { ...(alt === undefined ? {} : { alt }), ...(bbox ? { bbox } : {}) });
  parent.add(child);
  child.add(draw);
  child.end();
}

function drawRule({ doc }: Pick<PdfContext, "doc">, { x, y, width }: Place): void {
  doc.markContent("Artifact", { type: "Layout" });
  doc
    .moveTo(x + LABEL_WIDTH, y)
    .lineTo(x + width, y)
    .lineWidth(0.8)
    .strokeColor(INK)
    .stroke();
  doc.endMarkedContent();
}

/**
 * The certificate: the stored facts of every signature, the history of the version, and `words` on what the file's own
 * digital signature proves.
 */
export function certificateFlows(context: PdfContext, { certificate, edition }: Report, words: string | null): Flow[] {
  if (!certificate) return [];
  const paragraph = (text: string) => textFlow(context, "P", text, LOOKS.plain);
  return [
    textFlow(
      context,
      "P",
      "This page is the record of the signatures. All of them are given to the text with this fingerprint:",
      LOOKS.plain,
      { after: 3, leads: true },
    ),
    textFlow(context, "P", edition.fingerprint, LOOKS.label),
    ...(words ? [paragraph(words)] : []),
    ...certificateBlocks(certificate).flatMap((block): Flow[] => recordFlow(context, block)),
  ];
}

/** A block of the record. A signature's facts stay on one page. */
function recordFlow(context: PdfContext, block: CertificateBlock): Flow[] {
  switch (block.kind) {
    case "heading":
      return [textFlow(context, "H2", block.text, LOOKS.h2, { before: 6, after: 4, leads: true })];
    case "facts":
      return [tableFlow(context, () => ({ ...factsTable(context, block.label, block.facts), together: 1 }))];
    default:
      // The chapter with the signatures draws the picture.
      return [];
  }
}
