import { coverOf, presenceOf } from "../../cover/cover.server";
import { checkRota, type Override } from "../../cover/rota";
import type { Span } from "../../cover/spans";
import type { Channels, Staffing } from "../../cover/staffing";
import { zoneClock } from "../../cover/zoned.server";
import type { Matrix } from "../../matrix/matrix";
import { partyOfRole } from "../../matrix/owner";
import type { Role } from "../../matrix/shapes";
import type { Person } from "../../people/people";
import type { CoverWay } from "./cover-facts";
import { hoursOfHolder, rotaOf, type Behind, type Staffed } from "../staffing-of";
import { dayAt, stretchWords } from "./weeks.server";
import { dayWords } from "../../day-words";

/** So many ways are offered, and so many people tried for them. */
const OFFERED = 2;
const TRIED = 8;
/** More hours than that in a rota would be a rota of their own. */
const MOST_OVERRIDES = 40;

type Asked = {
  matrix: Pick<Matrix, "parties" | "roles" | "hours">;
  role: Role;
  /** The hours that nobody covers. */
  hole: readonly Span[];
  /** The choices of channels by which the role is called. */
  channels: readonly Channels[];
  /** The people to try, the likeliest first. */
  candidates: readonly Person[];
};

/**
 * The smallest changes that would close a hole, each tried out on who is there: the hole's own hours in the rota, or where the role has none
 * a further holder whose hours cover it.
 */
export function waysToCover(asked: Asked, behind: Behind, staffed: Staffed): CoverWay[] {
  const ways: CoverWay[] = [];
  for (const person of asked.candidates.slice(0, TRIED)) {
    if (ways.length === OFFERED) break;
    const way = byOverride(person, asked, behind, staffed) ?? byHolding(person, asked, staffed);
    if (way) ways.push(way);
  }
  return ways;
}

function byOverride(person: Person, asked: Asked, behind: Behind, staffed: Staffed): CoverWay | null {
  const { role, hole, channels } = asked;
  const stored = behind.rotas.find(({ roleId }) => roleId === role.id)?.rota;
  const before = staffed.staffing.get(role.id);
  if (!stored || !before?.rota || hole.length === 0 || hole.length > MOST_OVERRIDES) return null;
  const clock = zoneClock(stored.timeZone);
  const wall = (moment: number) => new Date(clock.wallAt(moment)).toISOString().slice(0, 16);
  const overrides = hole.map(({ from, to }): Override => ({ from: wall(from), to: wall(to), personIds: [person.id] }));
  const changed = { ...stored, overrides: [...stored.overrides, ...overrides] };
  if (checkRota(changed).length > 0) return null;
  const rota = rotaOf(changed, new Set(behind.people.map(({ id }) => id)));
  if (!closes({ ...before, rota }, hole, channels, staffed)) return null;
  const [first] = hole;
  const last = hole.at(-1);
  const when = first && `${stretchWords(stored.timeZone, first)} (${dayWords(dayAt(stored.timeZone, first.from))})`;
  const more =
    hole.length > 1 && last
      ? ` and ${hole.length - 1} more ${hole.length === 2 ? "time" : "times"} until ${dayWords(dayAt(stored.timeZone, last.from))}`
      : "";
  return {
    personId: person.id,
    name: person.name,
    how: "override",
    overrides,
    does: `Puts ${person.name} on call in the rota of ${role.name}: ${when}${more}.`,
  };
}

function byHolding(person: Person, asked: Asked, staffed: Staffed): CoverWay | null {
  const { matrix, role, hole, channels } = asked;
  const before = staffed.staffing.get(role.id);
  if (!before || before.holders.some(({ personId }) => personId === person.id)) return null;
  const hours = hoursOfHolder(person, matrix, role.partyId);
  if (!hours) return null;
  const holders = [...before.holders, { personId: person.id, hours }];
  if (!closes({ ...before, holders }, hole, channels, staffed)) return null;
  return {
    personId: person.id,
    name: person.name,
    how: "holder",
    overrides: [],
    does: `Makes ${person.name} a further holder of ${role.name}, who is called in their own hours.`,
  };
}

/** Whether somebody can be reached in all hours of a hole by each of some choices of channels. */
function closes(staffing: Staffing, hole: readonly Span[], channels: readonly Channels[], staffed: Staffed): boolean {
  return hole.every((span) => {
    const presence = presenceOf(staffing, staffed.absences, span);
    return channels.every((wanted) =>
      coverOf(presence, staffed.reachable, wanted).every(({ state }) => state !== "nobody"),
    );
  });
}

/** The people of a role's side in the order in which they are asked to cover: those whom the same paths call later, those who hold another role on them, and the others. */
export function candidatesFor(
  role: Role,
  { matrix, behind, staffed }: { matrix: Pick<Matrix, "parties" | "roles">; behind: Behind; staffed: Staffed },
  calledRoleIds: readonly string[],
): Person[] {
  const side = partyOfRole(matrix, role.id)?.kind;
  const own = new Set(staffed.staffing.get(role.id)?.holders.map(({ personId }) => personId));
  const rankOf = new Map<string, number>();
  calledRoleIds.forEach((roleId, rank) => {
    for (const { personId } of staffed.staffing.get(roleId)?.holders ?? [])
      if (!rankOf.has(personId)) rankOf.set(personId, rank);
  });
  const rank = ({ id }: Person) => (own.has(id) ? Infinity : (rankOf.get(id) ?? calledRoleIds.length));
  return behind.people
    .filter((person) => person.side === side && rank(person) !== Infinity)
    .sort((a, b) => rank(a) - rank(b));
}
