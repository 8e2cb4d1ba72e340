import { LIMITS } from "../limits";
import { agreed, textField, type Fields } from "./field";
import type { Part } from "./part";
import { namingField, namingReference } from "./named";
import type { Domain } from "../matrix/shapes";

export const DOMAIN_FIELDS = {
  code: agreed({ label: "Code", undoable: false, words: (code) => code }),
  name: textField("Name", { called: "The domain's name", max: LIMITS.name, optional: false }),
  pathId: namingField("Escalation path of its duties", "paths"),
} satisfies Fields<Omit<Domain, "id">>;

export const DOMAINS: Part<Domain> = {
  name: "domains",
  one: "domain",
  many: "domains",
  limit: LIMITS.domains,
  since: 1,
  fields: DOMAIN_FIELDS,
  title: ({ name }) => `The domain ${name}`,
  titled: ["name"],
  editing: "own",
  references: [namingReference("pathId", "paths")],
  blank: ({ id, code }) => ({ id, code, name: "", pathId: null }),
};
