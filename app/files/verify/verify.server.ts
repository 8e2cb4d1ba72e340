import {
  answerFor,
  answerWithoutComparison,
  type Answer,
  type ExaminedFile,
  type FingerprintSource,
  type Scope,
} from "~/domain/verify/answer";
import { LIMITS } from "~/domain/limits";
import { isExtract } from "~/domain/pack/report-parts";
import type { Matrix } from "~/domain/matrix/matrix";
import { readCanonical } from "~/domain/version/read-canonical";
import { writerOf, type CarriedText } from "~/domain/verify/carried";
import { readCarriedFacts } from "~/domain/verify/read-carried-facts";
import { compareAmendment, type ShownAmendment, type WithOrdinal } from "~/domain/verify/amendment";
import { matrixDifferences } from "~/domain/verify/compare-matrices";
import type { Difference } from "~/domain/verify/part";
import { NO_ROOM } from "~/domain/verify/room";
import { signatureWarnings, readShownSignatures } from "~/domain/verify/signatures";
import { compareFacts, readShownFacts, type StoredVersion } from "~/domain/verify/facts";
import { ok, reject, type Result } from "~/domain/result";
import type { WriterNumber } from "~/domain/version/writer";
import type { Edition } from "~/domain/version/snapshot";
import { fingerprintOf } from "../fingerprint.server";
import { beyondMatrixFile, readMatrixFile } from "../json.server";
import { readJsonFile } from "../read/json.server";
import { drawableText } from "../pdf/typefaces.server";
import { readPdf, type ReadPdf } from "../read/pdf.server";
import { isEncrypted, kindOf } from "../read/kind";
import { readOffice } from "../read/office.server";
import type { CheckedFormat, ReadFile } from "../read/read-file";
import { Unreadable } from "../read/unreadable";
import { openArchive, type Archive } from "../read/zip.server";
import type { ExpectedEdition, FileComparison, FileFacts } from "./comparison";
import { compareOffice } from "./verify-office.server";
import { asDrawn, comparePdf } from "./verify-pdf.server";

/**
 * A version to compare a file with: the stored one with the fingerprint of the text in the file, or one from another
 * file.
 */
export type VersionToCompare =
  | Exclude<FingerprintSource, { kind: "here" | "file" }>
  | (Extract<FingerprintSource, { kind: "here" }> & {
      /** Whether an identical file is stored: the one that was written when everybody had signed. */ kept: boolean;
      /** The versions that an amendment of it may change. */ bases: readonly WithOrdinal[];
    })
  | (Extract<FingerprintSource, { kind: "file" }> & { edition: Edition });
/**
 * Looks up a version by its fingerprint, with the version before, and with the one that an amendment changes by its
 * number.
 */
export type LookUpVersion = (
  fingerprint: string,
  previous: string | null,
  amends: number | null,
) => Promise<VersionToCompare>;

const CHOOSE_ANOTHER = "Choose an XLSX, DOCX, PDF or JSON file that Demarc exported.";

const FORMAT_WORDS = { xlsx: "a workbook", docx: "a document", pdf: "a PDF", json: "JSON" };

/**
 * Checks a file: compares what it shows with the text it carries, and looks up the fingerprint of that text. Nothing of
 * the file is stored. `name` is only used to note that its ending belongs to another kind of file.
 */
export async function verifyFile(bytes: Uint8Array, name: string, lookUp: LookUpVersion): Promise<Answer> {
  try {
    if (bytes.byteLength > LIMITS.checkedBytes)
      throw new Unreadable(
        "too-large",
        `The file has ${Math.ceil(bytes.byteLength / 1_000_000)} MB; at most ${LIMITS.checkedBytes / 1_000_000} MB are read. Check another file of the same version, such as the workbook: each carries the whole text.`,
      );
    const file = await openFile(bytes);
    return await answerOf(file, nameNotes(name, file.format), lookUp);
  } catch (error) {
    if (error instanceof Unreadable) return answerWithoutComparison("unusable", error.message);
    // The nesting exceeds the stack, or a text exceeds the longest string.
    if (error instanceof RangeError)
      return answerWithoutComparison(
        "unusable",
        "The file is built as no program builds one. It was not read further; ask for the file as it was exported.",
      );
    throw error;
  }
}

