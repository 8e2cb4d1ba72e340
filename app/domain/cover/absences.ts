import { LIMITS } from "../limits";
import { unless, type Rejection } from "../result";
import { checkDay, checkTimeZone } from "./wall-time";

/** Whole days on which a person is away, as YYYY-MM-DD on the clocks of a zone; the last one too. */
export type Absence = { personId: string; from: string; to: string; timeZone: string };

/** Who is away when, and who stands in for whom while that one is away. */
export type Absences = { absences: readonly Absence[]; deputies: ReadonlyMap<string, string> };

/** Everything that is wrong with absences, a sentence each. */
export function checkAbsences(absences: readonly Absence[]): Rejection[] {
  if (absences.length > LIMITS.absences)
    return [
      {
        code: "absences-many",
        message: `There are ${absences.length} absences; at most ${LIMITS.absences} fit. Remove past ones.`,
      },
    ];
  return absences.flatMap(({ from, to, timeZone }) => {
    const days = [...checkDay(from), ...checkDay(to)];
    return [
      ...days,
      ...checkTimeZone(timeZone),
      ...unless(
        days.length > 0 || from <= to,
        "absence-ends",
        `The absence from ${from} ends on ${to}, before it begins. Swap the days.`,
      ),
    ];
  });
}
