import { read } from "~/db/client.server";
import { behindRoles } from "~/db/people-store.server";
import { checkDayNear, checkTimeZone, MINUTE_MS } from "~/domain/cover/wall-time";
import { AppError } from "~/domain/errors";
import { staffingOf } from "~/domain/escalation/staffing-of";
import { presencesOf, weekOfPath, type PathWeek } from "~/domain/escalation/week/week-cover.server";
import {
  clockChangeWords,
  commonZone,
  dayAt,
  daysOfWeek,
  minutesOfWeek,
  weekAt,
  weekChoices,
  weekOf,
  type WeekChoice,
  type WeekDay,
} from "~/domain/escalation/week/weeks.server";
import type { Actor } from "../who/actor.server";
import { matrixFor } from "../who/matrix-access.server";

/** Which week is asked for: one path or, where empty, all; a day of the week or, where empty, today's; and the zone whose clocks count, or the parties' own. */
export type AskedWeek = { path: string; day: string; timeZone: string };

/** Who can be reached throughout a week, for each role of some paths. Names stand in it, and nothing to reach them by. */
export type WeekCover = {
  /** The Monday, as YYYY-MM-DD. */
  firstDay: string;
  timeZone: string;
  /** 10,080, but where clocks are set in the week. */
  minutes: number;
  days: WeekDay[];
  /** What is said of the week where clocks are set in it. */
  clockChange: string;
  /** The minutes of the week that have passed; null in another week than this one. */
  now: number | null;
  choices: WeekChoice[];
  paths: PathWeek[];
};

/** The cover of one path of the draft, or of all, over a week; null where the path was deleted. */
export async function coverOfWeek(
  actor: Actor,
  matrixId: string,
  asked: AskedWeek,
  now: Date,
): Promise<WeekCover | null> {
  const { matrix, engagementId } = await matrixFor(read, actor, matrixId, "read");
  const timeZone = asked.timeZone || commonZone(matrix);
  const [wrong] = [...checkTimeZone(timeZone), ...(asked.day === "" ? [] : checkDayNear(asked.day))];
  if (wrong) throw new AppError("invalid", wrong.message);
  const shownPaths = matrix.paths.filter(({ id }) => asked.path === "" || id === asked.path);
  if (shownPaths.length === 0 && asked.path !== "") return null;
  const week = asked.day === "" ? weekAt(timeZone, now.getTime()) : weekOf(timeZone, asked.day);
  const isThis = week.from <= now.getTime() && now.getTime() < week.to;
  const behind = await behindRoles(read, { engagementId, matrixId });
  const staffed = staffingOf(matrix, behind, isThis ? dayAt(timeZone, now.getTime()) : week.firstDay);
  const presences = presencesOf(staffed, week);
  return {
    firstDay: week.firstDay,
    timeZone,
    minutes: minutesOfWeek(week),
    days: daysOfWeek(week, matrix),
    clockChange: clockChangeWords(week),
    now: isThis ? Math.floor((now.getTime() - week.from) / MINUTE_MS) : null,
    choices: weekChoices(timeZone, matrix, now.getTime()),
    paths: shownPaths.map((path) => weekOfPath(path, { matrix, staffed, people: behind.people, week }, presences)),
  };
}
