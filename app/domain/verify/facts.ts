import { DISPUTES } from "../pack/chapters";
import { disputeSentences, type DisputeRow } from "../pack/disputes";
import { isSchedule } from "../pack/report";
import { EARLIER_PARTS, PART_WORDS, wholeParts, type ReportPart } from "../pack/report-parts";
import { toldHistory, type StatusEvent } from "../pack/certificate";
import type { SignatureFact } from "../signing/sign-off";
import { momentWords, readMoment } from "../day-words";
import { dayOf } from "../days";
import type { WriterNumber } from "../version/writer";
import type { Difference, ShownPart } from "./part";
import { cellAt, spokenRows } from "./part";
import { readShownAmendment, type ShownAmendment } from "./amendment";
import { inOneOrder } from "./earlier/cell-order";
import { compareHistory, compareSignatures, type ShownSignatures } from "./signatures";

export type VersionStatus = "proposed" | "agreed" | "superseded" | "withdrawn";

/**
 * The facts in a file that its canonical text doesn't contain. Files carry them as data; those of the first writer only
 * show them in words. To verify a file, they are written again and compared.
 */
export type ShownFacts = {
  status: VersionStatus;
  reason: string;
  authorName: string;
  /** When the edition was published or exported, in ISO 8601; empty when the file doesn't say. */
  at: string;
  /** When everybody had signed, in ISO 8601; null where the file doesn't say that it is agreed. */
  agreedAt: string | null;
  /** The number of the writer that wrote the file. */
  writer: WriterNumber;
  changes: string[];
  blockers: string[];
  /** What the parties dispute and what was ruled. */
  disputes: DisputeRow[];
  /** The parts of an extract, or all signed parts. */
  parts: readonly ReportPart[];
  /** The amendment in the file; null when there is none. */
  amendment: ShownAmendment | null;
};

const STATUSES: readonly VersionStatus[] = ["proposed", "agreed", "superseded", "withdrawn"];

/** Parses the facts that a file of the first writer shows, from its cover sheet or its first chapter. */
export function readShownFacts(parts: readonly ShownPart[]): ShownFacts {
  const rowsOf = (...names: string[]) => spokenRows(parts.find(({ name }) => names.includes(name)) ?? EMPTY_PART);
  const cover = rowsOf("Cover", "About this schedule", "About this amendment");
  const fact = (label: string) =>
    cellAt(
      cover.find((row) => cellAt(row, 0) === label),
      1,
    );
  const [, statusWord = ""] = /^\d+, (\w+)$/.exec(fact("Version")) ?? [];
  const [, published = "", authorName = ""] =
    /^(\d+ \w+ \d+(?:, [\d:]+ UTC)?) by ([^]*)$/.exec(fact("Published")) ?? [];
  const [, ...changes] = rowsOf("Changes");
  const settling = cover.findIndex((row) => row.cells.length === 1 && /^Not ready to sign: /.test(cellAt(row, 0)));
  const toSettle = parts.some(({ name }) => name === "To settle");
  const extract = [...cover, ...rowsOf("Beginning")]
    .map(
      (row) =>
        /^(?:EXTRACT\. )?This is an extract of .*? with these parts: (.*)\. The whole text has more\.$/.exec(
          cellAt(row, 0),
        )?.[1],
    )
    .find((list) => list !== undefined);
  return {
    status: STATUSES.find((status) => status === statusWord) ?? "proposed",
    reason: fact("Reason for this version"),
    authorName,
    at: readMoment(published || fact("Exported")),
    agreedAt: null,
    writer: 1,
    changes: changes.flatMap(sentenceOf),
    blockers: toSettle
      ? rowsOf("To settle")
          .filter(({ cells }) => cells.length > 1)
          .flatMap(sentenceOf)
      : settling < 0 || parts.some(({ name }) => name === "Cover")
        ? []
        : cover.slice(settling + 1).flatMap(sentenceOf),
    disputes: [],
    parts:
      extract === undefined
        ? wholeParts(1)
        : EARLIER_PARTS.filter((part) => extract.split(", ").includes(PART_WORDS[part])),
    amendment: readShownAmendment(parts),
  };
}

/** The sentence in a row of a list. A workbook has a column with its number before it; a document doesn't. */
function sentenceOf({ cells }: { cells: readonly string[] }): string[] {
  if (cells.length === 1) return cells[0] ? [cells[0]] : [];
  return /^\d+$/.test(cells[0] ?? "") ? [cells[1] ?? ""] : [];
}

const EMPTY_PART: ShownPart = { name: "", rows: [], hidden: false, hiddenColumns: [] };

/** The stored data of the version with a fingerprint. */
export type StoredVersion = {
  number: number;
  status: VersionStatus;
  reason: string;
  authorName: string;
  publishedAt: string;
  changes: string[];
  /** The changes in the words of the first writer. */
  earlierChanges: string[];
  /** The changes in the words of the second writer. */
  secondChanges: string[];
  blockers: string[];
  /** The disputes and rulings as they stood. */
  disputes: DisputeRow[];
  /** The stored signatures, in the order of the certificate; null when they weren't loaded. */
  signatures: SignatureFact[] | null;
  /** The stored history, in order; null when it wasn't loaded. */
  history: StatusEvent[] | null;
  agreedAt: string | null;
  effectiveDate: string | null;
  /** `from` is the day on which the next one takes effect, where that is later than the day it was agreed. */
  supersededBy: { number: number; at: string | null; from?: string | null } | null;
};