/** A parsed file. A matrix file is compared as JSON, a PDF also by its pages, an Office file also part by part. */
type ParsedFile = ReadFile & { json: string; pdf: ReadPdf | null; archive: Archive | null };

async function openFile(bytes: Uint8Array): Promise<ParsedFile> {
  switch (kindOf(bytes)) {
    case "empty":
      throw new Unreadable("empty", "The file is empty. Fetch it again from where you have it.");
    case "ole":
      throw isEncrypted(bytes)
        ? new Unreadable("password", "The file is protected with a password. Save it without one, then check it again.")
        : new Unreadable(
            "old-office",
            "This is a file of an older Office, which Demarc never writes. Check the file as it was exported.",
          );
    case "zip": {
      const archive = await openArchive(bytes);
      return { ...(await readOffice(archive)), json: "", pdf: null, archive };
    }
    case "pdf": {
      const pdf = await readPdf(bytes);
      return { ...pdf, json: "", pdf, archive: null };
    }
    case "json": {
      const { text, ours, carried } = readJsonFile(bytes);
      return {
        format: "json",
        parts: [],
        covered: [],
        laidOver: [],
        pictures: new Map(),
        signatureLines: [],
        room: NO_ROOM,
        paper: "A4",
        savedBy: null,
        ours,
        carried,
        json: text,
        pdf: null,
        archive: null,
      };
    }
    default:
      throw new Unreadable("other", `This isn't a kind of file that can be checked. ${CHOOSE_ANOTHER}`);
  }
}

function nameNotes(name: string, format: CheckedFormat): string[] {
  const [, ending = ""] = /\.([a-z0-9]{1,5})$/i.exec(name) ?? [];
  return ending === "" || ending.toLowerCase() === format
    ? []
    : [`Its name ends in .${ending}, but it is ${FORMAT_WORDS[format]}.`];
}

async function answerOf(file: ParsedFile, notes: string[], lookUp: LookUpVersion): Promise<Answer> {
  const { carried } = file;
  if (!carried) {
    return file.ours
      ? answerWithoutComparison(
          "no-text",
          "This looks like one of Demarc's files, but the text that should be inside was removed, or it never had one. There is nothing to check it against; ask for the file as it was exported.",
          notes,
        )
      : answerWithoutComparison("not-from-here", "Not from here. Demarc didn't write this file.", notes);
  }
  const writer = writerOf(carried);
  if (writer === null) return answerWithoutComparison("unusable", OTHER_WRITER, notes);
  const fingerprint = fingerprintOf(carried.text);
  const edition = readCanonical(carried.text);
  if (!edition.ok) {
    return carried.fingerprint === fingerprint || edition.rejection.code === "too-new"
      ? answerWithoutComparison("unusable", edition.rejection.message, notes)
      : answerWithoutComparison(
          "text-altered",
          "The text that this file carries inside was changed: it doesn't give the fingerprint the file names. Don't rely on it.",
          notes,
        );
  }
  const facts = file.format === "json" ? null : factsOf(file, carried, edition.value.matrix);
  if (facts === null && file.format !== "json") return answerWithoutComparison("unusable", OTHER_WRITER, notes);
  const amendment = facts?.amendment ?? null;
  const source = await lookUp(fingerprint, edition.value.previous, amendment?.amendment.amends.number ?? null);
  const scope = scopeOf(facts);
  if (source.kind === "here" && source.kept) {
    const kept: ExaminedFile = {
      carried,
      edition: edition.value,
      fingerprint,
      differences: [],
      notes: ["It is, byte for byte, the file that was kept here when everybody had signed."],
      match: { kind: "exact" },
      scope,
      sealBroken: false,
    };
    return answerFor(...withStoredFacts(kept, source, null), LIMITS.shownDifferences);
  }
  const compared =
    source.kind === "file"
      ? await compareFile(
          file,
          source,
          file.format === "json" ? null : factsOf(file, carried, source.edition.matrix),
          NO_DRAWINGS,
        )
      : await compareFile(file, { edition: edition.value, fingerprint }, facts, drawingsOf(source));
  const examined: ExaminedFile = {
    carried,
    edition: edition.value,
    fingerprint,
    differences: compared.differences,
    notes: [...notes, ...compared.notes],
    match: compared.match,
    scope,
    sealBroken: compared.sealBroken,
  };
  if (amendment) checkAmendment(examined, amendment, source, { format: file.format, writer });
  return answerFor(
    ...withStoredFacts(
      examined,
      file.format === "pdf" && writer === 1 ? asDrawnSource(source) : source,
      compared.facts,
    ),
    LIMITS.shownDifferences,
  );
}

