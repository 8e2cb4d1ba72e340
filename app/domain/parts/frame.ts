import { dayWords } from "../day-words";
import { LIMITS } from "../limits";
import type { Matrix } from "../matrix/matrix";
import type { TextRule } from "../text";
import { agreed, textField, unsigned, type Entries, type Entry, type Fields, type TextAt } from "./field";
import type { CollectionName } from "./part";
import type { Settings, Terms } from "../matrix/shapes";

const textEntry = (label: string, max: number, lines = false): Entry & { rule: TextRule } => ({
  label,
  rule: { called: `The ${label.charAt(0).toLowerCase()}${label.slice(1)}`, max, lines, optional: true },
});
const dayEntry = (label: string): Entry => ({
  label,
  rule: null,
  words: (value) => (typeof value === "string" ? dayWords(value) : ""),
});
const numberEntry = (label: string): Entry => ({ label, rule: null, words: String });

/** The contract facts on the cover, each described as an entry. */
export const TERMS = {
  agreementReference: textEntry("Agreement reference", LIMITS.reference),
  exhibit: textEntry("Exhibit number", LIMITS.reference),
  precedence: textEntry("Order of precedence", LIMITS.precedence, true),
  effectiveDate: dayEntry("Effective date"),
  reviewDate: dayEntry("Review date"),
} as const satisfies Readonly<Record<keyof Terms, Entry>>;

/** The settings of a matrix: how letters are assigned, who rules on disputes, and the thresholds of warnings. */
export const SETTINGS = {
  accountability: {
    label: "Accountability",
    rule: null,
    words: (value) =>
      value === "stays-with-client" ? "Stays with the client, whoever does the work" : "Follows the work",
  },
  scheme: {
    label: "Letter scheme",
    rule: null,
    words: (value) => (value === "RASCI" ? "RASCI: S supports who does a duty" : "RACI"),
  },
  ruler: {
    label: "Who rules on disputes",
    rule: { called: "Who rules on disputes", max: LIMITS.name, lines: false, optional: true },
  },
  manyDoers: numberEntry("The most roles that do a duty without a warning"),
  manyAsked: numberEntry("The most roles asked without a warning"),
  answererShare: numberEntry("The most a role answers for without a warning, in percent"),
  personDuties: numberEntry("The most duties that rest on one person without a warning"),
} as const satisfies Readonly<Record<keyof Settings, Entry>>;

export const ACCEPT_REASON: TextRule = { called: "The reason", max: LIMITS.reason, lines: true, optional: false };
export const ACCEPTED_BY: TextRule = { called: "Who accepts it", max: LIMITS.name, lines: false, optional: false };

const recordEntries = (named: Entries["named"], holdsNull = false): Entries => ({ named, holdsNull });

/** The fields of a matrix that aren't collections of things. */
export const FRAME = {
  schema: unsigned({ label: "Schema", shared: true, undoable: false, words: String }),
  title: textField("Title", { max: LIMITS.name, optional: false, preset: "blank" }),
  terms: agreed({ label: "Terms", preset: "blank", entries: recordEntries(TERMS, true), words: () => "" }),
  settings: agreed({ label: "Settings", entries: recordEntries(SETTINGS), words: () => "" }),
  issued: unsigned({
    label: "Numbers issued for codes",
    shared: true,
    undoable: false,
    preset: "blank",
    entries: recordEntries(null),
    words: () => "",
  }),
  accepted: agreed({
    label: "Accepted warnings",
    shared: false,
    restored: false,
    preset: "blank",
    entries: recordEntries(null),
    words: () => "",
    texts: acceptanceTexts,
  }),
  deleted: unsigned({ label: "Deleted duties", preset: "blank", entries: recordEntries(null), words: () => "" }),
} satisfies Fields<Omit<Matrix, CollectionName>>;

function acceptanceTexts(accepted: Matrix["accepted"]): TextAt[] {
  return Object.entries(accepted).flatMap(([key, { reason, by }]) => [
    { at: `${key}.reason`, text: reason, rule: ACCEPT_REASON },
    { at: `${key}.by`, text: by, rule: ACCEPTED_BY },
  ]);
}