/** The statuses that a version has passed through, by its present status. A file exported earlier shows one of them. */
const POSSIBLE_STATUSES: Record<VersionStatus, readonly VersionStatus[]> = {
  proposed: ["proposed"],
  agreed: ["proposed", "agreed"],
  superseded: ["proposed", "agreed", "superseded"],
  withdrawn: ["proposed", "withdrawn"],
};

/**
 * The differences between the facts in a file and the stored ones. Stored values aren't disclosed, because the holder
 * of the file need not know them.
 */
export function compareFacts(
  shown: ShownFacts & Pick<ShownSignatures, "signatures" | "history">,
  version: StoredVersion,
): Difference[] {
  const stored = shown.writer === 1 ? asFirstWriterStored(version) : version;
  const cover = (field: string, shownValue: string): Difference => ({
    kind: "altered",
    part: "Cover",
    subject: "",
    field,
    kept: null,
    shown: shownValue,
  });
  const coverDifferences: Difference[] = [];
  if (!POSSIBLE_STATUSES[stored.status].includes(shown.status))
    coverDifferences.push(cover("Version", `${stored.number}, ${shown.status}`));
  if (shown.reason !== stored.reason) coverDifferences.push(cover("Reason for this version", shown.reason));
  if (shown.authorName !== stored.authorName || momentWords(shown.at) !== momentWords(stored.publishedAt))
    coverDifferences.push(cover("Published", `${momentWords(shown.at)} by ${shown.authorName}`));
  const { agreedAt } = shown;
  if (isSchedule(shown.writer) && agreedAt !== stored.agreedAt && (agreedAt !== null || shown.status !== "proposed"))
    coverDifferences.push(cover("Agreed on", agreedAt === null ? "Not agreed yet" : momentWords(agreedAt)));
  // Exports of an agreed version always include its certificate.
  if (
    shown.signatures.length === 0 &&
    (stored.signatures?.length ?? 0) > 0 &&
    (shown.status === "agreed" || shown.status === "superseded")
  )
    coverDifferences.push({ kind: "missing", part: "Certificate", subject: "", field: "", kept: null, shown: null });
  // An extract may leave out the changes, and an amendment document lists other ones.
  const changes =
    shown.parts.includes("changes") && !shown.amendment?.alone
      ? shown.writer === 1
        ? compareList("Changes", shown.changes, stored.earlierChanges, inOneOrder)
        : compareList("Changes", shown.changes, shown.writer === 2 ? stored.secondChanges : stored.changes)
      : [];
  return [
    ...coverDifferences,
    ...changes,
    ...compareList("To settle", shown.blockers, stored.blockers),
    ...(showsDisputes(shown)
      ? compareList(DISPUTES, shown.disputes.flatMap(disputeSentences), stored.disputes.flatMap(disputeSentences))
      : []),
    ...(stored.signatures ? compareSignatures(shown.signatures, stored.signatures, shown.writer) : []),
    ...(stored.history ? compareHistory(shown.history, toldHistory(shown.writer, stored.history)) : []),
  ];
}

/** Whether a file would show disputes if there were any: not those of the first two writers, nor an amendment alone. */
function showsDisputes({ writer, parts, amendment }: ShownFacts): boolean {
  return isSchedule(writer) && !amendment?.alone && parts.includes("duties");
}

/**
 * The stored data as the first writer wrote it: the time of publication as a day, and the day of a signature on paper
 * as midnight UTC.
 */
function asFirstWriterStored(stored: StoredVersion): StoredVersion {
  const midnight = (at: string) => (at.length > 10 ? at : `${at}T00:00:00.000Z`);
  return {
    ...stored,
    publishedAt: dayOf(stored.publishedAt),
    signatures:
      stored.signatures?.map((signature) => ({ ...signature, signedAt: midnight(signature.signedAt) })) ?? null,
    history: stored.history?.map((event) => ({ ...event, at: midnight(event.at) })) ?? null,
  };
}

/**
 * The differences between the sentences in a file and the stored ones. Missing sentences are counted, not disclosed.
 * Sentences are equal if `as` converts them to the same text.
 */
function compareList(
  part: string,
  shown: readonly string[],
  stored: readonly string[],
  normalise = (sentence: string) => sentence,
): Difference[] {
  const [shownSentences, storedSentences] = [new Set(shown.map(normalise)), new Set(stored.map(normalise))];
  const added = shown
    .filter((sentence) => !storedSentences.has(normalise(sentence)))
    .map((sentence): Difference => ({
      kind: "added",
      part,
      subject: sentence,
      field: "",
      kept: null,
      shown: sentence,
    }));
  const missingCount = stored.filter((sentence) => !shownSentences.has(normalise(sentence))).length;
  return missingCount === 0
    ? added
    : [
        ...added,
        {
          kind: "missing",
          part,
          subject: missingCount === 1 ? "A line" : `${missingCount} lines`,
          field: "",
          kept: null,
          shown: null,
        },
      ];
}
