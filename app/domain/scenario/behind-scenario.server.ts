import type { Callable } from "../cover/calls.server";
import { awayOf } from "../cover/standing-in.server";
import type { WeeklyHours } from "../cover/working-hours";
import { midnightOf } from "../cover/wall-time";
import { DAY_MS, utcDay } from "../days";
import { staffingOf, type Behind } from "../escalation/staffing-of";
import type { Week } from "../matrix/escalation-shapes";
import type { Matrix } from "../matrix/matrix";
import { indexOf, partyOfRole } from "../matrix/owner";
import type { Duty } from "../matrix/shapes";
import { CHANNELS } from "../parts/paths";
import { currentHoldings, dutiesOfOnePerson } from "../people/people";
import type { Scenario } from "./scenario";

/** Who is behind the roles while a scenario happens. */
export type BehindScenario = {
  callable: Callable;
  /** Person → name. */
  names: ReadonlyMap<string, string>;
  /** Those who are called and don't pick up. */
  silent: ReadonlySet<string>;
  /** Who is away or doesn't answer, in a sentence; empty where nobody is. */
  setback: string;
  away: { personId: string; name: string } | null;
  /** The duties that only whoever is away does or answers for, and whether somebody stands in. */
  hanging: { duties: readonly Duty[]; standsIn: string | null };
  /** The roles one of whose holders has no working hours. */
  hoursUnknown: ReadonlySet<string>;
};

type Known = Pick<BehindScenario, "callable" | "names" | "hoursUnknown"> & {
  /** Who holds which role, and who stands in for whom. */
  holdings: readonly { roleId: string; personId: string }[];
  sideOf: (personId: string) => string | undefined;
};

/** Whoever falls ill is away for so many days. */
const AWAY_DAYS = 14;

/**
 * Who is behind the roles of a matrix on a day, with what the scenario says of them. Where nobody is known, somebody is taken to be
 * behind each role at every hour that isn't agreed off duty, by every channel.
 */
export function behindScenario(
  { setback }: Pick<Scenario, "setback">,
  { day, start }: { day: string; start: number },
  { matrix, behind, awayId }: { matrix: Matrix; behind: Behind | null; awayId: string | null },
): BehindScenario {
  const known = behind ? knownPeople(matrix, behind, day) : rolesAlone(matrix, day);
  const silent = new Set(
    setback === "provider-silent" ? [...known.names.keys()].filter((id) => known.sideOf(id) === "provider") : [],
  );
  // What hangs on whom takes a look at every duty, and is asked only where somebody is away.
  const isAsked = awayId !== null || setback === "key-person-away";
  const hanging = isAsked ? dutiesOfOnePerson(matrix, known.holdings) : new Map<string, Duty[]>();
  const awayPersonId = awayId ?? (setback === "key-person-away" ? mostMissed(hanging, known) : null);
  const name = awayPersonId === null ? undefined : known.names.get(awayPersonId);
  const away = awayPersonId === null || name === undefined ? null : { personId: awayPersonId, name };
  const { absences } = known.callable;
  const callable = away
    ? {
        ...known.callable,
        absences: { ...absences, absences: [...absences.absences, absenceFrom(day, away.personId)] },
      }
    : known.callable;
  const standsIn = away && (known.names.get(absences.deputies.get(away.personId) ?? "") ?? null);
  return {
    ...known,
    callable,
    silent,
    setback: [
      setback === "provider-silent" ? `Nobody of ${indexOf(matrix).provider?.name ?? "the provider"} answers.` : "",
      away ? `${away.name} is away from then on${standsIn === null ? "" : `, and ${standsIn} stands in`}.` : "",
      !away && awayId !== null ? "Whoever was chosen to be away isn't among the people. Choose somebody else." : "",
      !away && awayId === null && setback === "key-person-away"
        ? "No duty hangs on one person alone, so nobody is taken to be away."
        : "",
      isEverybodyAway(known, callable, start) ? "Everybody is away at that moment." : "",
    ]
      .filter(Boolean)
      .join(" "),
    away,
    hanging: away ? { duties: hanging.get(away.personId) ?? [], standsIn } : { duties: [], standsIn: null },
  };
}

function isEverybodyAway({ names }: Known, { absences }: Callable, start: number): boolean {
  const away = awayOf(absences);
  const isAway = (personId: string) => (away.get(personId) ?? []).some(({ from, to }) => from <= start && start < to);
  return names.size > 0 && [...names.keys()].every(isAway);
}

/** From the day before on, since it may be that day yet on the clocks of whoever is away. */
function absenceFrom(day: string, personId: string) {
  const dayAt = (days: number) => utcDay(new Date(midnightOf(day) + days * DAY_MS));
  return { personId, from: dayAt(-1), to: dayAt(AWAY_DAYS), timeZone: "UTC" };
}

/** The person of the client or the provider on whom most duties hang alone; the first of several in the order of the people. */
function mostMissed(hanging: ReadonlyMap<string, readonly Duty[]>, { names, sideOf }: Known): string | null {
  let most: string | null = null;
  for (const personId of names.keys())
    if (
      sideOf(personId) !== "third-party" &&
      (hanging.get(personId)?.length ?? 0) > (hanging.get(most ?? "")?.length ?? 0)
    )
      most = personId;
  return most;
}

function knownPeople(matrix: Matrix, behind: Behind, day: string): Known {
  const { hoursUnknown, ...callable } = staffingOf(matrix, behind, day);
  const sides = new Map(behind.people.map(({ id, side }) => [id, side]));
  return {
    callable,
    names: new Map(behind.people.map(({ id, name }) => [id, name])),
    hoursUnknown: new Set(hoursUnknown.map(({ roleId }) => roleId)),
    holdings: currentHoldings(matrix, behind.people, behind.holdings, day),
    sideOf: (personId) => sides.get(personId),
  };
}

const DAY = [{ from: "00:00", to: "24:00" }];
const EVERY_DAY: Week = { mon: DAY, tue: DAY, wed: DAY, thu: DAY, fri: DAY, sat: DAY, sun: DAY };
const EVERY_HOUR: WeeklyHours = { days: EVERY_DAY, timeZone: "UTC", holidays: [] };

/** Each role as if somebody were behind it at every hour but those agreed off duty; that somebody has the id and the name of the role. */
function rolesAlone(matrix: Matrix, day: string): Known {
  const nobody = staffingOf(matrix, { people: [], holdings: [], rotas: [], absences: [] }, day);
  const everyChannel = new Set(Object.keys(CHANNELS));
  return {
    callable: {
      staffing: new Map(
        matrix.roles.map(({ id }) => [
          id,
          {
            holders: [{ personId: id, hours: EVERY_HOUR }],
            rota: null,
            declaredOff: nobody.staffing.get(id)?.declaredOff ?? null,
          },
        ]),
      ),
      absences: { absences: [], deputies: new Map() },
      reachable: new Map(matrix.roles.map(({ id }) => [id, everyChannel])),
    },
    names: new Map(matrix.roles.map(({ id, name }) => [id, name])),
    hoursUnknown: new Set(),
    holdings: matrix.roles.map(({ id }) => ({ roleId: id, personId: id })),
    sideOf: (roleId) => partyOfRole(matrix, roleId)?.kind,
  };
}
