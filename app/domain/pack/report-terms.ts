import type { Fact } from "../blocks";
import { agreedWords } from "../changes/field-words";
import { dayWords } from "../day-words";
import { RULE_LABELS } from "../findings/finding";
import { LETTER_ORDER, LETTER_WORDS } from "../matrix/letters";
import type { Matrix } from "../matrix/matrix";
import type { Duty } from "../matrix/shapes";
import { indexOf } from "../matrix/owner";
import { DUTY_FIELDS } from "../parts/duties";
import type { Writer } from "../version/writer";

/** What is agreed on a duty besides its letters, boundary note, done-when and cadence: decisions, tools, a cover period, its standing. */
export type TermsRow = { code: string; text: string; facts: Fact[] };
/** A warning accepted as it is: what it is about, why, by whom and on which day. */
export type AcceptedRow = { warning: string; about: string; reason: string; by: string; on: string };

/** What the letters and the words of a matrix mean. */
export function definitions(matrix: Matrix): Fact[] {
  const { client, provider } = indexOf(matrix);
  return [
    ...LETTER_ORDER.filter((letter) => letter !== "S" || matrix.settings.scheme === "RASCI").map((letter) => ({
      label: `${letter} – ${LETTER_WORDS[letter].verb}`,
      value: LETTER_WORDS[letter].meaning,
    })),
    { label: "A/R", value: "The same role answers for the duty and does it." },
    {
      label: "Owner",
      value: `The party whose role holds the A: ${client?.name ?? "the client"} or ${provider?.name ?? "the provider"}. Exactly one owns each duty.`,
    },
    {
      label: "Shared duty",
      value: "A duty that roles of more than one party do. Its boundary note says which part is whose.",
    },
    {
      label: "Boundary note",
      value: "For a shared duty: which part is whose, and where the work passes from one side to the other.",
    },
    {
      label: "Reserved",
      value: `Direction, priorities, budget or the acceptance of risk. ${client?.name ?? "The client"} answers for it, whoever does the work.`,
    },
    {
      label: "Third party",
      value: "A vendor or another provider. It can do, be asked and be told; whoever engages it answers for its work.",
    },
    {
      label: "Fingerprint",
      value: "A number computed from the whole text of a version. Any change to the text gives another number.",
    },
    {
      label: "Accountability",
      value:
        matrix.settings.accountability === "stays-with-client"
          ? `${client?.name ?? "The client"} keeps answering, whoever does the work.`
          : "Who does a duty answers for it, unless the duty is reserved or the letters say otherwise.",
    },
  ];
}

/** What stands in the matrix, or beside its domain, and isn't said once more among the terms. */
const {
  code: _code,
  text: _text,
  domainId: _domainId,
  letters: _letters,
  boundary: _boundary,
  doneWhen: _doneWhen,
  cadence: _cadence,
  ...TERMS
} = DUTY_FIELDS;
/** Labels that release 0.1.0 gave otherwise. */
const EARLIER_LABELS: Readonly<Record<string, string>> = { description: "In detail", reserved: "Reserved" };

/** What is agreed on a duty in words besides its boundary note, done-when and cadence; nothing where nothing is said. The first writer had labels of its own. */
export function termsRow(matrix: Matrix, duty: Duty, writer: Writer): TermsRow[] {
  const facts = agreedWords(duty, TERMS, matrix).map(({ field, label, text }) => ({
    label: (writer === 1 ? EARLIER_LABELS[field] : undefined) ?? label,
    value: text,
  }));
  return facts.length > 0 ? [{ code: duty.code, text: duty.text, facts }] : [];
}

/** The warnings both sides live with, each with what it is about, in the order of their keys; the first writer had them in the order in which the matrix holds them. */
export function acceptedRows(matrix: Matrix, writer: Writer): AcceptedRow[] {
  const labels = new Map<string, string>(Object.entries(RULE_LABELS));
  const entries = Object.entries(matrix.accepted);
  if (writer > 1) entries.sort(([a], [b]) => (a < b ? -1 : 1));
  return entries.map(([key, { reason, by, on }]) => {
    const [rule = "", subject] = key.split(".", 2);
    const duty = matrix.duties.find(({ id }) => id === subject);
    const role = matrix.roles.find(({ id }) => id === subject);
    return {
      warning: labels.get(rule) ?? rule,
      about: duty ? `${duty.code} ${duty.text}` : (role?.name ?? "The matrix"),
      reason,
      by,
      on: dayWords(on),
    };
  });
}
