import type { Rota } from "~/domain/cover/rota";
import type { Weekday } from "~/domain/cover/working-hours";
import type { WrittenWeek } from "~/domain/people/week";
import type { RotaFields } from "~/services/people/rotas.server";
import { weekTexts } from "./week-fields";

/** A turn in the form; its key stays when it moves. */
export type DraftTurn = { key: number; personIds: readonly string[] };
export type DraftOverride = DraftTurn & { fromDay: string; fromTime: string; toDay: string; toTime: string };

/** A rota while it is being changed. Somebody who isn't chosen yet is an empty id. */
export type RotaDraft = {
  timeZone: string;
  period: Rota["period"];
  every: string;
  time: string;
  weekday: Weekday;
  firstDay: string;
  turns: readonly DraftTurn[];
  applies: "always" | "hours";
  week: WrittenWeek;
  overrides: readonly DraftOverride[];
};

/** What a form begins with: the stored rota, or weekly turns of the role's holders from today on. */
export function draftOf(
  rota: Rota | null,
  first: { timeZone: string; today: string; holderIds: readonly string[] },
): RotaDraft {
  if (!rota)
    return {
      timeZone: first.timeZone,
      period: "weekly",
      every: "1",
      time: "09:00",
      weekday: "mon",
      firstDay: first.today,
      turns: (first.holderIds.length > 0 ? first.holderIds : [""]).map((id, key) => ({ key, personIds: [id] })),
      applies: "always",
      week: weekTexts(null),
      overrides: [],
    };
  return {
    timeZone: rota.timeZone,
    period: rota.period,
    every: String(rota.every),
    time: rota.handOver.time,
    weekday: rota.handOver.weekday,
    firstDay: rota.firstDay,
    turns: rota.turns.map((personIds, key) => ({ key, personIds })),
    applies: rota.hours === "always" ? "always" : "hours",
    week: weekTexts(rota.hours === "always" ? null : rota.hours.days),
    overrides: rota.overrides.map(({ from, to, personIds }, key) => {
      const [fromDay = "", fromTime = ""] = from.split("T");
      const [toDay = "", toTime = ""] = to.split("T");
      return { key, personIds: personIds.length > 0 ? personIds : [""], fromDay, fromTime, toDay, toTime };
    }),
  };
}

/** A draft as its form sends it. An override without a last day is of its first day alone. */
export function fieldsOf(draft: RotaDraft): RotaFields {
  const { timeZone, period, every, time, weekday, firstDay, turns, applies, week, overrides } = draft;
  const chosen = (personIds: readonly string[]) => personIds.filter((id) => id !== "");
  const edge = (day: string, at: string) => (at === "" ? day : `${day}T${at}`);
  return {
    timeZone,
    period,
    every: Number(every) || 0,
    handOver: { time, weekday },
    firstDay,
    turns: turns.map(({ personIds }) => chosen(personIds)),
    hours: applies === "always" ? "always" : week,
    overrides: overrides.map(({ fromDay, fromTime, toDay, toTime, personIds }) => ({
      from: edge(fromDay, fromTime),
      to: edge(toDay || fromDay, toTime),
      personIds: chosen(personIds),
    })),
  };
}

/** A key that none of some rows has. */
export function freeKey(rows: readonly { key: number }[]): number {
  return Math.max(-1, ...rows.map(({ key }) => key)) + 1;
}

/** Rows with one of them a place earlier or later. */
export function moved<Row>(rows: readonly Row[], from: number, by: 1 | -1): Row[] {
  const rest = rows.filter((_, i) => i !== from);
  return [...rest.slice(0, from + by), ...rows.slice(from, from + 1), ...rest.slice(from + by)];
}
