import type { CommandOf } from "./commands";
import { sameJson } from "../equal";
import { lettersOf, withCell } from "../matrix/letters";
import { LIMITS } from "../limits";
import type { Matrix } from "../matrix/matrix";
import type { Duty, Role } from "../matrix/shapes";
import { withItemBefore } from "../matrix/ordering";
import { DOMAIN_FIELDS } from "../parts/domains";
import { LEGAL, PARTY_FIELDS } from "../parts/parties";
import { ROLE_FIELDS } from "../parts/roles";
import { checkNamed } from "../parts/named";
import { ok, reject, type Result } from "../result";
import { withTexts } from "./entry-texts";
import { checkText, type TextRule } from "../text";

type Named = { id: string; name: string };

const partyGone = () => reject("party-gone", "That party was deleted. Choose another one.");
const roleGone = () => reject("role-gone", "That role was deleted. Choose another one.");
const domainGone = () => reject("domain-gone", "That domain was deleted. Choose another one.");

/** `domain.add`: adds a domain. Its code and name must be unique. */
export function addDomain(matrix: Matrix, { domainId, name, code, beforeId }: CommandOf<"domain.add">): Result<Matrix> {
  if (matrix.domains.some(({ id }) => id === domainId)) return ok(matrix);
  if (matrix.domains.length >= LIMITS.domains) return fullRejection("domains", LIMITS.domains);
  const sameCode = matrix.domains.find((domain) => domain.code === code);
  if (sameCode) return reject("code-taken", `The code ${code} belongs to ${sameCode.name}. Choose another one.`);
  const checked = checkUniqueName(matrix.domains, domainId, name, DOMAIN_FIELDS.name.rule);
  return checked.ok
    ? ok({
        ...matrix,
        domains: withItemBefore(matrix.domains, { id: domainId, code, name: checked.value, pathId: null }, beforeId),
      })
    : checked;
}

/** `domain.rename`: changes the name. The code stays, so that the codes of its duties do too. */
export function renameDomain(matrix: Matrix, { domainId, name }: CommandOf<"domain.rename">): Result<Matrix> {
  const renamed = withRenamedItem(matrix.domains, domainId, name, DOMAIN_FIELDS.name.rule, domainGone);
  return renamed.ok ? ok(renamed.value === matrix.domains ? matrix : { ...matrix, domains: renamed.value }) : renamed;
}

/** `domain.escalate`: sets the escalation path of a domain's duties. */
export function escalateDomain(matrix: Matrix, { domainId, pathId }: CommandOf<"domain.escalate">): Result<Matrix> {
  const domain = matrix.domains.find(({ id }) => id === domainId);
  if (!domain) return domainGone();
  if (domain.pathId === pathId) return ok(matrix);
  const rejection = checkNamed(matrix, "paths", pathId);
  return (
    rejection ??
    ok({ ...matrix, domains: matrix.domains.map((other) => (other === domain ? { ...domain, pathId } : other)) })
  );
}

/** `domain.place`: moves a domain before another one, or to the end. */
export function placeDomain(matrix: Matrix, { domainId, beforeId }: CommandOf<"domain.place">): Result<Matrix> {
  const domain = matrix.domains.find(({ id }) => id === domainId);
  if (!domain) return domainGone();
  if (beforeId === domainId) return ok(matrix);
  const domains = withItemBefore(matrix.domains, domain, beforeId);
  return ok(domains.every((other, i) => other === matrix.domains[i]) ? matrix : { ...matrix, domains });
}

/** `domain.merge`: moves the duties to another domain, with their codes, and deletes the domain. */
export function mergeDomains(matrix: Matrix, { domainId, intoId }: CommandOf<"domain.merge">): Result<Matrix> {
  const domain = matrix.domains.find(({ id }) => id === domainId);
  if (!domain || domainId === intoId) return ok(matrix);
  if (!matrix.domains.some(({ id }) => id === intoId)) return domainGone();
  return ok({
    ...matrix,
    domains: matrix.domains.filter((other) => other !== domain),
    duties: mapDuties(matrix.duties, (duty) => (duty.domainId === domainId ? { ...duty, domainId: intoId } : duty)),
  });
}

