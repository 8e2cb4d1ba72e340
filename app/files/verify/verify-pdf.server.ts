import { deflateSync, crc32 } from "node:zlib";
import type { Matrix } from "~/domain/matrix/matrix";
import { acceptedAsShown } from "~/domain/verify/accepted-order";
import { compareParts } from "~/domain/verify/compare-parts";
import type { StoredVersion } from "~/domain/verify/facts";
import { cellAt, spokenRows, type Difference, type ShownPart } from "~/domain/verify/part";
import { readSignatureBlocks, type ShownSignatures } from "~/domain/verify/signatures";
import type { ExpectedEdition, FileComparison, FileFacts } from "./comparison";
import { expectedPdf, type PdfFacts } from "./expected.server";
import { contactsIn, CONTACTS_NOTE, partsWithContacts } from "./shown-contacts";
import { BOXES } from "../pdf/carried";
import { losesCharacters, drawableText } from "../pdf/typefaces.server";
import { differingPlaces } from "../read/pdf/compare-objects.server";
import type { ReadPdf, ReadPage } from "../read/pdf.server";
import type { DrawnPicture } from "../read/pdf/structure.server";
import type { DigitalSignature } from "../read/pdf/signature.server";

/**
 * Compares a PDF with the one that Demarc would write: chapter by chapter by their words, and page by page by what they
 * draw.
 */
export async function comparePdf(
  file: ReadPdf,
  { edition, fingerprint }: ExpectedEdition,
  fileFacts: FileFacts,
  keptDrawings: ReadonlyMap<string, Uint8Array>,
): Promise<FileComparison> {
  const draft = file.carried?.kind === "draft";
  // The first writer's files are compared as they always were, without their pictures.
  const drawings: typeof keptDrawings = fileFacts.writer === 1 ? new Map() : keptDrawings;
  const signatures = withPictures(fileFacts.signatures, file.drawn, drawings);
  const allDrawn = signatures.every(({ picture }) => picture.kind !== "drawn" || drawings.has(picture.sha256));
  const contacts = contactsIn(file.parts);
  const byFirstWriter = fileFacts.writer === 1;
  const parts = partsWithContacts(fileFacts, contacts);
  const signers = byFirstWriter ? readSignatureBlocks(file.parts, edition.matrix, signatures) : fileFacts.signers;
  const facts: PdfFacts = {
    ...fileFacts,
    signatures,
    signers,
    contacts,
    parts,
    paper: file.paper,
    words: byFirstWriter ? sealedWords(file.parts) : (fileFacts.sealed ?? null),
    boxes: byFirstWriter && saysBoxes(file.parts) && !losesCharacters(file.carried?.text ?? ""),
  };
  const ordered = byFirstWriter
    ? { ...edition, matrix: acceptedAsShown(edition.matrix, file.parts, drawableText) }
    : edition;
  const expected = await expectedPdf(
    { edition: ordered, fingerprint, text: file.carried?.text ?? "", draft },
    facts,
    file.seal,
  );
  const { differences, notes } = compareParts(
    byFirstWriter ? withBookmarksOf(file.parts, expected.parts, edition.matrix) : expected.parts,
    file.parts,
    edition.matrix,
  );
  const all = [...file.covered, ...differences, ...pageDifferences(expected.pages, file.pages, differences.length > 0)];
  if (file.signed.kind === "appended")
    all.push({
      kind: "covered",
      part: "",
      subject: "",
      field: "Something was added to the file after it was signed digitally.",
      kept: null,
      shown: null,
    });
  const saved =
    file.savedBy === null
      ? []
      : [
          all.length === 0
            ? `Saved again by ${file.savedBy}; all values are equal.`
            : `Saved again by ${file.savedBy}.`,
        ];
  const beside = contacts.length > 0 ? [CONTACTS_NOTE] : [];
  if (file.drawn.length > 0 && !allDrawn) beside.push("Drawn signatures are pictures, which were not compared.");
  // Where the seal was taken away, its element is left in the structure. Such a file is never called agreed.
  const isSealGone = file.signed.kind === "none" && facts.words !== null;
  // Whatever else a PDF can hold is found object by object. Where something has a name already, this would only repeat it.
  if (all.length === 0)
    for (const place of differingPlaces(expected.graph, file.graph, { pictures: allDrawn, moments: !byFirstWriter }))
      if (!(isSealGone && place.startsWith(STRUCTURE))) all.push(differingPlace(place));
  const exact = all.length === 0 && equalBeyondSeal(expected, file);
  return {
    differences: all,
    notes: [...saved, ...sealNotes(file.signed, facts), ...beside, ...notes],
    facts,
    match: exact ? { kind: "exact" } : { kind: "words", by: file.savedBy },
    sealBroken: file.signed.kind === "broken" || isSealGone,
  };
}

