import { LIMITS } from "../limits";
import type { Matrix } from "../matrix/matrix";
import { agreed, textField, type Fields, type TextEntry } from "./field";
import type { Part } from "./part";
import type { Legal, Party, PartyKind } from "../matrix/shapes";

const PARTY_KINDS: Record<PartyKind, string> = { client: "Client", provider: "Provider", "third-party": "Third party" };

const legalEntry = (label: string, max: number, lines = false): TextEntry => ({
  label,
  rule: { called: `The ${label.charAt(0).toLowerCase()}${label.slice(1)}`, max, lines, optional: true },
});

/** The entries of what a party is by law, in the order in which they are read. */
export const LEGAL: Readonly<Record<keyof Legal, TextEntry>> = {
  name: legalEntry("Legal name", LIMITS.name),
  form: legalEntry("Legal form", LIMITS.legalForm),
  register: legalEntry("Register number", LIMITS.registerNumber),
  address: legalEntry("Address", LIMITS.address, true),
};
export const LEGAL_FIELDS = ["name", "form", "register", "address"] as const satisfies readonly (keyof Legal)[];

export const PARTY_FIELDS = {
  kind: agreed({ label: "Kind", undoable: false, words: (kind) => PARTY_KINDS[kind] }),
  name: textField("Name", { called: "The party's name", max: LIMITS.name, optional: false, preset: "keep" }),
  engagedBy: agreed({
    label: "Engaged by",
    words: (partyId, matrix) => (partyId === null ? "" : partyName(matrix, partyId)),
  }),
  legal: agreed<Legal>({
    label: "By law",
    since: 4,
    assumed: {},
    preset: "blank",
    entries: { named: LEGAL, holdsNull: false },
    words: (legal) => legalWords(legal).join("; "),
  }),
} satisfies Fields<Omit<Party, "id">>;

export const PARTIES: Part<Party> = {
  name: "parties",
  one: "party",
  many: "parties",
  limit: LIMITS.parties,
  since: 1,
  fields: PARTY_FIELDS,
  title: ({ name }) => `The party ${name}`,
  titled: ["name"],
  editing: "own",
  references: [{ to: "parties", ids: ({ engagedBy }) => (engagedBy === null ? [] : [engagedBy]), gone: "refuse" }],
  blank: ({ id, kind }) => ({ id, kind, name: "", engagedBy: null, legal: {} }),
};

/** What a party is by law, each with its label; nothing where nothing was written. */
export function legalWords(legal: Legal): string[] {
  return LEGAL_FIELDS.flatMap((field) => (legal[field] ? [`${LEGAL[field].label}: ${legal[field]}`] : []));
}

/** The name of a party, or "another party" when the matrix doesn't contain it. */
export function partyName(matrix: Pick<Matrix, "parties">, partyId: string): string {
  return matrix.parties.find(({ id }) => id === partyId)?.name ?? "another party";
}
