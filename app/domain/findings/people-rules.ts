import { isActive } from "../agreement/agreement";
import { holdersOf } from "../matrix/letters";
import type { Matrix } from "../matrix/matrix";
import type { Role } from "../matrix/shapes";
import { dutiesOfOnePerson, vacantRoles, type RoleHolder } from "../people/people";
import type { RuleFacts, Finding, Severity } from "./finding";

/** The most roles that a sentence names; the rest are counted. */
const MAX_NAMED = 6;

/** The findings about the people who hold roles. None when the holders aren't known. */
export function findInPeople(matrix: Matrix, { holders, phase = "draft" }: RuleFacts): Finding[] {
  if (!holders) return [];
  const vacant = workingVacancies(matrix, holders);
  const findings = vacant.length > 0 ? [vacancyFinding(vacant, phase === "signing" ? "blocker" : "insight")] : [];
  const holdersById = new Map(holders.map((holder) => [holder.personId, holder]));
  for (const [personId, duties] of dutiesOfOnePerson(matrix, holders)) {
    const person = holdersById.get(personId);
    // A person with a deputy isn't the only one, since the deputy can stand in.
    if (!person || person.deputy || duties.length <= matrix.settings.personDuties) continue;
    const dutyIds = duties.map(({ id }) => id);
    findings.push({
      key: `one-person.${personId}`,
      rule: "one-person",
      severity: "warning",
      dutyIds,
      roleIds: [],
      personId,
      title: `${person.name} is the only one to do or to answer for ${duties.length} duties, and nobody stands in.`,
      why: "Away or gone, one person takes all of it along.",
      fixes: [{ label: "Name a deputy", write: "people" }],
      about: JSON.stringify([personId, dutyIds]),
      accepted: null,
    });
  }
  return findings;
}

/**
 * The vacant roles that do, support or answer for an active duty. A role that is only asked or told needs no holder.
 */
export function workingVacancies(matrix: Matrix, holders: readonly RoleHolder[]): Role[] {
  const working = new Set(
    matrix.duties
      .filter(isActive)
      .flatMap((duty) => [...holdersOf(duty, "A"), ...holdersOf(duty, "R"), ...holdersOf(duty, "S")]),
  );
  return vacantRoles(matrix, holders).filter(({ id }) => working.has(id));
}

/** A sentence that names the roles that need a holder. */
export function vacancySentence(roles: readonly Role[]): string {
  const names = roles.slice(0, MAX_NAMED).map(({ name }) => name);
  const rest = roles.length - names.length;
  return `${roles.length === 1 ? "One role does or answers for duties and nobody holds it" : `${roles.length} roles do or answer for duties and nobody holds them`}: ${names.join(", ")}${rest > 0 ? ` and ${rest} more` : ""}.`;
}

/** A single finding that lists all vacant roles. */
function vacancyFinding(roles: readonly Role[], severity: Severity): Finding {
  return {
    key: "vacant-role",
    rule: "vacant-role",
    severity,
    dutyIds: [],
    roleIds: roles.map(({ id }) => id),
    title: vacancySentence(roles),
    why: "At night somebody must be behind a role that acts. Signing asks for a holder of each; who is only asked or told needs none.",
    fixes: [{ label: "Name the holders", write: "people" }],
    about: JSON.stringify(roles.map(({ id }) => id)),
    accepted: null,
  };
}
