import { isActive } from "../agreement/agreement";
import { WEEKDAYS } from "../cover/working-hours";
import { dayWords } from "../day-words";
import { holdersOf } from "../matrix/letters";
import type { Channel } from "../matrix/escalation-shapes";
import type { Matrix } from "../matrix/matrix";
import { partyOfRole } from "../matrix/owner";
import type { Role } from "../matrix/shapes";
import { dutiesOfOnePerson, isStale, vacantRoles, type RoleHolder } from "../people/people";
import { CHANNELS } from "../parts/paths";
import { rolesOnPaths } from "./escalation-rules";
import type { RuleFacts, Finding, Severity } from "./finding";
import { namedAndCounted } from "./wording";

/** The findings about the people who hold roles. None when the holders aren't known. */
export function findInPeople(matrix: Matrix, { holders, today, phase = "draft" }: RuleFacts): Finding[] {
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
  return [...findings, ...findOnPaths(matrix, holders), ...findUnverified(matrix, holders, today)];
}

/** What is found in the people whom paths call: roles that nobody holds, and people whom no channel of a level reaches. */
function findOnPaths(matrix: Matrix, holders: readonly RoleHolder[]): Finding[] {
  const called = rolesOnPaths(matrix);
  const working = workingVacancies(matrix, holders);
  // A vacant role that does or answers for duties has a finding of its own.
  const vacant = vacantRoles(matrix, holders).filter((role) => called.has(role.id) && !working.includes(role));
  const findings: Finding[] =
    vacant.length === 0
      ? []
      : [
          {
            key: "path-role-vacant",
            rule: "path-role-vacant",
            severity: "insight",
            dutyIds: [],
            roleIds: vacant.map(({ id }) => id),
            title: `${vacant.length === 1 ? "One role is called by a path and nobody holds it" : `${vacant.length} roles are called by paths and nobody holds them`}: ${namedAndCounted(vacant.map(({ name }) => name))}.`,
            why: "A call for a role reaches whoever is behind it, and here that is nobody.",
            fixes: [{ label: "Name the holders", write: "people" }],
            about: JSON.stringify(vacant.map(({ id }) => id)),
            accepted: null,
          },
        ];
  const unknown = holders.filter(
    ({ roleId, ownHours }) => called.has(roleId) && !ownHours && !hasAgreedHours(matrix, roleId),
  );
  const unknownNames = new Map(unknown.map(({ personId, name }) => [personId, name]));
  if (unknown.length > 0)
    findings.push({
      key: "hours-unknown",
      rule: "hours-unknown",
      severity: "insight",
      dutyIds: [],
      roleIds: [...new Set(unknown.map(({ roleId }) => roleId))],
      title: `Nobody knows when ${namedAndCounted([...unknownNames.values()])} can be called: neither they nor their party said working hours.`,
      why: "Who is called at which hour can't be told beforehand; only a rota calls them.",
      fixes: [
        { label: "Write down their hours", write: "people" },
        { label: "Agree the party's hours", write: "escalation" },
      ],
      about: JSON.stringify([...unknownNames.keys()]),
      accepted: null,
    });
  for (const [personId, { name, paths, channels }] of unreachedBy(matrix, holders))
    findings.push({
      key: `no-channel.${personId}`,
      rule: "no-channel",
      severity: "warning",
      dutyIds: [],
      roleIds: [],
      personId,
      title: `${name} can't be called on ${namedAndCounted([...paths])}: no ${[...channels].map((channel) => CHANNELS[channel]).join(", ")}.`,
      why: "A level calls by its channels alone, and none of them works for this person.",
      fixes: [{ label: "Write down how to reach them", write: "people" }],
      about: JSON.stringify([personId, [...paths], [...channels]]),
      accepted: null,
    });
  return findings;
}

/** The contacts of people on paths that nobody has checked for long. */
function findUnverified(matrix: Matrix, holders: readonly RoleHolder[], today: string): Finding[] {
  const called = rolesOnPaths(matrix);
  const people = new Map(holders.filter(({ roleId }) => called.has(roleId)).map((one) => [one.personId, one]));
  return [...people.values()].flatMap(({ personId, name, lastVerified }): Finding[] =>
    isStale(lastVerified, today)
      ? [
          {
            key: `contact-unverified.${personId}`,
            rule: "contact-unverified",
            severity: "insight",
            dutyIds: [],
            roleIds: [],
            personId,
            title:
              lastVerified === null
                ? `Nobody has checked yet how to reach ${name}, whom a path calls.`
                : `How to reach ${name}, whom a path calls, was last checked on ${dayWords(lastVerified)}.`,
            why: "A number that has changed is found out when it is needed.",
            fixes: [
              {
                label: "It is right: verify the contact",
                people: { intent: "verify", personId, was: lastVerified },
                said: `${name}'s contact is verified`,
                does: `Notes that what is written down of ${name} was checked today.`,
              },
              { label: "Change the contact", write: "people" },
            ],
            about: JSON.stringify([personId, lastVerified]),
            accepted: null,
          },
        ]
      : [],
  );
}

function hasAgreedHours(matrix: Matrix, roleId: string): boolean {
  const party = partyOfRole(matrix, roleId);
  return matrix.hours.some(
    ({ partyId, week }) => partyId === party?.id && WEEKDAYS.some((weekday) => week[weekday].length > 0),
  );
}

/** The people whom a level calls by channels of which none works for them, with the paths and the channels. */
function unreachedBy({ paths }: Matrix, holders: readonly RoleHolder[]) {
  const unreached = new Map<string, { name: string; paths: Set<string>; channels: Set<Channel> }>();
  for (const path of paths)
    for (const { calls, channels } of Object.values(path.levels)) {
      const roleIds = new Set(calls.map(({ roleId }) => roleId));
      for (const { roleId, personId, name, channels: working } of holders) {
        if (!roleIds.has(roleId) || channels.length === 0) continue;
        if (channels.some((channel) => working.includes(channel))) continue;
        const found = unreached.get(personId) ?? { name, paths: new Set(), channels: new Set() };
        found.paths.add(path.name);
        for (const channel of channels) found.channels.add(channel);
        unreached.set(personId, found);
      }
    }
  return unreached;
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
  return `${roles.length === 1 ? "One role does or answers for duties and nobody holds it" : `${roles.length} roles do or answer for duties and nobody holds them`}: ${namedAndCounted(roles.map(({ name }) => name))}.`;
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
