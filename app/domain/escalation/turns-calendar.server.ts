import type { Absences } from "../cover/absences";
import { rotaWithin } from "../cover/rota-within.server";
import type { Rota } from "../cover/rota";
import { DAY_MS } from "../days";
import { LIMITS } from "../limits";
import { NOT_LIVE, type CalendarEntry, type CalendarPlan } from "./calendar";

/** So far ahead turns are in a calendar, and so long over ones stay in it. */
const TURNS_AHEAD_DAYS = 26 * 7;
const TURNS_KEPT_DAYS = 14;
/** A turn lasts at most a year. Turns are computed from further back than they are kept, so that each has its own beginning. */
const LONGEST_TURN_DAYS = 400;

type Turns = {
  person: { id: string; name: string };
  /** The names of the two parties. */
  engagement: string;
  /** The rotas as they are followed, with the name of their role. */
  rotas: readonly { roleId: string; role: string; rota: Rota }[];
  absences: Absences;
};

/**
 * When one person is on call by rotas, with overrides and absences: two weeks back and half a year ahead. Each turn is an entry
 * of its own with its exact moments, so that clock changes need no rule.
 */
export function turnsCalendar({ person, engagement, rotas, absences }: Turns, now: number): CalendarPlan {
  const today = Math.floor(now / DAY_MS) * DAY_MS;
  const shown = { from: today - TURNS_KEPT_DAYS * DAY_MS, to: today + TURNS_AHEAD_DAYS * DAY_MS };
  const window = { from: shown.from - LONGEST_TURN_DAYS * DAY_MS, to: shown.to + LONGEST_TURN_DAYS * DAY_MS };
  const entries = rotas.flatMap(({ roleId, role, rota }) =>
    rotaWithin(rota, absences, window).flatMap(({ from, to, personIds }): CalendarEntry[] => {
      const place = personIds.indexOf(person.id);
      if (place < 0 || to <= shown.from || from >= shown.to) return [];
      return [
        {
          id: `turn-${roleId}-${person.id}-${from}`,
          title: place === 0 ? `On call: ${role}` : `On call, called ${place + 1}${ordinalEnd(place + 1)}: ${role}`,
          description: `${engagement}. ${NOT_LIVE}`,
          place: "",
          from,
          to,
          recurs: null,
        },
      ];
    }),
  );
  const inOrder = entries.sort((a, b) => a.from - b.from);
  const cut = inOrder.length > LIMITS.calendarTurns ? ` Only the first ${LIMITS.calendarTurns} turns are in it.` : "";
  return {
    name: `On call (plan): ${person.name}`,
    description: `The turns of ${person.name} by the rotas of ${engagement}, with overrides and days away, for half a year ahead.${cut} ${NOT_LIVE}`,
    entries: inOrder.slice(0, LIMITS.calendarTurns),
  };
}

function ordinalEnd(place: number): string {
  return place === 2 ? "nd" : place === 3 ? "rd" : "th";
}