/** How the places of the structure begin. */
const STRUCTURE = "StructTreeRoot";

function differingPlace(place: string): Difference {
  return {
    kind: "covered",
    part: "",
    subject: "",
    field: `It holds something else than Demarc writes, at ${place || "its root"}.`,
    kept: null,
    shown: null,
  };
}

/** Whether a PDF is equal to the expected one byte for byte, but for the digital signature itself. */
function equalBeyondSeal({ bytes: expected }: ReadPdf, { bytes, seal }: ReadPdf): boolean {
  if (expected.length !== bytes.length) return false;
  const [one, other] = [Buffer.from(expected), Buffer.from(bytes)];
  const at = seal ? one.indexOf("/Contents <", one.indexOf("/Filter /Adobe.PPKLite")) : -1;
  if (at < 0) return one.equals(other);
  const end = one.indexOf(">", at);
  return one.subarray(0, at).equals(other.subarray(0, at)) && one.subarray(end).equals(other.subarray(end));
}

/** A stored version with every text as a PDF shows it: the typeface replaces a character that it lacks by a box. */
export function asDrawn(version: StoredVersion): StoredVersion {
  return {
    ...version,
    reason: drawableText(version.reason),
    authorName: drawableText(version.authorName),
    changes: version.changes.map(drawableText),
    earlierChanges: version.earlierChanges.map(drawableText),
    secondChanges: version.secondChanges.map(drawableText),
    blockers: version.blockers.map(drawableText),
    history:
      version.history?.map((event) => ({ ...event, what: drawableText(event.what), by: drawableText(event.by) })) ??
      null,
    signatures:
      version.signatures?.map(({ picture, ...signature }) => ({
        ...signature,
        partyName: drawableText(signature.partyName),
        named: signature.named === null ? null : drawableText(signature.named),
        handedBy: signature.handedBy === null ? null : drawableText(signature.handedBy),
        name: drawableText(signature.name),
        title: drawableText(signature.title),
        organisation: drawableText(signature.organisation),
        browser: drawableText(signature.browser),
        picture:
          picture.kind === "typed"
            ? { ...picture, text: drawableText(picture.text) }
            : picture.kind === "paper"
              ? {
                  ...picture,
                  fileName: drawableText(picture.fileName),
                  statedBy: drawableText(picture.statedBy),
                  confirmedBy: picture.confirmedBy === null ? null : drawableText(picture.confirmedBy),
                }
              : picture,
      })) ?? null,
  };
}

/**
 * Finds pages with the right words that draw something else: a typeface with other glyphs, a shape over words, other
 * colours.
 */
function pageDifferences(
  expected: readonly ReadPage[],
  pages: readonly ReadPage[],
  wordsDiffer: boolean,
): Difference[] {
  const places = Array.from({ length: Math.max(expected.length, pages.length) }, (_, i) => i).filter((i) => {
    const [expectedPage, page] = [expected[i], pages[i]];
    return expectedPage?.drawing !== page?.drawing && (!wordsDiffer || expectedPage?.words === page?.words);
  });
  const numbers = places.map((i) => i + 1).join(", ");
  return places.length === 0
    ? []
    : [
        {
          kind: "covered",
          part: "",
          subject: places.length === 1 ? `Page ${numbers}` : `Pages ${numbers}`,
          field:
            "drawn otherwise than Demarc draws what it says, so that something may be hidden or look like something else",
          kept: null,
          shown: null,
        },
      ];
}

