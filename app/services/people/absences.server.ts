import { z } from "zod";
import { absenceIdTaken, deleteAbsence, insertAbsence, loadAbsences } from "~/db/people-store.server";
import { AppError } from "~/domain/errors";
import { LIMITS } from "~/domain/limits";
import { idSchema } from "~/domain/matrix/shapes";
import { checkDaysAway } from "~/domain/people/people";
import { logPeople, personNamed, type PeopleAnswer, type PeopleRequest } from "./people-request.server";

/** The forms that say when a person is away, and take that back. */
export const absenceForms = [
  z.object({
    intent: z.literal("away"),
    id: idSchema,
    personId: idSchema,
    from: z.string(),
    to: z.string().default(""),
    note: z.string().default(""),
  }),
  z.object({ intent: z.literal("back"), id: idSchema }),
] as const;
type AbsenceForm<I extends "away" | "back"> = Extract<z.infer<(typeof absenceForms)[number]>, { intent: I }>;

/** Writes down the days on which a person is away; one day where no last one is given. */
export async function addAbsence(request: PeopleRequest, form: AbsenceForm<"away">): Promise<PeopleAnswer> {
  const { tx, draft } = request;
  const { id, personId } = form;
  const person = personNamed(request, personId);
  const known = await loadAbsences(tx, draft.engagementId);
  // The form brings the id, so that a form sent twice adds one absence.
  if (known.some((other) => other.id === id)) return { personId, ended: null };
  const checked = checkDaysAway({ ...form, to: form.to || form.from });
  if (!checked.ok) throw new AppError("invalid", "Some fields need another look.", checked.errors);
  if (known.length >= LIMITS.absences)
    throw new AppError("invalid", "That is all there is room for.", {
      from: `An engagement holds at most ${LIMITS.absences} absences. Remove past ones first.`,
    });
  const { from, to } = checked.value;
  if (known.some((other) => other.personId === personId && other.from <= to && from <= other.to))
    throw new AppError("invalid", "Some fields need another look.", {
      from: `${person.name} is already written down as away then. Remove that first, or choose other days.`,
    });
  const absenceId = (await absenceIdTaken(tx, id)) ? crypto.randomUUID() : id;
  await insertAbsence(tx, draft.engagementId, { id: absenceId, personId, ...checked.value });
  await logPeople(request, "absence.added", { personId, name: person.name, from, to });
  return { personId, ended: null };
}

/** Takes back that a person is away. */
export async function removeAbsence(request: PeopleRequest, { id }: AbsenceForm<"back">): Promise<PeopleAnswer> {
  const { tx, draft, everybody } = request;
  const absence = (await loadAbsences(tx, draft.engagementId)).find((other) => other.id === id);
  if (!absence) throw new AppError("not-found", "These days away were removed already.");
  const { personId, from, to } = absence;
  await deleteAbsence(tx, draft.engagementId, id);
  const name = everybody.find((person) => person.id === personId)?.name ?? "Somebody";
  await logPeople(request, "absence.removed", { personId, name, from, to });
  return { personId, ended: null };
}
