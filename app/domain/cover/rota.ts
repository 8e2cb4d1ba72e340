import { DAY_MS, isDay } from "../days";
import { LIMITS } from "../limits";
import { unless, type Rejection } from "../result";
import { overlapsOf } from "./overlaps";
import { checkTimeZone, midnightOf, MINUTE_MS, minutesOf, written, type Edge, type WallTime } from "./wall-time";
import { checkWeeklyHours, type Hours, type Weekday } from "./working-hours";

/** Who takes turns at being on call for a role, on the clocks of one zone. */
export type Rota = {
  /** A name of the IANA time zone database. */
  timeZone: string;
  /** A turn lasts `every` days or weeks. */
  period: "daily" | "weekly";
  every: number;
  /** When one turn hands over to the next, as in 09:00; the day of the week counts where turns last weeks. */
  handOver: { time: string; weekday: Weekday };
  /** The day of the first hand-over, as YYYY-MM-DD; where turns last weeks, the first such weekday from it on. Before that nobody is on call. */
  firstDay: string;
  /** The people of each turn in the order in which they are called. After the last turn comes the first again. Without turns only overrides say who is on call. */
  turns: readonly (readonly string[])[];
  /** When the rota applies. */
  hours: Hours;
  overrides: readonly Override[];
};

/**
 * Who is on call in place of the turn, whether or not the rota applies then; nobody where it is declared off. Each end is a time
 * such as 2026-12-24T18:00, or a day such as 2026-12-24, which counts whole.
 */
export type Override = { from: string; to: string; personIds: readonly string[] };

/** Everything that is wrong with a rota, a sentence each. */
export function checkRota(rota: Rota): Rejection[] {
  const { timeZone, every, handOver, firstDay, hours } = rota;
  return [
    ...checkTimeZone(timeZone),
    ...checkTurns(rota),
    ...unless(
      Number.isInteger(every) && every >= 1 && every <= LIMITS.rotaEvery,
      "rota-every",
      `A turn lasts from 1 to ${LIMITS.rotaEvery} days or weeks. Choose a whole number.`,
    ),
    ...(minutesOf(handOver.time) !== null
      ? []
      : [
          {
            code: "rota-hand-over",
            message: `“${written(handOver.time)}” isn't a time to hand over at. Write it with four digits, as in 09:30.`,
          },
        ]),
    ...(isDay(firstDay)
      ? []
      : [
          {
            code: "rota-first",
            message: `“${written(firstDay)}” isn't a day to begin on. Write it as in 2026-12-25.`,
          },
        ]),
    ...(hours === "always" ? [] : checkWeeklyHours(hours)),
    ...checkOverrides(rota.overrides),
  ];
}

/** A time or a day of an override on the wall; null where it is neither. */
export function wallOf(said: string, edge: Edge): WallTime | null {
  if (isDay(said)) return midnightOf(said) + (edge === "ends" ? DAY_MS : 0);
  const [day = "", time = "", ...more] = said.split("T");
  const minutes = minutesOf(time);
  return isDay(day) && minutes !== null && more.length === 0 ? midnightOf(day) + minutes * MINUTE_MS : null;
}

function checkTurns({ turns, overrides }: Rota): Rejection[] {
  // What was imported from a calendar may be all that there is: single turns, that don't come again.
  if (turns.length === 0 && overrides.some(({ personIds }) => personIds.length > 0)) return [];
  if (turns.every((people) => people.length === 0))
    return [{ code: "rota-nobody", message: "The rota names nobody. Add at least one person." }];
  if (turns.length > LIMITS.rotaTurns)
    return [
      {
        code: "rota-turns",
        message: `The rota has ${turns.length} turns; at most ${LIMITS.rotaTurns} fit. Remove some.`,
      },
    ];
  return turns.flatMap((people, i) => [
    ...unless(
      people.length > 0,
      "rota-turn-nobody",
      `Turn ${i + 1} of the rota names nobody. Add a person, or remove the turn.`,
    ),
    ...unless(
      people.length <= LIMITS.rotaPeople,
      "rota-turn-people",
      `Turn ${i + 1} of the rota names ${people.length} people; at most ${LIMITS.rotaPeople} fit. Remove some.`,
    ),
  ]);
}

function checkOverrides(overrides: readonly Override[]): Rejection[] {
  if (overrides.length > LIMITS.overrides)
    return [
      {
        code: "overrides-many",
        message: `The rota has ${overrides.length} overrides; at most ${LIMITS.overrides} fit. Remove past ones.`,
      },
    ];
  const placed = overrides.map((override) => ({
    from: wallOf(override.from, "begins"),
    to: wallOf(override.to, "ends"),
    override,
  }));
  const standing = placed.flatMap(({ from, to, override }) =>
    from !== null && to !== null && from < to ? [{ from, to, override }] : [],
  );
  return [
    ...placed.flatMap(({ from, to, override }) =>
      from === null || to === null
        ? [
            {
              code: "override-time",
              message: `“${written(from === null ? override.from : override.to)}” isn't a day or a time. Write a day as in 2026-12-24, a time as in 2026-12-24T18:00.`,
            },
          ]
        : from < to
          ? []
          : [
              {
                code: "override-ends",
                message: `The override from ${saidOf(override)} ends before it begins, or where it begins. Choose a later end.`,
              },
            ],
    ),
    ...overlapsOf(standing).map(([one, other]) => ({
      code: "override-overlap",
      message: `The overrides from ${saidOf(one.override)} and from ${saidOf(other.override)} overlap. Shorten one of them.`,
    })),
  ];
}

function saidOf({ from, to }: Override): string {
  return `${written(from)} to ${written(to)}`;
}
