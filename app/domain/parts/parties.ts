import { LIMITS } from "../limits";
import type { Matrix } from "../matrix/matrix";
import { agreed, textField, type Fields } from "./field";
import type { Part } from "./part";
import type { Party, PartyKind } from "../matrix/shapes";

const PARTY_KINDS: Record<PartyKind, string> = { client: "Client", provider: "Provider", "third-party": "Third party" };

export const PARTY_FIELDS = {
  kind: agreed({ label: "Kind", undoable: false, words: (kind) => PARTY_KINDS[kind] }),
  name: textField("Name", { called: "The party's name", max: LIMITS.name, optional: false, preset: "keep" }),
  engagedBy: agreed({
    label: "Engaged by",
    words: (partyId, matrix) => (partyId === null ? "" : partyName(matrix, partyId)),
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
  blank: ({ id, kind }) => ({ id, kind, name: "", engagedBy: null }),
};

/** The name of a party, or "another party" when the matrix doesn't contain it. */
export function partyName(matrix: Pick<Matrix, "parties">, partyId: string): string {
  return matrix.parties.find(({ id }) => id === partyId)?.name ?? "another party";
}
