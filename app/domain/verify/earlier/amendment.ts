import { compareMatrices, type DutyChange } from "./compare";
import { momentWords } from "../../day-words";
import type { AmendedBase, AmendedDuty, Amendment, Clause } from "../../pack/amendment";
import { describeLetters } from "../../matrix/letter-words";
import { describeFrame } from "./describe-change";
import { diffMatrices } from "../../changes/diff";
import { cellText, LETTER_ORDER, LETTER_WORDS } from "../../matrix/letters";
import type { Matrix } from "../../matrix/matrix";
import type { Duty, Letter } from "../../matrix/shapes";
import { shortFingerprint } from "../../version/snapshot";

/** The amendment as release 0.1.0 wrote it into its files, by which those are checked. What it says, and how, never changes. */
export function buildEarlierAmendment({
  base,
  matrix,
  becomes,
  ordinal,
}: {
  base: AmendedBase;
  matrix: Matrix;
  /** The number of the version it becomes; null while it is a draft. */ becomes: number | null;
  ordinal: number;
}): Amendment {
  const comparison = compareMatrices(base.matrix, matrix);
  const was = new Map(base.matrix.duties.map((duty) => [duty.id, duty]));
  const is = new Map(matrix.duties.map((duty) => [duty.id, duty]));
  const sections = comparison.groups.map(({ name, duties }) => ({
    domain: name,
    duties: duties.map((change) => amended(base.matrix, matrix, change, was.get(change.dutyId), is.get(change.dutyId))),
  }));
  const { agreementReference, exhibit } = matrix.terms;
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
        : `With it, the responsibility matrix reads as version ${becomes}, which is the whole text as it stands from then on.`,
      `It changes ${counted(comparison.changed, "duty", "duties")}; ${counted(comparison.unchanged, "duty stays", "duties stay")} as agreed. What is not listed here is not changed.`,
    ],
    sections,
    frame: describeFrame(base.matrix, matrix, diffMatrices(base.matrix, matrix)),
  };
}

function amended(
  before: Matrix,
  after: Matrix,
  change: DutyChange,
  old: Duty | undefined,
  duty: Duty | undefined,
): AmendedDuty {
  const how = !old ? "added" : !duty ? "removed" : "changed";
  const clauses: Clause[] = [];
  if (change.letters.length > 0)
    clauses.push({
      what: "Responsibility",
      before: old ? describeLetters(before, old) : "–",
      after: duty ? describeLetters(after, duty) : "–",
    });
  if (how === "changed")
    for (const { role, before: had, after: has } of change.letters)
      clauses.push({ what: role, before: lettersInWords(had), after: lettersInWords(has) });
  for (const { field, before: had, after: has } of change.texts)
    clauses.push({ what: field, before: had || "–", after: has || "–" });
  if (how !== "changed")
    for (const [what, text] of writtenOf(duty ?? old))
      clauses.push({ what, before: old ? text : "–", after: duty ? text : "–" });
  return { code: change.code, text: change.text, how, clauses };
}

/** The texts of a duty that comes or goes as a whole. */
function writtenOf(duty: Duty | undefined): [string, string][] {
  if (!duty) return [];
  const texts: [string, string][] = [
    ["Description", duty.description],
    ["Done when", duty.doneWhen],
    ["Cadence", duty.cadence],
    ["Boundary note", duty.boundary],
    ["Tools and standards", duty.tools],
  ];
  return texts.filter(([, text]) => text !== "");
}

function lettersInWords(letters: readonly Letter[]): string {
  if (letters.length === 0) return "no part";
  const words = LETTER_ORDER.filter((letter) => letters.includes(letter)).map((letter) => LETTER_WORDS[letter].verb);
  return `${words.join(" and ")} (${cellText(letters)})`;
}

function counted(count: number, one: string, many: string): string {
  return `${count} ${count === 1 ? one : many}`;
}
