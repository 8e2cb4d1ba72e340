import { whoDoesIt } from "../agreement/who-words";
import { dayWords, momentWords } from "../day-words";
import { sameJson } from "../equal";
import { cellText, LETTER_ORDER, LETTER_WORDS } from "../matrix/letters";
import { issuedNumbers } from "../matrix/issued";
import type { Matrix } from "../matrix/matrix";
import { partyName } from "../parts/parties";
import type { Letter } from "../matrix/shapes";
import { nameList } from "../name-list";
import { shortFingerprint } from "../version/snapshot";
import { CURRENT_WRITER, type WriterNumber } from "../version/writer";
import { agreedChanges } from "../changes/agreed-changes";
import { compareDuties, type DutyChange } from "../changes/comparison";
import { dutyChanges, sentencesBesideDuties, type ThingChange } from "./sentences";

type BothMatrices = { before: Matrix; after: Matrix };

/** One changed point of a duty, with its text before and after; a dash when there is none. */
export type Clause = { what: string; before: string; after: string };
/**
 * What happens to a duty. A deleted duty that comes back under its own code is restored. The first two writers told a
 * restored duty as added, and a deleted one as removed.
 */
export const AMENDED_HOWS = ["added", "restored", "removed", "deleted", "changed"] as const;
export type AmendedDuty = { code: string; text: string; how: (typeof AMENDED_HOWS)[number]; clauses: Clause[] };

/** The content of an amendment: the changes, and the version that it amends. */
export type Amendment = {
  /** The number of the amendment within this agreement, starting at 1. */
  ordinal: number;
  title: string;
  amends: { number: number; fingerprint: string };
  /** Sentences on what the amendment refers to and what stays unchanged. */
  recitals: string[];
  sections: { domain: string; duties: AmendedDuty[] }[];
  /** Sentences on changes outside of duties: parties, roles, domains, terms, settings. */
  frame: string[];
};

/** The version that an amendment changes. */
export type AmendedBase = { matrix: Matrix; number: number; status: string; publishedAt: string; fingerprint: string };

/** The amendment that leads from a version to a later state. `ordinal` is its number within the agreement. */
export function buildAmendment({
  base,
  matrix,
  becomes,
  ordinal,
  writer = CURRENT_WRITER,
}: {
  base: AmendedBase;
  matrix: Matrix;
  /** The number of the version it becomes; null for a draft. */
  becomes: number | null;
  ordinal: number;
  /** The number of the writer in whose words it is said. */
  writer?: WriterNumber;
}): Amendment {
  const both = { before: base.matrix, after: matrix };
  const diff = agreedChanges(base.matrix, matrix);
  const comparison = compareDuties(base.matrix, matrix);
  const changes = new Map(dutyChanges(both, diff, writer).map((change) => [change.id, change]));
  const sections = comparison.groups.map(({ name, duties }) => ({
    domain: name,
    duties: duties.map((change) => amendedDuty(both, change, changes.get(change.dutyId), writer)),
  }));
  const frame = sentencesBesideDuties(base.matrix, matrix, diff, writer);
  const { agreementReference, exhibit, effectiveDate } = matrix.terms;
  const agreement = [exhibit && `exhibit ${exhibit}`, agreementReference && `agreement ${agreementReference}`]
    .filter(Boolean)
    .join(" of ");
  return {
    ordinal,
    title: `Amendment ${ordinal}`,
    amends: { number: base.number, fingerprint: base.fingerprint },
    recitals: [
      `This amendment changes version ${base.number} of “${base.matrix.title}”, ${base.status}, published on ${momentWords(base.publishedAt)}, fingerprint ${shortFingerprint(base.fingerprint)}${agreement ? `, which belongs to ${agreement}` : ""}.`,
      becomes === null
        ? "It is a draft: nothing is changed by it until a version is published and signed."
        : writer < 3
          ? `With it, the responsibility matrix reads as version ${becomes}, which is the whole text as it stands from then on.`
          : `${startWords(effectiveDate)}, the responsibility matrix reads as version ${becomes}, which is the whole text as it stands from then on.`,
      writer < 3
        ? `It changes ${countWords(comparison.changed, "duty", "duties")}; ${countWords(comparison.unchanged, "duty stays", "duties stay")} as agreed. What is not listed here is not changed.`
        : `It makes ${countWords(comparison.changed + frame.length, "change", "changes")}: ${comparison.changed} to duties and ${frame.length} beside them. ${countWords(comparison.unchanged, "duty stays", "duties stay")} as agreed. What is not listed here is not changed.`,
    ],
    sections,
    frame,
  };
}

