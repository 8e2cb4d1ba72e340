import { isStruck } from "../agreement/agreement";
import type { Fact } from "../blocks";
import { agreedWords } from "../changes/field-words";
import { dayWords } from "../day-words";
import { RULE_LABELS } from "../findings/finding";
import { LETTER_ORDER, LETTER_WORDS } from "../matrix/letters";
import type { Matrix } from "../matrix/matrix";
import type { Duty } from "../matrix/shapes";
import { indexOf } from "../matrix/owner";
import { DUTY_FIELDS } from "../parts/duties";
import { SETTINGS } from "../parts/frame";
import { partyName } from "../parts/parties";
import type { WriterNumber } from "../version/writer";

/**
 * A duty's agreed facts other than its letters, boundary note, done-when and cadence: decisions, tools, a cover period,
 * its standing.
 */
export type TermsRow = { code: string; text: string; facts: Fact[] };
/** An accepted warning in words: its rule, its subject, the reason, the person and the day. */
export type AcceptedRow = { warning: string; about: string; reason: string; by: string; on: string };

/**
 * The definitions of the letters and terms of a matrix. A schedule defines what its clauses don't say, and only what one
 * of its duties has.
 */
export function definitions(matrix: Matrix, writer: WriterNumber): Fact[] {
  const { client, provider } = indexOf(matrix);
  const { duties, settings } = matrix;
  const isLater = writer > 2;
  return [
    ...LETTER_ORDER.filter((letter) => letter !== "S" || settings.scheme === "RASCI").map((letter) => ({
      label: `${letter} – ${LETTER_WORDS[letter].verb}`,
      value: LETTER_WORDS[letter].meaning,
    })),
    { label: "A/R", value: "The same role answers for the duty and does it." },
    ...(duties.some(isStruck) && isLater ? [RESTING] : []),
    {
      label: "Owner",
      value: `The party whose role holds the A: ${client?.name ?? "the client"} or ${provider?.name ?? "the provider"}. Exactly one owns each duty.`,
    },
    {
      label: "Shared duty",
      value: "A duty that roles of more than one party do. Its boundary note says which part is whose.",
    },
    ...(isLater
      ? []
      : [
          {
            label: "Boundary note",
            value: "For a shared duty: which part is whose, and where the work passes from one side to the other.",
          },
        ]),
    {
      label: "Reserved",
      value: `Direction, priorities, budget or the acceptance of risk. ${client?.name ?? "The client"} answers for it, whoever does the work.`,
    },
    ...(isLater
      ? standingDefinitions(matrix, client?.name ?? "the client")
      : [
          {
            label: "Third party",
            value:
              "A vendor or another provider. It can do, be asked and be told; whoever engages it answers for its work.",
          },
        ]),
    {
      label: "Fingerprint",
      value: `A number computed from the whole text of a version. Any change to the text gives another number.${isLater ? " That text also has the warnings that the parties accept; they are printed as Annex 4 by choice." : ""}`,
    },
    {
      label: "Accountability",
      value: `${isLater ? `${SETTINGS.accountability.words(settings.accountability)}. ` : ""}${
        settings.accountability === "stays-with-client"
          ? `${client?.name ?? "The client"} keeps answering, whoever does the work.`
          : "Who does a duty answers for it, unless the duty is reserved or the letters say otherwise."
      }`,
    },
    ...(isLater ? [{ label: SETTINGS.scheme.label, value: SETTINGS.scheme.words(settings.scheme) }] : []),
  ];
}

const RESTING: Fact = {
  label: "(A/R)",
  value:
    "Letters in brackets rest: the duty doesn't apply, is declined or parked, and nobody does it or answers for it. They hold once it applies again.",
};

function standingDefinitions({ duties }: Matrix, client: string): Fact[] {
  const has = (kind: string) => duties.some(({ standing }) => standing?.kind === kind);
  return [
    ...(has("declined")
      ? [
          {
            label: "Declined",
            value: `A duty that nobody does until the day that is named, at the risk of ${client}, who confirmed it.`,
          },
        ]
      : []),
    ...(has("parked")
      ? [
          {
            label: "Parked",
            value: "A duty that nobody does until the day that is named, when the person named takes it up.",
          },
        ]
      : []),
    ...(duties.some(({ coverPeriod }) => coverPeriod !== null)
      ? [
          {
            label: "Covered for a while",
            value: "Another party does the duty from the first day to the last, and then it goes back by itself.",
          },
        ]
      : []),
  ];
}

/** The remaining fields of a duty. The fields taken out here are printed in the matrix itself. */
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
/** The labels of release 0.1.0, the first writer, where they differ. */
const EARLIER_LABELS: Readonly<Record<string, string>> = { description: "In detail", reserved: "Reserved" };

/**
 * A list with the row of a duty's agreed facts, or an empty list when there are none. The first writer used labels of
 * its own.
 */
export function termsRow(matrix: Matrix, duty: Duty, writer: WriterNumber): TermsRow[] {
  const facts = agreedWords(duty, TERMS, matrix).map(({ field, label, text }) => ({
    label: (writer === 1 ? EARLIER_LABELS[field] : undefined) ?? label,
    value: text,
  }));
  return facts.length > 0 ? [{ code: duty.code, text: duty.text, facts }] : [];
}

/** The accepted warnings, ordered by key. The first writer listed them in the order of the matrix. */
export function acceptedRows(matrix: Matrix, writer: WriterNumber): AcceptedRow[] {
  const labels = new Map<string, string>(Object.entries(RULE_LABELS));
  const entries = Object.entries(matrix.accepted);
  if (writer > 1) entries.sort(([a], [b]) => (a < b ? -1 : 1));
  return entries.map(([key, { reason, by: name, on, partyId }]) => {
    const [rule = "", subject] = key.split(".", 2);
    const duty = matrix.duties.find(({ id }) => id === subject);
    const role = matrix.roles.find(({ id }) => id === subject);
    return {
      warning: labels.get(rule) ?? rule,
      about: duty ? `${duty.code} ${duty.text}` : (role?.name ?? "The matrix"),
      reason,
      by: writer > 2 && partyId !== undefined ? `${name} for ${partyName(matrix, partyId)}` : name,
      on: dayWords(on),
    };
  });
}