function sealNotes(signed: DigitalSignature, { signatures, status }: PdfFacts): string[] {
  switch (signed.kind) {
    case "whole":
      return [
        `Its digital signature covers the whole file and fits it. It was made with the certificate of ${signed.by}, SHA-256 ${signed.certificate}; whether that is the other side's, only they can say.`,
      ];
    case "broken":
      return [
        "Its digital signature no longer fits the file: something was changed, or a program saved it again, after it was signed.",
      ];
    case "appended":
      return ["Its digital signature fits the file as it was before something was added."];
    case "none":
      return signatures.length > 0 && (status === "agreed" || status === "superseded")
        ? [
            "It has no digital signature of its own, as Demarc's file of a signed version has: it was written without one, or a program took it away.",
          ]
        : [];
  }
}

/**
 * The first writer put whole titles into bookmarks, while its pages can show boxes for some characters, and only pages
 * are read back. This function completes the expected bookmarks: where the carried text has the duty, the bookmark must
 * agree with it; a removed duty stands in no carried text, so a bookmark counts as right where the page would show it
 * like that.
 */
function withBookmarksOf(
  shownParts: readonly ShownPart[],
  expected: readonly ShownPart[],
  matrix: Matrix,
): ShownPart[] {
  const duties = new Map(matrix.duties.map((duty) => [duty.code, duty]));
  const titles = shownParts
    .filter(({ name }) => name === "Bookmarks")
    .flatMap(({ rows }) => rows.map((row) => cellAt(row, 0)));
  const whole = (title: string) => {
    const [, code = ""] = /: (\S+) “/.exec(title) ?? [];
    const duty = duties.get(code);
    return (
      titles.find(
        (other) =>
          other !== title && drawableText(other) === title && (!duty || other.includes(`: ${code} “${duty.text}”`)),
      ) ?? title
    );
  };
  return expected.map((part) =>
    part.name === "Bookmarks"
      ? { ...part, rows: part.rows.map((row) => ({ ...row, cells: [whole(cellAt(row, 0)), ...row.cells.slice(1)] })) }
      : part,
  );
}

function saysBoxes(parts: readonly ShownPart[]): boolean {
  return parts.some(({ name, rows }) => name === "Beginning" && rows.some((row) => cellAt(row, 0) === BOXES));
}

function sealedWords(parts: readonly ShownPart[]): string | null {
  const rows = parts.filter(({ name }) => name === "Certificate").flatMap(spokenRows);
  const firstSignature = rows.findIndex((row) => /^Signature \d+: /.test(cellAt(row, 0)));
  return firstSignature > 2 ? cellAt(rows[2], 0) : null;
}

/**
 * Gives drawn signatures their pictures, which only the installation keeps as they were drawn. Others become empty
 * pictures of the same size, so that the layout around them is the same.
 */
function withPictures(
  signatures: ShownSignatures["signatures"],
  drawn: readonly DrawnPicture[],
  drawings: ReadonlyMap<string, Uint8Array>,
): ShownSignatures["signatures"] {
  const remaining = [...drawn];
  return signatures.map((signature) => {
    if (signature.picture.kind !== "drawn") return signature;
    const png = drawings.get(signature.picture.sha256);
    if (png) return { ...signature, picture: { ...signature.picture, png } };
    const place = remaining.findIndex(({ name }) => name === signature.name);
    const [picture] = place < 0 ? [] : remaining.splice(place, 1);
    return picture
      ? { ...signature, picture: { ...signature.picture, png: emptyPicture(picture.width, picture.height) } }
      : signature;
  });
}

/** The longest side that a drawn signature may have, in pixels. */
const MAX_SIDE = 4_000;

function emptyPicture(width: number, height: number): Uint8Array {
  if (width < 1 || height < 1 || width > MAX_SIDE || height > MAX_SIDE) return new Uint8Array();
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  // One bit a pixel, in greyscale.
  head[8] = 1;
  const chunk = (name: string, content: Buffer) => {
    const [size, sum, body] = [Buffer.alloc(4), Buffer.alloc(4), Buffer.concat([Buffer.from(name, "latin1"), content])];
    size.writeUInt32BE(content.length);
    sum.writeUInt32BE(crc32(body));
    return Buffer.concat([size, body, sum]);
  };
  const lines = deflateSync(Buffer.alloc((1 + Math.ceil(width / 8)) * height));
  return new Uint8Array(
    Buffer.concat([
      Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
      chunk("IHDR", head),
      chunk("IDAT", lines),
      chunk("IEND", Buffer.alloc(0)),
    ]),
  );
}
