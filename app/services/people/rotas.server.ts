import { z } from "zod";
import { read } from "~/db/client.server";
import {
  deleteRota,
  loadAbsences,
  loadPeople,
  loadRotas,
  storeRota,
  type StoredPerson,
} from "~/db/people-store.server";
import { checkRota, type Rota } from "~/domain/cover/rota";
import { WEEKDAYS } from "~/domain/cover/working-hours";
import { AppError } from "~/domain/errors";
import { nextTurns, type ShownTurn } from "~/domain/escalation/rota-preview.server";
import { absencesOf, rotaOf } from "~/domain/escalation/staffing-of";
import { readJson } from "~/domain/json-text";
import { idSchema } from "~/domain/matrix/shapes";
import { partyOfRole } from "~/domain/matrix/owner";
import { readWeek } from "~/domain/people/week";
import type { Actor } from "../who/actor.server";
import { matrixFor } from "../who/matrix-access.server";
import { logPeople, refused, roleNamed, type PeopleAnswer, type PeopleRequest } from "./people-request.server";

const personIds = z.array(idSchema);
const writtenWeek = z.object({
  mon: z.string(),
  tue: z.string(),
  wed: z.string(),
  thu: z.string(),
  fri: z.string(),
  sat: z.string(),
  sun: z.string(),
});
/** A rota as its form has it. */
export const rotaFields = z.object({
  timeZone: z.string(),
  period: z.enum(["daily", "weekly"]),
  every: z.number(),
  handOver: z.object({ time: z.string(), weekday: z.enum(WEEKDAYS) }),
  firstDay: z.string(),
  turns: z.array(personIds),
  /** Hours by day as they are written, or every hour. */
  hours: z.union([z.literal("always"), writtenWeek]),
  overrides: z.array(z.object({ from: z.string(), to: z.string(), personIds })),
});
export type RotaFields = z.infer<typeof rotaFields>;

const revision = z.coerce.number().int().nonnegative();

/** The forms that store and remove a role's rota. The rota is one field of JSON, since turns and overrides are many. */
export const rotaForms = [
  z.object({
    intent: z.literal("rota"),
    roleId: idSchema,
    revision: z.union([z.literal("").transform(() => null), revision]),
    rota: z.string().transform((text, context) => {
      const json = readJson(text);
      const fields = rotaFields.safeParse(json.ok ? json.value : null);
      if (fields.success) return fields.data;
      context.addIssue({
        code: "custom",
        message: "This is no rota that Demarc made. Reload the page and set it up again.",
      });
      return z.NEVER;
    }),
  }),
  z.object({ intent: z.literal("no-rota"), roleId: idSchema, revision }),
] as const;
type RotaForm<I extends "rota" | "no-rota"> = Extract<z.infer<(typeof rotaForms)[number]>, { intent: I }>;

/** So many sentences about one rota are said at once. */
const MOST_SENTENCES = 4;

/** Stores the rota of a role. */
export async function saveRota(request: PeopleRequest, form: RotaForm<"rota">): Promise<PeopleAnswer> {
  const { tx, draft } = request;
  const role = roleNamed(request, form.roleId);
  const stored = (await loadRotas(tx, draft.matrixId)).find(({ roleId }) => roleId === role.id);
  const rota = rotaFrom(form.rota);
  const wrong = checkRota(rota).slice(0, MOST_SENTENCES);
  if (wrong.length > 0) throw refused({ rota: wrong.map(({ message }) => message).join(" ") });
  refuseStrangers(request, role.id, rota, stored?.rota ?? null);
  if (!(await storeRota(tx, draft.matrixId, { roleId: role.id, rota }, form.revision)))
    throw new AppError(
      "conflict",
      `The rota of ${role.name} was changed a moment ago. Yours is kept below; save again to put it in place of what is stored now.`,
    );
  await logPeople(request, "rota.saved", { roleId: role.id, role: role.name });
  return { personId: "", ended: null };
}

/** Removes the rota of a role. */
export async function removeRota(request: PeopleRequest, form: RotaForm<"no-rota">): Promise<PeopleAnswer> {
  const { tx, draft } = request;
  const role = roleNamed(request, form.roleId);
  if (!(await deleteRota(tx, draft.matrixId, role.id, form.revision)))
    throw refused({
      form: `The rota of ${role.name} was changed a moment ago. Look at it again before you remove it.`,
    });
  await logPeople(request, "rota.removed", { roleId: role.id, role: role.name });
  return { personId: "", ended: null };
}

/** The rota of one role as its panel shows it. */
export type OpenRota = {
  roleId: string;
  /** Null where the role has none. */
  rota: Rota | null;
  revision: number | null;
  next: ShownTurn[];
};

/** The rota of a role of a matrix and its next turns; null where the role was deleted. */
export async function openRota(actor: Actor, matrixId: string, roleId: string, now: Date): Promise<OpenRota | null> {
  const { matrix, engagementId } = await matrixFor(read, actor, matrixId, "read");
  if (!matrix.roles.some(({ id }) => id === roleId)) return null;
  const stored = (await loadRotas(read, matrixId)).find((one) => one.roleId === roleId);
  if (!stored) return { roleId, rota: null, revision: null, next: [] };
  const { rota } = stored;
  const people = (await loadPeople(read, engagementId)).filter(({ removed }) => !removed);
  const followed = rotaOf(rota, new Set(people.map(({ id }) => id)));
  const absences = absencesOf(matrix, people, await loadAbsences(read, engagementId));
  const next = followed ? nextTurns(followed, absences, now.getTime()) : [];
  return { roleId, rota, revision: stored.revision, next };
}

function rotaFrom({ hours, turns, ...fields }: RotaFields): Rota {
  if (hours === "always") return { ...fields, hours, turns: turns.map(once) };
  const week = readWeek(hours);
  if (!week.ok) throw refused({ rota: week.rejection.message });
  if (week.value === null)
    throw refused({ rota: "The rota applies at no hour. Write its hours, or let it apply always." });
  return {
    ...fields,
    turns: turns.map(once),
    hours: { days: week.value, timeZone: fields.timeZone, holidays: [] },
  };
}

function once(ids: readonly string[]): string[] {
  return [...new Set(ids)];
}

function namesIn({ turns, overrides }: Rota): string[] {
  return once([...turns.flat(), ...overrides.flatMap((override) => override.personIds)]);
}

/** Throws where a rota names somebody who isn't of the role's side, or isn't there; whoever was in it before may stay. */
export function refuseStrangers(
  { draft, everybody }: PeopleRequest,
  roleId: string,
  rota: Rota,
  stored: Rota | null,
): void {
  const before = new Set(stored ? namesIn(stored) : []);
  const party = partyOfRole(draft.matrix, roleId);
  const people = new Map<string, StoredPerson>(everybody.map((person) => [person.id, person]));
  for (const personId of namesIn(rota)) {
    const person = people.get(personId);
    if (!person || (person.removed && !before.has(personId)))
      throw refused({ rota: `${person?.name ?? "Somebody of the rota"} was removed. Choose somebody else.` });
    if (person.side !== party?.kind && !person.removed)
      throw refused({
        rota: `${person.name} is of another side than ${party?.name ?? "the role"}. Choose somebody of that side.`,
      });
  }
}
