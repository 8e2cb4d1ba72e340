import { isActive } from "../agreement";
import type { Matrix, Role } from "../matrix";
import { restingOnOne, vacantRoles } from "../people";
import type { Facts, Finding, Severity } from "./finding";

/** Roles named in a sentence; the rest are counted. */
const NAMED = 6;

/** What the rules say about the people behind the roles. Where nobody says who holds what, they say nothing. */
export function findInPeople(matrix: Matrix, { holders, phase = "draft" }: Facts): Finding[] {
  if (!holders) return [];
  const lettered = new Set(matrix.duties.filter(isActive).flatMap((duty) => Object.keys(duty.letters)));
  const vacant = vacantRoles(matrix, holders).filter(({ id }) => lettered.has(id));
  const found = vacant.length > 0 ? [vacancy(vacant, phase === "signing" ? "blocker" : "insight")] : [];
  const known = new Map(holders.map((holder) => [holder.personId, holder]));
  for (const [personId, duties] of restingOnOne(matrix, holders)) {
    const person = known.get(personId);
    // Who has a deputy is not alone: somebody stands in.
    if (!person || person.deputy || duties.length <= matrix.settings.personDuties) continue;
    const dutyIds = duties.map(({ id }) => id);
    found.push({
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
  return found;
}

/** One finding with a list. Before signing it is worth knowing; at signing it stops. */
function vacancy(roles: readonly Role[], severity: Severity): Finding {
  const names = roles.slice(0, NAMED).map(({ name }) => name);
  const rest = roles.length - names.length;
  return {
    key: "vacant-role",
    rule: "vacant-role",
    severity,
    dutyIds: [],
    roleIds: roles.map(({ id }) => id),
    title: `${roles.length === 1 ? "One role has letters and nobody holds it" : `${roles.length} roles have letters and nobody holds them`}: ${names.join(", ")}${rest > 0 ? ` and ${rest} more` : ""}.`,
    why: "A letter binds a role; at night somebody must be behind it. Signing asks for a holder of each.",
    fixes: [{ label: "Name the holders", write: "people" }],
    about: JSON.stringify(roles.map(({ id }) => id)),
    accepted: null,
  };
}