/** So many keys that nothing reads are named. */
const MOST_UNREAD = 20;

function unreadKey(path: string): Difference {
  return {
    kind: "covered",
    part: "",
    subject: "",
    field: `It holds something that Demarc doesn't read: ${path.slice(0, 200)}.`,
    kept: null,
    shown: null,
  };
}

const NO_DRAWINGS: ReadonlyMap<string, Uint8Array> = new Map();

/** The pictures of drawn signatures that an installation keeps, by their SHA-256. */
function drawingsOf(source: VersionToCompare): ReadonlyMap<string, Uint8Array> {
  const signatures = source.kind === "here" ? source.known.flatMap((version) => version.signatures ?? []) : [];
  return new Map(
    signatures.flatMap(({ picture }) =>
      picture.kind === "drawn" && picture.png.length > 0 ? [[picture.sha256, picture.png] as const] : [],
    ),
  );
}

/** Which part of its version a file shows. A matrix file always has the whole. */
function scopeOf(facts: FileFacts | null): Scope {
  if (facts?.amendment?.alone) return "amendment";
  return facts && isExtract(facts.parts, facts.writer) ? "extract" : "whole";
}

const OTHER_WRITER =
  "What this file carries beside its text was written by a later release, or was altered. Check it where it was written, and ask for the file as it was exported.";

/**
 * The facts that a file states beyond its canonical text: carried as data, or read from the words of a file by the
 * first writer.
 */
function factsOf(
  { parts, format }: Pick<ReadFile, "parts" | "format">,
  { beside }: CarriedText,
  matrix: Matrix,
): FileFacts | null {
  return beside === null
    ? { ...readShownFacts(parts), ...readShownSignatures(parts, matrix) }
    : readCarriedFacts(beside, matrix, format === "xlsx");
}

/** Compares what an amendment says about the version before with that version, where it is stored. */
function checkAmendment(
  examined: ExaminedFile,
  amendment: ShownAmendment,
  source: VersionToCompare,
  { format, writer }: { format: CheckedFormat; writer: WriterNumber },
): void {
  const { carried, edition } = examined;
  const bases = source.kind === "here" ? source.bases : [];
  const number = carried.kind === "draft" ? null : edition.number;
  if (bases.length > 0)
    examined.differences = examined.differences.concat(
      compareAmendment(
        amendment,
        { matrix: edition.matrix, number, writer },
        bases,
        format === "pdf" && writer === 1 ? drawableText : (text) => text,
      ),
    );
  else
    examined.notes.push(
      "What the amendment changes from stands in no text of this file, and could not be compared without the version before.",
    );
}

function asDrawnSource(source: VersionToCompare): VersionToCompare {
  return source.kind === "here" ? { ...source, known: source.known.map(asDrawn) } : source;
}

