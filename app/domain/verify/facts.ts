import { PART_WORDS, REPORT_PARTS, SIGNED_PARTS, type ReportPart } from "../pack/report-parts";
import type { StatusEvent } from "../pack/certificate";
import type { SignatureFact } from "../signing/sign-off";
import { momentWords, readMoment } from "../day-words";
import { dayOf } from "../days";
import type { Writer } from "../version/writer";
import type { Difference, ShownPart } from "./part";
import { cellAt, spokenRows } from "./part";
import { shownAmendment, type ShownAmendment } from "./amendment";
import { inOneOrder } from "./earlier/cell-order";
import { compareHistory, compareSignatures, type ShownSignatures } from "./signatures";

export type VersionStatus = "proposed" | "agreed" | "superseded" | "withdrawn";

/** What a file says of its version that the version's own text doesn't hold: carried as data or, by the first writer, shown in words alone. It is written again and compared. */
export type ShownFacts = {
  status: VersionStatus;
  reason: string;
  authorName: string;
  /** When it was published or exported, in ISO 8601; empty where it shows none. */ at: string;
  /** In whose words, orders and forms it is written. */ writer: Writer;
  changes: string[];
  blockers: string[];
  /** Those of an extract, or all that is signed. */ parts: readonly ReportPart[];
  /** The amendment it lists, as a document of its own or beside the whole. */ amendment: ShownAmendment | null;
};

const STATUSES: readonly VersionStatus[] = ["proposed", "agreed", "superseded", "withdrawn"];

/** The facts that a file of the first writer shows beside its text, where its format has them: on the cover sheet or in the first chapter. */
export function shownFacts(parts: readonly ShownPart[]): ShownFacts {
  const rowsOf = (...names: string[]) => spokenRows(parts.find(({ name }) => names.includes(name)) ?? NOTHING);
  const cover = rowsOf("Cover", "About this schedule", "About this amendment");
  const fact = (label: string) =>
    cellAt(
      cover.find((row) => cellAt(row, 0) === label),
      1,
    );
  const [, words = ""] = /^\d+, (\w+)$/.exec(fact("Version")) ?? [];
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
    status: STATUSES.find((status) => status === words) ?? "proposed",
    reason: fact("Reason for this version"),
    authorName,
    at: readMoment(published || fact("Exported")),
    writer: 1,
    changes: changes.flatMap(sentenceOf),
    blockers: toSettle
      ? rowsOf("To settle")
          .filter(({ cells }) => cells.length > 1)
          .flatMap(sentenceOf)
      : settling < 0 || parts.some(({ name }) => name === "Cover")
        ? []
        : cover.slice(settling + 1).flatMap(sentenceOf),
    parts:
      extract === undefined
        ? SIGNED_PARTS
        : REPORT_PARTS.filter((part) => extract.split(", ").includes(PART_WORDS[part])),
    amendment: shownAmendment(parts),
  };
}

/** One sentence of a list: after its number in a sheet, alone in a document. */
function sentenceOf({ cells }: { cells: readonly string[] }): string[] {
  if (cells.length === 1) return cells[0] ? [cells[0]] : [];
  return /^\d+$/.test(cells[0] ?? "") ? [cells[1] ?? ""] : [];
}

const NOTHING: ShownPart = { name: "", rows: [], hidden: false, hiddenColumns: [] };

/** What is kept here of the version that has a fingerprint. */
export type KnownVersion = {
  number: number;
  status: VersionStatus;
  reason: string;
  authorName: string;
  publishedAt: string;
  changes: string[];
  /** The same in the words of the first writer. */
  earlierChanges: string[];
  blockers: string[];
  /** What is kept of its signatures, in the order of its certificate; null where that isn't looked up. */
  signatures: SignatureFact[] | null;
  /** What happened to it, in order; null where that isn't looked up. */
  history: StatusEvent[] | null;
  agreedAt: string | null;
  effectiveDate: string | null;
  supersededBy: { number: number; at: string | null } | null;
};

