import type { Authority, Containment } from "~/domain/matrix/escalation-shapes";
import type { Matrix } from "~/domain/matrix/matrix";
import { roleFor, type LibraryRole } from "./role-for";

type StartingAuthority = Pick<Authority, "id" | "kind" | "name"> & {
  by: LibraryRole;
  deputy: LibraryRole;
  condition?: string;
};

/** The authorities that an engagement is offered to start from. Amounts differ from one client to the next, so none is given. */
const AUTHORITIES: readonly StartingAuthority[] = [
  {
    id: "spend",
    kind: "spend",
    name: "Order equipment and licences",
    by: "itLead",
    deputy: "leadership",
    condition: "Within the budget of the year.",
  },
  {
    id: "emergency-spend",
    kind: "spend",
    name: "Spend in an emergency",
    by: "leadership",
    deputy: "itLead",
    condition: "While an incident goes on. The bill follows within five working days.",
  },
  { id: "access", kind: "access", name: "Give or take away privileged access", by: "itLead", deputy: "leadership" },
  {
    id: "change",
    kind: "change",
    name: "Make a change that interrupts work",
    by: "itLead",
    deputy: "itTeam",
    condition: "Announced two working days before.",
  },
  {
    id: "emergency-change",
    kind: "change",
    name: "Make an emergency change",
    by: "vcio",
    deputy: "engineer",
    condition: "Only to end or prevent an outage; reported the same day.",
  },
  {
    id: "out-of-hours",
    kind: "out-of-hours",
    name: "Have work done outside working hours",
    by: "itLead",
    deputy: "leadership",
  },
  {
    id: "disclosure",
    kind: "disclosure",
    name: "Disclose data to authorities, insurers or the press",
    by: "leadership",
    deputy: "itLead",
    condition: "Never by the provider on its own.",
  },
];

/** The starting authorities for a matrix, with its own roles. Where both are the same role, nobody stands in. */
export function startingAuthorities(matrix: Matrix): Authority[] {
  return AUTHORITIES.map(({ id, kind, name, by, deputy, condition = "" }) => {
    const roleId = roleFor(matrix, by);
    const deputyId = roleFor(matrix, deputy);
    return {
      id,
      kind,
      name,
      roleId,
      deputyId: deputyId === roleId ? null : deputyId,
      upTo: null,
      currency: "",
      condition,
    };
  });
}

type StartingContainment = Pick<Containment, "id" | "action" | "stance"> & {
  by?: LibraryRole;
  calls?: LibraryRole;
  condition?: string;
};

const CONTAINMENTS: readonly StartingContainment[] = [
  {
    id: "isolate-device",
    action: "Isolate a laptop or workstation from the network",
    stance: "act",
    by: "security",
    condition: "Its user is told within 30 minutes.",
  },
  {
    id: "disable-account",
    action: "Disable a user's account and end its sessions",
    stance: "act",
    by: "security",
    condition: "Not the accounts of leadership: call first.",
  },
  { id: "block-sender", action: "Block a sender, an address or a domain", stance: "act", by: "security" },
  {
    id: "isolate-server",
    action: "Take a server offline",
    stance: "call-first",
    by: "engineer",
    calls: "itLead",
  },
  {
    id: "cut-site",
    action: "Cut a site or the internet line off",
    stance: "call-first",
    by: "engineer",
    calls: "itLead",
  },
  {
    id: "restore",
    action: "Restore over data that is still there",
    stance: "call-first",
    by: "engineer",
    calls: "itLead",
    condition: "After a copy was made of what is there.",
  },
  { id: "wipe", action: "Wipe a device that may be evidence", stance: "never" },
];

/** The starting containment actions for a matrix, with its own roles. */
export function startingContainments(matrix: Matrix): Containment[] {
  return CONTAINMENTS.map(({ by, calls, condition = "", ...action }) => ({
    ...action,
    roleId: by === undefined ? null : roleFor(matrix, by),
    callsId: calls === undefined ? null : roleFor(matrix, calls),
    condition,
  }));
}
