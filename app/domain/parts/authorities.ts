import { LIMITS } from "../limits";
import type { Authority, AuthorityKind, Containment, ContainmentStance, OffLimits } from "../matrix/escalation-shapes";
import { agreed, textField, type Fields } from "./field";
import type { Part } from "./part";
import type { Problem } from "./problem";
import { roleField, roleReference } from "./role-of";

export const AUTHORITY_KINDS: Record<AuthorityKind, string> = {
  spend: "Spend money",
  access: "Give access",
  change: "Change a system",
  containment: "Contain an incident",
  "out-of-hours": "Have work done out of hours",
  disclosure: "Disclose data",
  other: "Something else",
};

export const AUTHORITY_FIELDS = {
  kind: agreed<AuthorityKind>({ label: "Kind", words: (kind) => AUTHORITY_KINDS[kind] }),
  name: textField("What may be approved", { called: "What may be approved", max: LIMITS.decision, optional: false }),
  roleId: roleField("Who may approve it"),
  deputyId: roleField("Who may when they can't be reached"),
  upTo: agreed<number | null>({ label: "Up to", words: (amount) => (amount === null ? "" : amountWords(amount)) }),
  currency: agreed<string>({ label: "Currency", words: (currency) => currency }),
  condition: textField("Condition", { called: "The condition", max: LIMITS.decision, lines: true }),
} satisfies Fields<Omit<Authority, "id">>;

/** Who may approve what, up to how much, and who stands in. */
export const AUTHORITIES: Part<Authority> = {
  name: "authorities",
  one: "authority",
  many: "authorities",
  limit: LIMITS.authorities,
  since: 3,
  fields: AUTHORITY_FIELDS,
  title: ({ name }) => `The authority “${name}”`,
  titled: ["name"],
  editing: "common",
  references: [roleReference(["roleId", "deputyId"])],
  blank: ({ id }) => blankAuthority(id),
  formProblems: authorityProblems,
};

/** An authority of which nothing is known but its id. */
export function blankAuthority(id: string): Authority {
  return { id, kind: "spend", name: "", roleId: null, deputyId: null, upTo: null, currency: "", condition: "" };
}

function authorityProblems({ name, upTo, currency, roleId, deputyId }: Authority, at: string): Problem[] {
  const problems: Problem[] = [];
  if ((upTo === null) !== (currency === ""))
    problems.push({
      path: `${at}.currency`,
      message: `“${name}”: an amount has a currency, and a currency an amount.`,
    });
  if (roleId !== null && roleId === deputyId)
    problems.push({
      path: `${at}.deputyId`,
      message: `“${name}”: nobody stands in for themselves. Name another role.`,
    });
  return problems;
}

/** A whole amount with thin groups of thousands, the same in every language. */
export function amountWords(amount: number): string {
  return String(amount).replace(/\B(?=(\d{3})+(?!\d))/g, "\u202F");
}

export const STANCES: Record<ContainmentStance, string> = {
  act: "Act, then report",
  "call-first": "Call first",
  never: "Never",
};

export const CONTAINMENT_FIELDS = {
  action: textField("Action", { called: "The action", max: LIMITS.decision, optional: false }),
  stance: agreed<ContainmentStance>({ label: "May be taken", words: (stance) => STANCES[stance] }),
  roleId: roleField("Who acts"),
  callsId: roleField("Who is called first"),
  condition: textField("Condition", { called: "The condition", max: LIMITS.decision, lines: true }),
} satisfies Fields<Omit<Containment, "id">>;

/** What may be done to contain an incident without asking, after a call, or never. */
export const CONTAINMENTS: Part<Containment> = {
  name: "containments",
  one: "containment action",
  many: "containment actions",
  limit: LIMITS.authorities,
  since: 3,
  fields: CONTAINMENT_FIELDS,
  title: ({ action }) => `The containment action “${action}”`,
  titled: ["action"],
  editing: "common",
  references: [roleReference(["roleId", "callsId"])],
  blank: ({ id }) => blankContainment(id),
};

/** A containment action of which nothing is known but its id. */
export function blankContainment(id: string): Containment {
  return { id, action: "", stance: "call-first", roleId: null, callsId: null, condition: "" };
}

export const OFF_LIMITS_FIELDS = {
  system: textField("System", { called: "The system", max: LIMITS.name, optional: false }),
  reason: textField("Reason", { called: "The reason", max: LIMITS.reason, lines: true }),
} satisfies Fields<Omit<OffLimits, "id">>;

/** Systems that nobody touches in an incident without asking. */
export const OFF_LIMITS: Part<OffLimits> = {
  name: "offLimits",
  one: "system off limits",
  many: "systems off limits",
  limit: LIMITS.authorities,
  since: 3,
  fields: OFF_LIMITS_FIELDS,
  title: ({ system }) => `The system “${system}”, off limits`,
  titled: ["system"],
  editing: "common",
  references: [],
  blank: ({ id }) => ({ id, system: "", reason: "" }),
};