/** Through which states a version came to the one it is in: a file exported on the way shows one of them. */
const PASSED: Record<VersionStatus, readonly VersionStatus[]> = {
  proposed: ["proposed"],
  agreed: ["proposed", "agreed"],
  superseded: ["proposed", "agreed", "superseded"],
  withdrawn: ["proposed", "withdrawn"],
};

/**
 * Where what a file shows beside its text isn't what is kept of the version. What is kept is not told: the file doesn't
 * carry it, so it need not be known to who holds the file.
 */
export function compareFacts(
  shown: ShownFacts & Pick<ShownSignatures, "signatures" | "history">,
  kept: KnownVersion,
): Difference[] {
  const known = shown.writer === 1 ? withDaysAlone(kept) : kept;
  const cover = (field: string, seen: string): Difference => ({
    kind: "altered",
    part: "Cover",
    subject: "",
    field,
    kept: null,
    shown: seen,
  });
  const told: Difference[] = [];
  if (!PASSED[known.status].includes(shown.status)) told.push(cover("Version", `${known.number}, ${shown.status}`));
  if (shown.reason !== known.reason) told.push(cover("Reason for this version", shown.reason));
  if (shown.authorName !== known.authorName || momentWords(shown.at) !== momentWords(known.publishedAt))
    told.push(cover("Published", `${momentWords(shown.at)} by ${shown.authorName}`));
  // Whoever exports a version that is agreed gets its certificate with it.
  if (
    shown.signatures.length === 0 &&
    (known.signatures?.length ?? 0) > 0 &&
    (shown.status === "agreed" || shown.status === "superseded")
  )
    told.push({ kind: "missing", part: "Certificate", subject: "", field: "", kept: null, shown: null });
  // An extract may leave the changes out, and an amendment lists its own.
  const changes =
    shown.parts.includes("changes") && !shown.amendment?.alone
      ? shown.writer === 1
        ? compareList("Changes", shown.changes, known.earlierChanges, inOneOrder)
        : compareList("Changes", shown.changes, known.changes)
      : [];
  return [
    ...told,
    ...changes,
    ...compareList("To settle", shown.blockers, known.blockers),
    ...(known.signatures ? compareSignatures(shown.signatures, known.signatures) : []),
    ...(known.history ? compareHistory(shown.history, known.history) : []),
  ];
}

/** What is kept, as the first writer wrote it: the day of publishing alone, and the day on paper as the moment at which it begins in UTC. */
function withDaysAlone(known: KnownVersion): KnownVersion {
  const midnight = (at: string) => (at.length > 10 ? at : `${at}T00:00:00.000Z`);
  return {
    ...known,
    publishedAt: dayOf(known.publishedAt),
    signatures:
      known.signatures?.map((signature) => ({ ...signature, signedAt: midnight(signature.signedAt) })) ?? null,
    history: known.history?.map((event) => ({ ...event, at: midnight(event.at) })) ?? null,
  };
}

/** Where one list of sentences isn't another that is kept; what is kept is counted and not told. Two sentences are the same where `as` makes the same of them. */
function compareList(
  part: string,
  shown: readonly string[],
  known: readonly string[],
  as = (sentence: string) => sentence,
): Difference[] {
  const [here, kept] = [new Set(shown.map(as)), new Set(known.map(as))];
  const added = shown
    .filter((sentence) => !kept.has(as(sentence)))
    .map((sentence): Difference => ({
      kind: "added",
      part,
      subject: sentence,
      field: "",
      kept: null,
      shown: sentence,
    }));
  const gone = known.filter((sentence) => !here.has(as(sentence))).length;
  return gone === 0
    ? added
    : [
        ...added,
        { kind: "missing", part, subject: gone === 1 ? "A line" : `${gone} lines`, field: "", kept: null, shown: null },
      ];
}
