import { z } from "zod";
import { read, write } from "~/db/client.server";
import { loadPeople, loadRotas, storeRota } from "~/db/people-store.server";
import { checkRota, type Override, type Rota } from "~/domain/cover/rota";
import { checkTimeZone } from "~/domain/cover/wall-time";
import { utcDay } from "~/domain/days";
import { AppError } from "~/domain/errors";
import {
  isTurn,
  matchPeople,
  withImported,
  type NamedInCalendar,
  type ReadCalendar,
} from "~/domain/escalation/rota-import";
import { LIMITS } from "~/domain/limits";
import { partyOfRole } from "~/domain/matrix/owner";
import { idSchema } from "~/domain/matrix/shapes";
import { CalendarStopped, runCalendar } from "~/files/thread/calendar-thread.server";
import type { Actor, Caller } from "../who/actor.server";
import { countTry } from "../who/attempts.server";
import { matrixFor } from "../who/matrix-access.server";
import { changePeople } from "./people.server";
import { logPeople, refused, roleNamed, type PeopleRequest } from "./people-request.server";
import { refuseStrangers, rotaFields } from "./rotas.server";

/** What importing a calendar into a rota would do, before anything is stored. */
export type ImportPreview = {
  timeZone: string;
  /** The revision of the rota that it was made from; null where the role has none. */
  revision: number | null;
  calendar: ReadCalendar;
  named: NamedInCalendar[];
  /** The overrides that the rota has. */
  overrides: Override[];
};

/** The form that a calendar comes with. */
export const previewSchema = z.object({ roleId: idSchema, timeZone: z.string() });

/**
 * Reads a calendar for the rota of a role, and stores nothing. Its times without a zone are on the clocks of the rota, or of the
 * zone that is given where there is no rota yet.
 */
export async function previewImport(
  actor: Actor,
  matrixId: string,
  { roleId, timeZone, bytes }: z.infer<typeof previewSchema> & { bytes: Uint8Array },
  caller: Caller,
  now: Date,
  closed?: AbortSignal,
): Promise<ImportPreview> {
  const { matrix, engagementId } = await matrixFor(read, actor, matrixId, "edit");
  if (!matrix.roles.some(({ id }) => id === roleId)) throw gone();
  await countTry("calendar-read", { account: actor.userId, address: caller.address });
  const stored = (await loadRotas(read, matrixId)).find((rota) => rota.roleId === roleId);
  const zone = stored?.rota.timeZone ?? timeZone;
  const [wrong] = checkTimeZone(zone);
  if (wrong) throw new AppError("invalid", wrong.message);
  const answer = await runCalendar({ bytes, timeZone: zone, now: now.getTime() }, closed).catch((error: unknown) => {
    throw error instanceof CalendarStopped
      ? new AppError("busy", "Several calendars are being read right now. Try again in a moment.")
      : error;
  });
  if (!answer.ok) throw new AppError("invalid", answer.message);
  const names = new Set(answer.calendar.turns.flatMap(({ who }) => who)).size;
  if (names > LIMITS.calendarNames)
    throw new AppError(
      "invalid",
      `The calendar names ${names} people or titles; at most ${LIMITS.calendarNames} can be matched. Export the turns of one rota alone.`,
    );
  const side = partyOfRole(matrix, roleId)?.kind;
  const people = (await loadPeople(read, engagementId)).filter((person) => !person.removed && person.side === side);
  return {
    timeZone: zone,
    revision: stored?.revision ?? null,
    calendar: answer.calendar,
    named: matchPeople(answer.calendar.turns, people),
    overrides: [...(stored?.rota.overrides ?? [])],
  };
}

const revision = z.number().int().nonnegative().nullable();

/** What follows a preview: the turns are imported, or what an import did is undone. */
export const importSchema = z.discriminatedUnion("intent", [
  z.object({
    intent: z.literal("import"),
    roleId: idSchema,
    revision,
    timeZone: z.string().max(LIMITS.name),
    turns: z
      .array(
        z.object({
          from: z.string().max(20),
          to: z.string().max(20),
          personIds: z.array(idSchema).max(LIMITS.rotaPeople).readonly(),
        }),
      )
      .max(LIMITS.calendarTurns),
  }),
  z.object({ intent: z.literal("undo"), roleId: idSchema, revision, rota: rotaFields.nullable() }),
]);
export type ImportForm = z.infer<typeof importSchema>;

/** Stores what a preview showed, in one step; throws `conflict` and stores nothing where the rota was changed since. */
export async function changeByImport(actor: Actor, matrixId: string, form: ImportForm, now: Date): Promise<void> {
  if (form.intent === "import") return importTurns(actor, matrixId, form, now);
  const { roleId, revision: known, rota } = form;
  const before = rota
    ? ({ intent: "rota", roleId, revision: known, rota } as const)
    : ({ intent: "no-rota", roleId, revision: known ?? 0 } as const);
  await changePeople(actor, matrixId, before, now).catch((error: unknown) => {
    throw error instanceof AppError && error.code === "conflict"
      ? new AppError(
          "conflict",
          "The rota was changed since the import, so that isn't undone. Take its overrides out by hand.",
        )
      : error;
  });
}

async function importTurns(
  actor: Actor,
  matrixId: string,
  { roleId, revision: known, timeZone, turns }: Extract<ImportForm, { intent: "import" }>,
  now: Date,
): Promise<void> {
  await write(async (tx) => {
    const draft = await matrixFor(tx, actor, matrixId, "edit");
    const everybody = await loadPeople(tx, draft.engagementId);
    const request: PeopleRequest = { tx, actor, draft, everybody, now };
    const role = roleNamed(request, roleId);
    const stored = (await loadRotas(tx, matrixId)).find((one) => one.roleId === roleId);
    if ((stored?.revision ?? null) !== known) throw changedSince(role.name);
    if (turns.some((turn) => !isTurn(turn)))
      throw refused({ rota: "A turn of this import isn't one that Demarc read. Choose the file once more." });
    const before = stored?.rota ?? rotaWithoutTurns(timeZone, now);
    const { overrides, added } = withImported(before.overrides, turns, LIMITS.rotaPeople);
    if (added.length === 0) throw refused({ rota: "The rota says all of that already, so nothing was changed." });
    const rota: Rota = { ...before, overrides };
    const [wrong] = checkRota(rota);
    if (wrong) throw refused({ rota: wrong.message });
    refuseStrangers(request, roleId, rota, before);
    if (!(await storeRota(tx, matrixId, { roleId, rota }, known))) throw changedSince(role.name);
    await logPeople(request, "rota.imported", { roleId, role: role.name, turns: String(added.length) });
  });
}

/** A rota that nobody set up: the turns of its calendar are all that it has. */
function rotaWithoutTurns(timeZone: string, now: Date): Rota {
  return {
    timeZone,
    period: "weekly",
    every: 1,
    handOver: { time: "09:00", weekday: "mon" },
    firstDay: utcDay(now),
    turns: [],
    hours: "always",
    overrides: [],
  };
}

/** That the rota was changed between the preview and its import. */
function changedSince(role: string): AppError {
  return new AppError(
    "conflict",
    `The rota of ${role} was changed a moment ago, so nothing was imported. Choose the file once more to see what it changes now.`,
  );
}

function gone(): AppError {
  return new AppError("invalid", "That role was deleted. Choose another one.");
}
