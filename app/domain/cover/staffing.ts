import type { Rejection } from "../result";
import type { Rota } from "./rota";
import { checkDays } from "./wall-time";
import { checkWeeklyHours, type WeeklyHours } from "./working-hours";

/** A person who holds a role, with the hours in which that person is on shift; null where nobody said any. */
export type Holder = { personId: string; hours: WeeklyHours | null };

/** When a role is agreed to be off duty: in hours of each week, and throughout days, as YYYY-MM-DD on the same clocks. */
export type OffDuty = { weekly: WeeklyHours; days: readonly string[] };

/** Who is behind a role: holders in the order in which they are called, who takes turns at being on call, and when the role is off duty. */
export type Staffing = { holders: readonly Holder[]; rota: Rota | null; declaredOff: OffDuty | null };

/** The channels that work for each person; a person who isn't named has none. */
export type Reachable = ReadonlyMap<string, ReadonlySet<string>>;

/** The channels that somebody may be called by, in the order in which they are tried; or any. */
export type Channels = "any" | readonly string[];

/** Everything that is wrong with when a role is off duty, a sentence each. */
export function checkOffDuty({ weekly, days }: OffDuty): Rejection[] {
  return [...checkWeeklyHours(weekly), ...checkDays("days off duty", days)];
}