/** From when on an amendment holds: from its effective date, and never before it is agreed. */
function startWords(effectiveDate: string | null): string {
  return effectiveDate === null
    ? "From the day it is agreed on"
    : `From ${dayWords(effectiveDate)} on, or from the day it is agreed where that is later`;
}

/** The clauses of one duty: all agreed fields of an added or removed duty, and the changed fields of any other. */
function amendedDuty(
  { before, after }: BothMatrices,
  { dutyId, code, text, letters, does, answers }: DutyChange,
  change: ThingChange | undefined,
  writer: WriterNumber,
): AmendedDuty {
  const how = change?.how ?? "changed";
  const told = writer < 3 ? how : howTold(how, code, before);
  const clauses = (change?.changes ?? [])
    .filter(({ field }) => how === "changed" || field !== "domainId")
    .flatMap(({ field, label, before: textBefore, after: textAfter }): Clause[] => {
      const clause = { what: label, before: textBefore || "–", after: textAfter || "–" };
      if (field !== "letters" || how !== "changed") return [clause];
      return [
        clause,
        ...letters.map(({ role, before: lettersBefore, after: lettersAfter }) => ({
          what: role,
          before: lettersInWords(lettersBefore),
          after: lettersInWords(lettersAfter),
        })),
      ];
    });
  if (writer > 2) {
    const deleted = how === "removed" ? before.duties.find(({ id }) => id === dutyId) : undefined;
    if (deleted)
      clauses.push({ what: "Who does it", before: whoDoesIt(before, deleted), after: "Nobody: the duty is deleted" });
    return { code, text, how: told, clauses };
  }
  if (letters.length > 0 || how !== "changed") return { code, text, how: told, clauses };
  // When a role moves to another party, the parties that do or answer for a duty change although no letter does.
  const names = (matrix: Matrix, ids: readonly (string | null)[]) =>
    nameList(ids.map((id) => (id === null ? "nobody" : partyName(matrix, id)))) || "nobody";
  if (!sameJson(does.before, does.after))
    clauses.push({ what: "Who does it", before: names(before, does.before), after: names(after, does.after) });
  if (answers.before !== answers.after)
    clauses.push({
      what: "Who answers",
      before: names(before, [answers.before]),
      after: names(after, [answers.after]),
    });
  return { code, text, how: told, clauses };
}

/** A code is never given again, so that an added duty with a number that was given before is a restored one. */
function howTold(how: ThingChange["how"], code: string, before: Matrix): AmendedDuty["how"] {
  if (how === "removed") return "deleted";
  if (how === "changed") return how;
  const [domain = "", number = ""] = code.split("-");
  return Number(number) <= (issuedNumbers(before.duties)[domain] ?? 0) ? "restored" : "added";
}

function lettersInWords(letters: readonly Letter[]): string {
  if (letters.length === 0) return "no part";
  const words = LETTER_ORDER.filter((letter) => letters.includes(letter)).map((letter) => LETTER_WORDS[letter].verb);
  return `${words.join(" and ")} (${cellText(letters)})`;
}

function countWords(count: number, one: string, many: string): string {
  return `${count} ${count === 1 ? one : many}`;
}
