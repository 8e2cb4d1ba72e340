import { LIMITS } from "../limits";
import { agreed, textField, type Fields } from "./field";
import type { Part } from "./part";
import { partyName } from "./parties";
import type { Role } from "../matrix/shapes";

export const ROLE_FIELDS = {
  partyId: agreed({ label: "Party", words: (partyId, matrix) => partyName(matrix, partyId) }),
  name: textField("Name", { called: "The role's name", max: LIMITS.name, optional: false }),
  lead: agreed({ label: "Lead of its party", assumed: false, words: (lead) => (lead ? "Yes" : "No") }),
} satisfies Fields<Omit<Role, "id">>;

export const ROLES: Part<Role> = {
  name: "roles",
  one: "role",
  many: "roles",
  limit: LIMITS.roles,
  since: 1,
  fields: ROLE_FIELDS,
  title: ({ name }) => `The role ${name}`,
  titled: ["name"],
  editing: "own",
  references: [{ to: "parties", ids: ({ partyId }) => [partyId], gone: () => null }],
  blank: ({ id, partyId }) => ({ id, partyId, name: "", lead: false }),
};