/** `domain.delete`: deletes a domain, if it has no duties. */
export function deleteDomain(matrix: Matrix, { domainId }: CommandOf<"domain.delete">): Result<Matrix> {
  const domain = matrix.domains.find(({ id }) => id === domainId);
  if (!domain) return ok(matrix);
  const dutyCount = matrix.duties.filter((duty) => duty.domainId === domainId).length;
  if (dutyCount > 0)
    return reject(
      "domain-used",
      `${domain.name} still has ${dutyCount} ${dutyCount === 1 ? "duty" : "duties"}. Move or delete them first.`,
    );
  return ok({ ...matrix, domains: matrix.domains.filter((other) => other !== domain) });
}

/** `party.add`: adds a third party, engaged by the client or the provider, with its first role. */
export function addParty(
  matrix: Matrix,
  { partyId, name, engagedBy, roleId, roleName }: CommandOf<"party.add">,
): Result<Matrix> {
  if (matrix.parties.some(({ id }) => id === partyId)) return ok(matrix);
  if (matrix.roles.some(({ id }) => id === roleId))
    return reject("id-taken", "That role exists already. Reload and try again.");
  if (matrix.parties.length >= LIMITS.parties) return fullRejection("parties", LIMITS.parties);
  if (matrix.roles.length >= LIMITS.roles) return fullRejection("roles", LIMITS.roles);
  if (!canEngage(matrix, engagedBy)) return engagerRejection();
  const checked = checkUniqueName(matrix.parties, partyId, name, PARTY_FIELDS.name.rule);
  if (!checked.ok) return checked;
  const roleText = checkText(roleName, ROLE_FIELDS.name.rule);
  if (!roleText.ok) return roleText;
  return ok({
    ...matrix,
    parties: [...matrix.parties, { id: partyId, kind: "third-party", name: checked.value, engagedBy, legal: {} }],
    roles: [...matrix.roles, { id: roleId, partyId, name: roleText.value, lead: true }],
  });
}

/** `party.rename`: changes the name. Names of parties are unique, since people tell columns apart by them. */
export function renameParty(matrix: Matrix, { partyId, name }: CommandOf<"party.rename">): Result<Matrix> {
  const renamed = withRenamedItem(matrix.parties, partyId, name, PARTY_FIELDS.name.rule, partyGone);
  return renamed.ok ? ok(renamed.value === matrix.parties ? matrix : { ...matrix, parties: renamed.value }) : renamed;
}

/** `party.describe`: sets what a party is by law. */
export function describeParty(matrix: Matrix, { partyId, set }: CommandOf<"party.describe">): Result<Matrix> {
  const party = matrix.parties.find(({ id }) => id === partyId);
  if (!party) return partyGone();
  const legal = withTexts(party.legal, set, LEGAL);
  if (!legal.ok) return legal;
  if (sameJson(legal.value, party.legal)) return ok(matrix);
  return ok({
    ...matrix,
    parties: matrix.parties.map((other) => (other === party ? { ...party, legal: legal.value } : other)),
  });
}

/** `party.engage`: sets the party that engages a third party and so answers for its work. */
export function engageParty(matrix: Matrix, { partyId, engagedBy }: CommandOf<"party.engage">): Result<Matrix> {
  const party = matrix.parties.find(({ id }) => id === partyId);
  if (!party) return partyGone();
  if (party.kind !== "third-party" || !canEngage(matrix, engagedBy)) return engagerRejection();
  if (party.engagedBy === engagedBy) return ok(matrix);
  return ok({ ...matrix, parties: matrix.parties.map((other) => (other === party ? { ...party, engagedBy } : other)) });
}

/** `party.delete`: deletes a third party and its roles, if the roles hold no letters. */
export function deleteParty(matrix: Matrix, { partyId }: CommandOf<"party.delete">): Result<Matrix> {
  const party = matrix.parties.find(({ id }) => id === partyId);
  if (!party) return ok(matrix);
  if (party.kind !== "third-party")
    return reject("party-needed", `${party.name} is one of the two sides. Rename it instead.`);
  const roleIds = matrix.roles.filter((role) => role.partyId === partyId).map(({ id }) => id);
  const dutyCount = matrix.duties.filter((duty) => roleIds.some((roleId) => lettersOf(duty, roleId).length > 0)).length;
  if (dutyCount > 0)
    return reject(
      "party-used",
      `${party.name} holds letters on ${dutyCount} ${dutyCount === 1 ? "duty" : "duties"}. Give them to somebody else first.`,
    );
  return ok({
    ...matrix,
    parties: matrix.parties.filter((other) => other !== party),
    roles: matrix.roles.filter((role) => role.partyId !== partyId),
    duties: mapDuties(matrix.duties, (duty) => {
      const { [partyId]: _gone, ...suggestions } = duty.suggestions;
      return { ...duty, suggestions, coverPeriod: duty.coverPeriod?.partyId === partyId ? null : duty.coverPeriod };
    }),
  });
}

