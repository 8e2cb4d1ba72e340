import { deflateSync, crc32 } from "node:zlib";
import type { ContactRow } from "~/domain/people/contacts";
import { PART_WORDS, REPORT_PARTS } from "~/domain/pack/report-parts";
import type { Matrix } from "~/domain/matrix/matrix";
import type { Edition } from "~/domain/version/snapshot";
import { acceptedAsShown } from "~/domain/verify/accepted-order";
import { compareParts } from "~/domain/verify/compare-parts";
import type { KnownVersion, ShownFacts } from "~/domain/verify/facts";
import { cellAt, spokenRows, type Difference, type ShownPart } from "~/domain/verify/part";
import { placesToSign, type ShownSignatures } from "~/domain/verify/signatures";
import { expectedPdf, type PdfFacts } from "./expected.server";
import { BOXES } from "../pdf/carried";
import { losesCharacters, drawableText } from "../pdf/typefaces.server";
import type { ReadPdf, ReadPage } from "../read/pdf.server";
import type { DrawnPicture } from "../read/pdf/structure.server";
import type { Signed } from "../read/pdf/signature.server";

/** What a file says beside its text; one with a certificate of its own signature says what it is made with. */
export type Facts = ShownFacts & ShownSignatures & { sealed?: string | null };
/** What comparing a file with what it should show gives. */
export type Compared = { differences: Difference[]; notes: string[]; facts: Facts | null };

/** What a file is compared with. */
export type Wanted = { edition: Edition; fingerprint: string };

/** Compares a PDF with the one that Demarc would write: words by chapter, and every page by what it draws. */
export async function comparePdf(file: ReadPdf, { edition, fingerprint }: Wanted, said: Facts): Promise<Compared> {
  const draft = file.carried?.kind === "draft";
  const signatures = withPictures(said.signatures, file.drawn);
  const contacts = contactsIn(file.parts);
  const first = said.writer === 1;
  const parts =
    first && contacts.length > 0
      ? REPORT_PARTS.filter((part) => part === "contacts" || said.parts.includes(part))
      : said.parts;
  const signers = first ? placesToSign(file.parts, edition.matrix, signatures) : said.signers;
  const facts: PdfFacts = {
    ...said,
    signatures,
    signers,
    contacts,
    parts,
    paper: file.paper,
    words: first ? sealedWords(file.parts) : (said.sealed ?? null),
    boxes: losesCharacters(file.carried?.text ?? "") || saysBoxes(file.parts),
  };
  const ordered = first ? { ...edition, matrix: acceptedAsShown(edition.matrix, file.parts, drawableText) } : edition;
  const expected = await expectedPdf(ordered, fingerprint, draft, facts);
  const { differences, notes } = compareParts(
    first ? withBookmarksOf(file.parts, expected.parts, edition.matrix) : expected.parts,
    file.parts,
    edition.matrix,
  );
  const all = [...file.covered, ...differences, ...drawnOtherwise(expected.pages, file.pages, differences.length > 0)];
  const saved =
    file.savedBy === null
      ? []
      : [
          all.length === 0
            ? `Saved again by ${file.savedBy}; all values are equal.`
            : `Saved again by ${file.savedBy}.`,
        ];
  const beside = contacts.length > 0 ? ["Contacts are no part of what is signed, and were not compared."] : [];
  if (file.drawn.length > 0) beside.push("Drawn signatures are pictures, which were not compared.");
  if (file.signed.kind === "appended")
    all.push({
      kind: "covered",
      part: "",
      subject: "",
      field: "Something was added to the file after it was signed digitally.",
      kept: null,
      shown: null,
    });
  return { differences: all, notes: [...saved, ...sealNotes(file.signed, facts), ...beside, ...notes], facts };
}

/** What is kept of a version, as a PDF can show it: a box stands for a character that its typeface doesn't have. */
export function asDrawn(known: KnownVersion): KnownVersion {
  return {
    ...known,
    reason: drawableText(known.reason),
    authorName: drawableText(known.authorName),
    changes: known.changes.map(drawableText),
    earlierChanges: known.earlierChanges.map(drawableText),
    blockers: known.blockers.map(drawableText),
    history: known.history?.map(({ at, what, by }) => ({ at, what: drawableText(what), by: drawableText(by) })) ?? null,
    signatures:
      known.signatures?.map(({ picture, ...signature }) => ({
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

/** Pages whose words are right but that draw something else: a typeface that lies, a shape over words, other colours. */
function drawnOtherwise(expected: readonly ReadPage[], pages: readonly ReadPage[], told: boolean): Difference[] {
  const places = Array.from({ length: Math.max(expected.length, pages.length) }, (_, i) => i).filter((i) => {
    const [kept, seen] = [expected[i], pages[i]];
    return kept?.drawing !== seen?.drawing && (!told || kept?.words === seen?.words);
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

function sealNotes(signed: Signed, { signatures, status }: PdfFacts): string[] {
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
 * What the first writer's bookmarks have in full, its pages can show with boxes alone, and only the pages are read. Where
 * the carried text has the duty, it says how the bookmark goes on; that of a duty which no longer applies stands in the
 * file alone, and is as good as what is drawn of it.
 */
function withBookmarksOf(
  shownParts: readonly ShownPart[],
  expected: readonly ShownPart[],
  matrix: Matrix,
): ShownPart[] {
  const duties = new Map(matrix.duties.map((duty) => [duty.code, duty]));
  const said = shownParts
    .filter(({ name }) => name === "Bookmarks")
    .flatMap(({ rows }) => rows.map((row) => cellAt(row, 0)));
  const whole = (title: string) => {
    const [, code = ""] = /: (\S+) “/.exec(title) ?? [];
    const duty = duties.get(code);
    return (
      said.find(
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
  const first = rows.findIndex((row) => /^Signature \d+: /.test(cellAt(row, 0)));
  return first > 2 ? cellAt(rows[2], 0) : null;
}

function contactsIn(parts: readonly ShownPart[]): ContactRow[] {
  const rows = parts.filter(({ name }) => name === PART_WORDS.contacts).flatMap(({ rows: inside }) => inside);
  return rows.flatMap((row): ContactRow[] => {
    const [name, party, email, phones, hours] = [0, 1, 2, 3, 4].map((column) => cellAt(row, column));
    const head = name === "Name" && party === "Party and roles";
    return row.cells.length < 2 || head
      ? []
      : [
          {
            name: name ?? "",
            title: "",
            party: party ?? "",
            roles: "",
            email: email ?? "",
            phones: phones ?? "",
            hours: hours ?? "",
          },
        ];
  });
}

/** Drawn signatures with an empty picture of the same size, so that everything around them stands where it stood. */
function withPictures(
  signatures: ShownSignatures["signatures"],
  drawn: readonly DrawnPicture[],
): ShownSignatures["signatures"] {
  const left = [...drawn];
  return signatures.map((signature) => {
    if (signature.picture.kind !== "drawn") return signature;
    const place = left.findIndex(({ name }) => name === signature.name);
    const [picture] = place < 0 ? [] : left.splice(place, 1);
    return picture
      ? { ...signature, picture: { ...signature.picture, png: emptyPicture(picture.width, picture.height) } }
      : signature;
  });
}

/** No more than what a drawn signature may have on a side. */
const LARGEST = 4_000;

function emptyPicture(width: number, height: number): Uint8Array {
  if (width < 1 || height < 1 || width > LARGEST || height > LARGEST) return new Uint8Array();
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  // One bit a pixel, in greys.
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