async function compareFile(
  file: ParsedFile,
  { edition, fingerprint }: ExpectedEdition,
  facts: FileFacts | null,
  drawings: ReadonlyMap<string, Uint8Array>,
): Promise<FileComparison> {
  if (file.format === "json" || facts === null) {
    const read = readMatrixFile(file.json);
    const { unread, written } = beyondMatrixFile(file.json);
    return {
      differences: read.ok
        ? [...matrixDifferences(edition.matrix, read.value), ...unread.slice(0, MOST_UNREAD).map(unreadKey)]
        : [
            {
              kind: "covered",
              part: "",
              subject: "",
              field: `What it shows can't be read. ${read.rejection.message}`,
              kept: null,
              shown: null,
            },
          ],
      notes: [],
      facts: null,
      match: written ? { kind: "exact" } : { kind: "words", by: null },
      sealBroken: false,
    };
  }
  if (file.pdf) return comparePdf(file.pdf, { edition, fingerprint }, facts, drawings);
  const { format, archive } = file;
  if (format === "pdf" || archive === null) throw new Error("A file was opened without its parts.");
  return compareOffice({ ...file, format }, archive, { edition, fingerprint }, facts);
}

/**
 * Compares the facts of a file with the stored ones. One text can be stored more than once, such as where a matrix was
 * started twice in the same way. Then the version whose facts differ least is chosen, and a note says that there are
 * others.
 */
function withStoredFacts(
  examined: ExaminedFile,
  source: VersionToCompare,
  facts: FileFacts | null,
): [ExaminedFile, FingerprintSource] {
  if (source.kind === "nowhere" && facts && examined.carried.kind === "version") {
    return [
      {
        ...examined,
        notes: [
          ...examined.notes,
          "Its status, reason, author, changes and signatures stand in no text that could be checked without the installation it comes from; they were compared with each other.",
          ...signatureWarnings(facts.signatures),
        ],
      },
      source,
    ];
  }
  if (source.kind !== "here" || source.known.length === 0 || examined.carried.kind === "draft")
    return [examined, source];
  const ranked = source.known
    .map((version) => ({ version, differing: facts ? compareFacts(facts, version) : [] }))
    .sort(
      (a, b) =>
        a.differing.length - b.differing.length || RANK.indexOf(a.version.status) - RANK.indexOf(b.version.status),
    );
  const [best] = ranked;
  if (!best) return [examined, source];
  const others =
    ranked.length > 1
      ? [
          `This text is kept ${ranked.length} times here, as ${ranked.map(({ version }) => version.status).join(", ")}. ${facts ? "The answer is about the one whose reason and author this file shows." : "Nothing in this file says which it is of; the answer is about the one that promises least."}`,
        ]
      : [];
  return [
    {
      ...examined,
      differences: [...examined.differences, ...best.differing],
      notes: [...examined.notes, ...others, ...signatureWarnings(best.version.signatures ?? [])],
    },
    { ...source, known: [best.version] },
  ];
}

/** The order among versions whose facts differ equally: the one that promises least comes first. */
const RANK: readonly StoredVersion["status"][] = ["withdrawn", "proposed", "superseded", "agreed"];

/**
 * Reads the version from a file that somebody holds, to compare another file with it. A file is refused where its text
 * doesn't match its fingerprint.
 */
export async function readReference(bytes: Uint8Array, name: string): Promise<Result<VersionToCompare>> {
  try {
    const { carried } = await openFile(bytes);
    if (!carried) return reject("no-text", "It carries no version's text. Use a version's file as Demarc exported it.");
    const fingerprint = fingerprintOf(carried.text);
    if (carried.fingerprint !== fingerprint)
      return reject(
        "text-altered",
        "The text it carries doesn't give the fingerprint it names. Fetch it again from where you have it.",
      );
    const edition = readCanonical(carried.text);
    return edition.ok
      ? ok({ kind: "file", name, number: edition.value.number, fingerprint, edition: edition.value })
      : edition;
  } catch (error) {
    if (error instanceof Unreadable) return reject(error.code, error.message);
    throw error;
  }
}