/** `role.add`: adds a role to a party. The first role of a party is its lead. */
export function addRole(matrix: Matrix, { roleId, partyId, name }: CommandOf<"role.add">): Result<Matrix> {
  if (matrix.roles.some(({ id }) => id === roleId)) return ok(matrix);
  if (!matrix.parties.some(({ id }) => id === partyId)) return partyGone();
  if (matrix.roles.length >= LIMITS.roles) return fullRejection("roles", LIMITS.roles);
  const siblings = matrix.roles.filter((role) => role.partyId === partyId);
  const checked = checkUniqueName(siblings, roleId, name, ROLE_FIELDS.name.rule);
  if (!checked.ok) return checked;
  return ok({
    ...matrix,
    roles: [...matrix.roles, { id: roleId, partyId, name: checked.value, lead: siblings.length === 0 }],
  });
}

/** `role.rename`: changes the name. The names of one party's roles are unique. */
export function renameRole(matrix: Matrix, { roleId, name }: CommandOf<"role.rename">): Result<Matrix> {
  const role = matrix.roles.find(({ id }) => id === roleId);
  if (!role) return roleGone();
  const siblings = matrix.roles.filter(({ partyId }) => partyId === role.partyId);
  const checked = checkUniqueName(siblings, roleId, name, ROLE_FIELDS.name.rule);
  if (!checked.ok) return checked;
  if (checked.value === role.name) return ok(matrix);
  return ok({
    ...matrix,
    roles: matrix.roles.map((other) => (other === role ? { ...role, name: checked.value } : other)),
  });
}

/** `role.lead`: makes a role the lead of its party, which is used when a duty suggests no role of that party. */
export function leadRole(matrix: Matrix, { roleId }: CommandOf<"role.lead">): Result<Matrix> {
  const role = matrix.roles.find(({ id }) => id === roleId);
  if (!role) return roleGone();
  return ok(role.lead ? matrix : { ...matrix, roles: withLead(matrix.roles, role) });
}

/**
 * `role.place`: moves a role before another one or to the end, within its party or to another one. A party keeps at
 * least one role.
 */
export function placeRole(matrix: Matrix, { roleId, partyId, beforeId }: CommandOf<"role.place">): Result<Matrix> {
  const role = matrix.roles.find(({ id }) => id === roleId);
  if (!role) return roleGone();
  const party = matrix.parties.find(({ id }) => id === partyId);
  if (!party) return partyGone();
  if (beforeId === roleId) return ok(matrix);
  if (role.partyId === partyId) {
    const roles = withItemBefore(matrix.roles, role, beforeId);
    return ok(roles.every((other, i) => other === matrix.roles[i]) ? matrix : { ...matrix, roles });
  }
  const remaining = matrix.roles.filter((other) => other.partyId === role.partyId && other !== role);
  const heir = remaining[0];
  if (!heir) return reject("role-last", `${role.name} is the only role of its party. Add another one first.`);
  const siblings = matrix.roles.filter((other) => other.partyId === partyId);
  const checked = checkUniqueName(siblings, roleId, role.name, ROLE_FIELDS.name.rule);
  if (!checked.ok) return checked;
  const moved = { ...role, partyId, lead: siblings.length === 0 };
  const roles = withItemBefore(matrix.roles, moved, beforeId);
  return ok({
    ...matrix,
    roles: role.lead ? withLead(roles, heir) : roles,
    duties: mapDuties(matrix.duties, (duty) => withoutSuggestion(duty, role)),
  });
}

