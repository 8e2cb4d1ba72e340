import { midnightOf, minutesOf, written } from "../cover/wall-time";
import { weekdayAt, WEEKDAYS, type Weekday } from "../cover/working-hours";
import { DAY_MS, isDay, isTimeZone, utcDay } from "../days";
import { LIMITS } from "../limits";
import type { AuthorityKind, PathKind } from "../matrix/escalation-shapes";
import type { Matrix } from "../matrix/matrix";
import { ok, reject, type Result } from "../result";
import { checkText, type TextRule } from "../text";

/**
 * A duty that a scenario is about. It is known by its id where the matrix began with it, by its text where it was added from the
 * library later, and else by what people say who mean it. Empty texts say nothing.
 */
export type DutyClue = { id: string; text: string; words: string };

/** How bad an incident is: 1 is the worst. */
export type SeverityNumber = 1 | 2 | 3 | 4;

/** Which path a scenario takes where none of its duties names one: one of a kind, and of incidents by how bad they are; or a path by its id. */
export type PathChoice = { kind: PathKind; severity: SeverityNumber } | { pathId: string } | null;

/** What is wrong besides: nobody of the provider answers, or the person on whom most duties hang is away. */
export type Setback = "none" | "provider-silent" | "key-person-away";

/** Something that may happen, of which both parties want to know beforehand who is called and who decides. */
export type Scenario = {
  id: string;
  title: string;
  /** What happened, in a sentence or two. */
  story: string;
  path: PathChoice;
  /** In the order of their weight: the path that applies is that of the first one that names a fitting one. */
  duties: readonly DutyClue[];
  /** What finds a duty that was added by hand; empty where nothing is looked for. */
  words: string;
  /** Which authorities it asks for. */
  authorities: readonly AuthorityKind[] | "all";
  /** Which containment actions it asks for, by words that they contain. */
  containments: readonly string[] | "all";
  setback: Setback;
  /** A day of the week and a time at which it hurts. */
  when: { weekday: Weekday; time: string };
};

/** A scenario that somebody made up: a title, a path or none, and some duties. */
export type OwnScenario = { title: string; pathId: string | null; dutyIds: readonly string[] };

/** What somebody asks, as a link carries it: a scenario of the library by its id or one of their own, when it happens, and who is away in it. */
export type AskedScenario = {
  scenario: { id: string } | OwnScenario;
  /** As YYYY-MM-DD, and a time as in 02:10, on the clocks of a zone. */
  day: string;
  time: string;
  timeZone: string;
  /** Who is away from then on; null where the scenario chooses. */
  awayId: string | null;
};

/** The id of a scenario that somebody made up. */
export const OWN_SCENARIO = "own";

/** An own scenario in the shape of those of the library. It asks for every authority and containment action. */
export function scenarioOf({ title, pathId, dutyIds }: OwnScenario): Scenario {
  return {
    id: OWN_SCENARIO,
    title,
    story: "",
    path: pathId === null ? null : { pathId },
    duties: dutyIds.map((id) => ({ id, text: "", words: "" })),
    words: dutyIds.length === 0 ? title : "",
    authorities: "all",
    containments: "all",
    setback: "none",
    when: { weekday: "sat", time: "02:10" },
  };
}

/** The next day, from a day (YYYY-MM-DD) on, that is the day of the week of a scenario. */
export function usualDay({ when }: Pick<Scenario, "when">, today: string): string {
  const midnight = midnightOf(today);
  const ahead = (WEEKDAYS.indexOf(when.weekday) - WEEKDAYS.indexOf(weekdayAt(midnight)) + 7) % 7;
  return utcDay(new Date(midnight + ahead * DAY_MS));
}

/** The clocks on which scenarios of a matrix are read: those of the client, else of the provider; UTC where neither agreed hours. */
export function usualZone({ hours, parties }: Pick<Matrix, "hours" | "parties">): string {
  const zones = (["client", "provider"] as const).flatMap((kind) =>
    hours
      .filter(({ partyId }) => parties.find(({ id }) => id === partyId)?.kind === kind)
      .map(({ timeZone }) => timeZone),
  );
  return zones.find(isTimeZone) ?? "UTC";
}

/** What a link says in its query: `scenario` is an id of the library or “own”. */
export type ScenarioQuery = Record<string, string>;

/** The query of a link to a scenario. */
export function scenarioQuery({ scenario, day, time, timeZone, awayId }: AskedScenario): ScenarioQuery {
  const own: ScenarioQuery =
    "id" in scenario
      ? { scenario: scenario.id }
      : {
          scenario: OWN_SCENARIO,
          title: scenario.title,
          ...(scenario.pathId === null ? {} : { path: scenario.pathId }),
          ...(scenario.dutyIds.length === 0 ? {} : { duties: scenario.dutyIds.join(",") }),
        };
  return { ...own, day, time, zone: timeZone, ...(awayId === null ? {} : { away: awayId }) };
}

const ID = /^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$/;
const TITLE: TextRule = { called: "The scenario's title", max: LIMITS.name, lines: false, optional: false };

/** What a link asks, or a sentence about what is wrong with it. Whether duties, paths and people are still there is for the answer to say. */
export function readScenarioQuery(query: { get(name: string): string | null }): Result<AskedScenario> {
  const valueOf = (name: string) => query.get(name) ?? "";
  const scenario = valueOf("scenario") === OWN_SCENARIO ? readOwn(valueOf) : readId(valueOf("scenario"));
  if (!scenario.ok) return scenario;
  const [day, time, timeZone, away] = [valueOf("day"), valueOf("time"), valueOf("zone"), valueOf("away")];
  if (!isDay(day)) return reject("day", `“${written(day)}” isn't a day. Write it as in 2026-12-25.`);
  if (minutesOf(time) === null)
    return reject("time", `“${written(time)}” isn't a time. Write it with four digits, as in 02:10.`);
  if (!isTimeZone(timeZone))
    return reject("zone-unknown", `There is no time zone “${written(timeZone)}”. Write it as in Europe/London.`);
  if (away !== "" && !ID.test(away))
    return reject("away", "The link names nobody who is away. Choose the person again.");
  return ok({ scenario: scenario.value, day, time, timeZone, awayId: away === "" ? null : away });
}

function readId(id: string): Result<{ id: string }> {
  return ID.test(id) ? ok({ id }) : reject("scenario", "The link names no scenario. Choose one.");
}

function readOwn(valueOf: (name: string) => string): Result<OwnScenario> {
  const title = checkText(valueOf("title"), TITLE);
  if (!title.ok) return title;
  const pathId = valueOf("path");
  if (pathId !== "" && !ID.test(pathId)) return reject("path", "The link names no path. Choose one again.");
  // Longer than so many ids are, so that a link of a million commas isn't taken apart.
  const duties = valueOf("duties").slice(0, LIMITS.scenarioDuties * 70);
  const dutyIds = [...new Set(duties.split(",").filter((id) => id !== ""))];
  if (dutyIds.length > LIMITS.scenarioDuties || duties.length < valueOf("duties").length)
    return reject("duties-many", `A scenario is about at most ${LIMITS.scenarioDuties} duties. Leave some out.`);
  if (!dutyIds.every((id) => ID.test(id)))
    return reject("duties", "The link names something that can't be a duty. Choose the duties again.");
  return ok({ title: title.value, pathId: pathId === "" ? null : pathId, dutyIds });
}
