import { z } from "zod";
import { checkDay, checkTimeZone, midnightOf, MINUTE_MS, minutesOf, written } from "../cover/wall-time";
import { DAY_NAMES } from "../cover/working-hours";
import { zoneClock } from "../cover/zoned.server";
import { dayWords } from "../day-words";
import { LIMITS } from "../limits";
import type { Conversation } from "../matrix/escalation-shapes";
import type { Matrix } from "../matrix/matrix";
import { indexOf } from "../matrix/owner";
import { idSchema } from "../matrix/shapes";
import { unless, type Rejection } from "../result";
import { NOT_LIVE, type CalendarEntry, type CalendarPlan } from "./calendar";
import { MINUTES, minutesOfText, placeWords, recurrenceOf, RHYTHMS, rhythmOf, type Rhythm } from "./rhythm";

const rhythmSchema = z.enum([
  "once",
  "weekly",
  "two-weekly",
  "monthly",
  "two-monthly",
  "quarterly",
  "half-yearly",
  "yearly",
]);

/** When conversations first take place, on the clocks of one zone. Rhythm and length count where the agreed text says none. */
export const planSchema = z.object({
  timeZone: z.string().max(LIMITS.name),
  first: z
    .array(
      z.object({
        conversationId: idSchema,
        day: z.string().max(10),
        time: z.string().max(5),
        rhythm: rhythmSchema,
        minutes: z.number(),
      }),
    )
    .max(LIMITS.conversations),
});
export type Plan = z.infer<typeof planSchema>;

/** A recurring conversation is written for so many years: none is agreed for ever, and a reader knows the clocks of so long. */
const YEARS_AHEAD = 5;
const FIRST_YEAR = 2000;
const LAST_YEAR = 2100;

/** Everything that is wrong with when conversations first take place, a sentence each. */
export function checkPlan({ timeZone, first }: Plan): Rejection[] {
  return [
    ...checkTimeZone(timeZone),
    ...unless(first.length > 0, "plan-empty", "Choose a first day for at least one conversation."),
    ...first.flatMap(({ day, time, minutes }) => {
      const wrong = checkDay(day);
      return [
        ...wrong,
        ...unless(
          wrong.length > 0 || (Number(day.slice(0, 4)) >= FIRST_YEAR && Number(day.slice(0, 4)) <= LAST_YEAR),
          "day-far",
          `Choose a day from ${FIRST_YEAR} to ${LAST_YEAR}.`,
        ),
        ...unless(
          minutesOf(time) !== null,
          "time",
          `“${written(time)}” isn't a time. Write it with four digits, as in 09:30.`,
        ),
        ...unless(
          Number.isInteger(minutes) && minutes >= MINUTES.least && minutes <= MINUTES.most,
          "minutes",
          `A conversation lasts from ${MINUTES.least} to ${MINUTES.most} minutes. Choose a whole number.`,
        ),
      ];
    }),
  ];
}

/** Where the conversations of a calendar come from: a version that is in force, or the draft while none is. */
export type Basis = { matrix: Pick<Matrix, "parties" | "roles" | "conversations">; version: number | null };

/** The basis of a calendar of conversations in a sentence. */
export function basisWords({ version }: Basis): string {
  return version === null
    ? "No version is in force, so these are the conversations of the draft, which both sides may still change."
    : `These are the conversations of version ${version}, which is in force.`;
}

/** The conversations that both sides keep to, each from its first time on. What has no first time is named and left out. */
export function conversationCalendar(basis: Basis, { timeZone, first }: Plan): CalendarPlan {
  const { matrix } = basis;
  const planned = new Map(first.map((one) => [one.conversationId, one]));
  const entries = matrix.conversations.flatMap((conversation): CalendarEntry[] => {
    const begins = planned.get(conversation.id);
    return begins ? [entryOf(conversation, matrix, timeZone, begins)] : [];
  });
  const without = matrix.conversations.filter(({ id }) => !planned.has(id)).map(({ name }) => name);
  return {
    name: `Conversations (plan): ${engagementName(matrix)}`,
    description: [
      basisWords(basis),
      ...(without.length > 0 ? [`Without a first time here, and left out: ${without.join(", ")}.`] : []),
      NOT_LIVE,
    ].join(" "),
    entries,
  };
}

/** The two parties by name. */
export function engagementName(matrix: Pick<Matrix, "parties" | "roles">): string {
  const { client, provider } = indexOf(matrix);
  return [client, provider].flatMap((party) => party?.name ?? []).join(" and ");
}

/** The rhythm and length that hold: those of the agreed text, or else those that were chosen. */
function agreedOr(
  { cadence }: Pick<Conversation, "cadence">,
  chosen: { rhythm: Rhythm; minutes: number },
): { rhythm: Rhythm; minutes: number } {
  return { rhythm: rhythmOf(cadence) ?? chosen.rhythm, minutes: minutesOfText(cadence) ?? chosen.minutes };
}

function entryOf(
  conversation: Conversation,
  matrix: Basis["matrix"],
  timeZone: string,
  begins: Plan["first"][number],
): CalendarEntry {
  const { id, name, cadence, place, agenda, inputs } = conversation;
  const { rhythm, minutes } = agreedOr(conversation, begins);
  const from = zoneClock(timeZone).momentOf(
    midnightOf(begins.day) + (minutesOf(begins.time) ?? 0) * MINUTE_MS,
    "begins",
  );
  const rule = recurrenceOf(rhythm, begins.day);
  const on = placeWords(rhythm, begins.day, (weekday) => DAY_NAMES[weekday]);
  return {
    id: `conversation-${id}`,
    title: name,
    description: [
      [
        `Agreed: ${cadence || "no rhythm yet"}.`,
        rule && `Planned ${RHYTHMS[rhythm].toLowerCase()} ${on}, from ${dayWords(begins.day)}.`,
      ]
        .filter(Boolean)
        .join(" "),
      whoSpeaks(conversation, matrix),
      agenda && `Agenda:\n${agenda}`,
      inputs && `Prepared: ${inputs}`,
      NOT_LIVE,
    ]
      .filter(Boolean)
      .join("\n\n"),
    place,
    from,
    to: from + minutes * MINUTE_MS,
    recurs: rule === null ? null : { rule, timeZone, until: lastBeginning(from) },
  };
}

function lastBeginning(from: number): number {
  const first = new Date(from);
  return new Date(from).setUTCFullYear(first.getUTCFullYear() + YEARS_AHEAD);
}

function whoSpeaks({ clientRoleId, providerRoleId, leadsId }: Conversation, matrix: Basis["matrix"]): string {
  const { role, party } = indexOf(matrix);
  const said = [clientRoleId, providerRoleId].flatMap((id) => {
    const spoken = id === null ? undefined : role.get(id);
    if (!spoken) return [];
    const of = party.get(spoken.partyId)?.name;
    return [`${spoken.name}${of ? ` (${of})` : ""}${id === leadsId ? ", who leads" : ""}`];
  });
  return said.length === 0 ? "" : `Who speaks: ${said.join("; ")}.`;
}
