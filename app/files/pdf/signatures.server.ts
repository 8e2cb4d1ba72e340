import { certificateBlocks, DRAWN_BY_HAND, type CertificateBlock, type Signatory } from "~/domain/pack/certificate";
import type { Report } from "~/domain/pack/report";
import type { SignatureFact } from "~/domain/signing/sign-off";
import { pngSize } from "../picture.server";
import { drawFacts, drawText, LOOKS } from "./flow.server";
import { INK, leading, type Style } from "./pen.server";
import type { Desk, Place } from "./table.server";
import { shown } from "./typefaces.server";

const FIELD: Style = { face: "regular", size: 9.5, color: INK };
const HAND: Style = { face: "italic", size: 17, color: INK };
const LABEL_WIDTH = 80;
const LINE_WIDTH = 270;
const PICTURE = { width: 190, height: 44 };

/** A block for each signatory, whole on one page: what is known is filled in, the rest has a line to write on. */
export function drawSignatures(desk: Desk, place: Place, signatories: readonly Signatory[]): void {
  for (const signatory of signatories) {
    desk.pages.need(4 * 20 + PICTURE.height + 50);
    drawText(desk, place, "H2", `For ${signatory.party}`, LOOKS.h2, { before: 8, after: 4 });
    const { name, title, organisation, signature, date } = signatory;
    field(desk, place, "Name", signature?.name ?? name);
    field(desk, place, "Title", signature?.title ?? title);
    field(desk, place, "Organisation", signature?.organisation ?? organisation);
    field(desk, place, "Date", date);
    signed(desk, place, signature);
    desk.pages.y += 12;
  }
}

function field({ doc, pen, pages }: Desk, place: Place, label: string, text: string): void {
  const { y, left } = pages;
  const [line = ""] = pen.lines(text.replace(/\s+/g, " "), FIELD, LINE_WIDTH);
  element({ doc }, place, () => {
    pen.line(label, left, y + 4, LOOKS.quiet);
    pen.line(line.trimEnd(), left + LABEL_WIDTH, y + 3, FIELD);
  });
  rule({ doc, pages }, y + 19);
  pages.y = y + 20;
}

function signed({ doc, pen, pages }: Desk, place: Place, signature: SignatureFact | null): void {
  const { y, left } = pages;
  element({ doc }, place, () => pen.line("Signature", left, y + 4, LOOKS.quiet));
  const picture = signature?.picture;
  const size = picture?.kind === "drawn" ? pngSize(picture.png) : null;
  if (picture?.kind === "drawn" && size) {
    const scale = Math.min(1, PICTURE.width / size.width, PICTURE.height / size.height);
    element(
      { doc },
      place,
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
    const [line = ""] = pen.lines(shown(text).replace(/\s+/g, " "), style, LINE_WIDTH);
    element({ doc }, place, () =>
      pen.line(line.trimEnd(), left + LABEL_WIDTH, y + PICTURE.height - leading(style.size), style),
    );
  }
  rule({ doc, pages }, y + PICTURE.height + 4);
  pages.y = y + PICTURE.height + 6;
}

function element(
  { doc }: Pick<Desk, "doc">,
  place: Place,
  draw: () => void,
  { type = "P", alt }: { type?: string; alt?: string } = {},
): void {
  const made = doc.struct(type, alt === undefined ? {} : { alt });
  place.add(made);
  made.add(draw);
  made.end();
}

function rule({ doc, pages }: Pick<Desk, "doc" | "pages">, y: number): void {
  doc.markContent("Artifact", { type: "Layout" });
  doc
    .moveTo(pages.left + LABEL_WIDTH, y)
    .lineTo(pages.left + LABEL_WIDTH + LINE_WIDTH, y)
    .lineWidth(0.8)
    .strokeColor(INK)
    .stroke();
  doc.endMarkedContent();
}

/** What is kept of every signature, how the version came to be signed, and what the file's own digital signature is worth. */
export function drawCertificate(
  desk: Desk,
  place: Place,
  { certificate, edition }: Report,
  words: string | null,
): void {
  if (!certificate) return;
  drawText(
    desk,
    place,
    "P",
    "This page is the record of the signatures. All of them are given to the text with this fingerprint:",
    LOOKS.plain,
    { after: 3 },
  );
  drawText(desk, place, "P", edition.fingerprint, LOOKS.label, { after: 6 });
  if (words) drawText(desk, place, "P", words, LOOKS.plain);
  drawRecord(desk, place, certificateBlocks({ ...certificate, history: [] }), 60);
  drawRecord(desk, place, certificateBlocks({ ...certificate, signatures: [] }), 40);
}

/** Draws pieces of a certificate. `room` must follow each heading on its page: a file is checked by its page breaks, too, so it never changes. */
function drawRecord(desk: Desk, place: Place, blocks: readonly CertificateBlock[], room: number): void {
  for (const block of blocks) {
    if (block.kind === "heading")
      drawText(desk, place, "H2", block.text, LOOKS.h2, { before: 6, after: 4, with: room });
    else if (block.kind === "facts") drawFacts(desk, place, block.label, block.facts);
    // A drawing stands where the party signs.
  }
}