/** `role.merge`: gives a role's letters and suggestions to another role and deletes the first. */
export function mergeRoles(matrix: Matrix, { roleId, intoId }: CommandOf<"role.merge">): Result<Matrix> {
  const role = matrix.roles.find(({ id }) => id === roleId);
  if (!role) return ok(matrix);
  const into = matrix.roles.find(({ id }) => id === intoId);
  if (!into) return roleGone();
  if (role === into) return ok(matrix);
  const mergedDuties = mapDuties(matrix.duties, (duty) => {
    const both = new Set([...lettersOf(duty, roleId), ...lettersOf(duty, intoId)]);
    const active = [...both].filter((letter) => letter === "A" || letter === "R");
    const letters =
      lettersOf(duty, roleId).length > 0
        ? withCell(duty.letters, intoId, active.length > 0 ? active : both)
        : duty.letters;
    const suggestion = duty.suggestions[role.partyId];
    if (!suggestion || role.partyId !== into.partyId) return { ...duty, letters };
    const heir = (id: string | null) => (id === roleId ? intoId : id);
    return {
      ...duty,
      letters,
      suggestions: {
        ...duty.suggestions,
        [role.partyId]: { does: heir(suggestion.does), answers: heir(suggestion.answers) },
      },
    };
  });
  return deleteRole({ ...matrix, duties: mergedDuties }, { type: "role.delete", roleId });
}

/**
 * `role.delete`: deletes a role with all its letters. A party keeps at least one role. If the role was the lead, the
 * next role of the party becomes it.
 */
export function deleteRole(matrix: Matrix, { roleId }: CommandOf<"role.delete">): Result<Matrix> {
  const role = matrix.roles.find(({ id }) => id === roleId);
  if (!role) return ok(matrix);
  const heir = matrix.roles.find((other) => other.partyId === role.partyId && other !== role);
  if (!heir) return reject("role-last", `${role.name} is the only role of its party. Rename it instead.`);
  const roles = matrix.roles.filter((other) => other !== role);
  return ok({
    ...matrix,
    roles: role.lead ? withLead(roles, heir) : roles,
    duties: mapDuties(matrix.duties, (duty) => withoutRole(duty, role)),
  });
}

function withoutRole(duty: Duty, role: Role): Duty {
  const rest = withoutSuggestion(duty, role);
  return lettersOf(duty, role.id).length > 0 ? { ...rest, letters: withCell(duty.letters, role.id, []) } : rest;
}

function withoutSuggestion(duty: Duty, role: Role): Duty {
  const suggestion = duty.suggestions[role.partyId];
  if (!suggestion || (suggestion.does !== role.id && suggestion.answers !== role.id)) return duty;
  const remaining = {
    does: suggestion.does === role.id ? null : suggestion.does,
    answers: suggestion.answers === role.id ? null : suggestion.answers,
  };
  return { ...duty, suggestions: { ...duty.suggestions, [role.partyId]: remaining } };
}

function withLead(roles: Role[], lead: Role): Role[] {
  return roles.map((role) => {
    const leads = role.id === lead.id;
    return role.partyId !== lead.partyId || role.lead === leads ? role : { ...role, lead: leads };
  });
}

/** Edits the duties but keeps the reference of each unchanged one, so that it is neither saved nor rendered again. */
function mapDuties(duties: Duty[], edit: (duty: Duty) => Duty): Duty[] {
  return duties.map((duty) => {
    const edited = edit(duty);
    return sameJson(edited, duty) ? duty : edited;
  });
}

function withRenamedItem<T extends Named>(
  items: T[],
  id: string,
  name: string,
  rule: TextRule,
  gone: () => { ok: false; rejection: { code: string; message: string } },
): Result<T[]> {
  const item = items.find((other) => other.id === id);
  if (!item) return gone();
  const checked = checkUniqueName(items, id, name, rule);
  if (!checked.ok) return checked;
  return ok(
    checked.value === item.name
      ? items
      : items.map((other) => (other === item ? { ...item, name: checked.value } : other)),
  );
}

function checkUniqueName(items: readonly Named[], id: string, name: string, rule: TextRule): Result<string> {
  const checked = checkText(name, rule);
  if (!checked.ok) return checked;
  const isTaken = items.some((item) => item.id !== id && item.name.toLowerCase() === checked.value.toLowerCase());
  return isTaken
    ? reject("name-taken", `There is already “${checked.value}”. Choose a name that tells them apart.`)
    : checked;
}

function canEngage(matrix: Matrix, partyId: string): boolean {
  return matrix.parties.some(({ id, kind }) => id === partyId && kind !== "third-party");
}

function engagerRejection() {
  return reject("engaged-by", "A third party is engaged by the client or the provider. Choose one of the two.");
}

function fullRejection(what: string, limit: number) {
  return reject(`${what}-full`, `A matrix holds at most ${limit} ${what}. Delete one first.`);
}
