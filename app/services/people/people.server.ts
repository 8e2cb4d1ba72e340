import { z } from "zod";
import { read, write } from "~/db/client.server";
import {
  insertPerson,
  loadAbsences,
  loadHoldings,
  loadPeople,
  loadRotas,
  personIdTaken,
  setRemoved,
  updatePerson,
  type StoredPerson,
} from "~/db/people-store.server";
import { WEEKDAYS } from "~/domain/cover/working-hours";
import { checkedToday } from "~/domain/days";
import { sameJson } from "~/domain/equal";
import { AppError } from "~/domain/errors";
import { LIMITS } from "~/domain/limits";
import { idSchema, partyKindSchema } from "~/domain/matrix/shapes";
import { partyOfRole } from "~/domain/matrix/owner";
import {
  checkPerson,
  validHoldings,
  type DaysAway,
  type Holding,
  type Person,
  type PersonValues,
} from "~/domain/people/people";
import { readWeek } from "~/domain/people/week";
import { weekWords } from "~/domain/parts/hours";
import type { Actor } from "../who/actor.server";
import { countMade } from "../who/attempts.server";
import { absenceForms, addAbsence, removeAbsence } from "./absences.server";
import { endHolding, holdRole, holdingForms, resumeHolding } from "./holdings.server";
import { coverHours, coveringForms, unverify } from "./covering.server";
import { matrixFor } from "../who/matrix-access.server";
import { logPeople, personNamed, type PeopleRequest, type PeopleAnswer } from "./people-request.server";
import { removeRota, rotaForms, saveRota } from "./rotas.server";

/** The people of an engagement, the holdings of the matrix, and the removed people, who can be brought back. */
export type PeopleView = {
  people: Person[];
  holdings: Holding[];
  removed: { id: string; name: string }[];
  absences: DaysAway[];
  /** The ids of the roles that have a rota. */
  rotaRoleIds: string[];
};

/** The people of the engagement that a matrix belongs to, sorted by name. */
export async function listPeople(actor: Actor, matrixId: string): Promise<PeopleView> {
  const { engagementId } = await matrixFor(read, actor, matrixId, "read");
  const everybody = await loadPeople(read, engagementId);
  const people = everybody.filter(({ removed }) => !removed).map(({ removed: _removed, ...person }) => person);
  return {
    people,
    holdings: await loadHoldings(read, matrixId),
    removed: everybody.flatMap(({ id, name, removed }) => (removed ? [{ id, name }] : [])),
    absences: await loadAbsences(read, engagementId),
    rotaRoleIds: (await loadRotas(read, matrixId)).map(({ roleId }) => roleId),
  };
}

const optionalId = z.string().transform((value) => value || null);
const day = z.union([z.literal("").transform(() => null), z.iso.date("Choose a day, as in 2026-03-31.")]);
const dayHours = z.string().default("");
const week = z
  .object({ mon: dayHours, tue: dayHours, wed: dayHours, thu: dayHours, fri: dayHours, sat: dayHours, sun: dayHours })
  .transform((texts, context) => {
    const read = readWeek(texts);
    if (read.ok) return read.value;
    context.addIssue({ code: "custom", message: read.rejection.message });
    return z.NEVER;
  });
const personForm = {
  id: idSchema,
  side: partyKindSchema,
  name: z.string(),
  title: z.string().default(""),
  email: z.string().default(""),
  phones: z.array(z.object({ label: z.string(), number: z.string() })),
  hours: z.string().default(""),
  timeZone: z.string().default(""),
  week,
  deputyId: optionalId.default(null),
  lastVerified: day.default(null),
};

/** The form of the page of people. Working hours are a field for each day, `week-mon` and so on; phones are numbered pairs of fields: `phoneLabel0` and `phoneNumber0`, and so on. */
export const peopleFormSchema = z.preprocess(
  withLists,
  z.discriminatedUnion("intent", [
    z.object({ intent: z.literal("add"), ...personForm }),
    z.object({ intent: z.literal("edit"), revision: z.coerce.number().int().nonnegative(), ...personForm }),
    z.object({ intent: z.enum(["remove", "restore", "verify"]), id: idSchema, on: z.string().optional() }),
    ...holdingForms,
    ...absenceForms,
    ...rotaForms,
    ...coveringForms,
  ]),
);
export type PeopleForm = z.infer<typeof peopleFormSchema>;

function withLists(form: unknown): unknown {
  if (typeof form !== "object" || form === null) return form;
  const fields = new Map<string, unknown>(Object.entries(form));
  const text = (name: string) => String(fields.get(name) ?? "");
  return {
    ...form,
    week: Object.fromEntries(WEEKDAYS.map((weekday) => [weekday, text(`week-${weekday}`)])),
    phones: Array.from({ length: LIMITS.phones }, (_, i) => ({
      label: text(`phoneLabel${i}`),
      number: text(`phoneNumber${i}`),
    })),
  };
}

/** The forms that a page's script sends one at a time: who holds a role, who covers hours, and that a contact was verified. */
export const holderFormSchema = z.discriminatedUnion("intent", [
  ...holdingForms,
  ...coveringForms,
  z.object({ intent: z.literal("verify"), id: idSchema, on: z.string().optional() }),
]);

/** Carries out a form of the page of people. */
export async function changePeople(actor: Actor, matrixId: string, form: PeopleForm, now: Date): Promise<PeopleAnswer> {
  if (form.intent === "add") await countMade("contact", actor.userId);
  return write(async (tx) => {
    const draft = await matrixFor(tx, actor, matrixId, "edit");
    const everybody = await loadPeople(tx, draft.engagementId);
    const request: PeopleRequest = { tx, actor, draft, everybody, now };
    switch (form.intent) {
      case "add":
        return add(request, form);
      case "edit":
        return edit(request, form);
      case "remove":
      case "restore":
        return setPersonRemoved(request, form.id, form.intent === "remove");
      case "verify":
        return verify(request, form.id, form.on ?? "");
      case "hold":
        return holdRole(request, form);
      case "end":
        return endHolding(request, form);
      case "resume":
        return resumeHolding(request, form);
      case "away":
        return addAbsence(request, form);
      case "back":
        return removeAbsence(request, form);
      case "rota":
        return saveRota(request, form);
      case "no-rota":
        return removeRota(request, form);
      case "cover":
      case "uncover":
        return coverHours(request, form);
      case "unverify":
        return unverify(request, form);
    }
  });
}

const answerFor = (personId: string): PeopleAnswer => ({ personId, ended: null });

async function add(
  request: PeopleRequest,
  { intent: _intent, id, ...fields }: Extract<PeopleForm, { intent: "add" }>,
): Promise<PeopleAnswer> {
  const { tx, draft, everybody, now } = request;
  // The form brings the id, so that a form sent twice adds one person.
  if (everybody.some((person) => person.id === id)) return answerFor(id);
  const count = everybody.filter(({ removed }) => !removed).length;
  if (count >= LIMITS.people)
    throw new AppError("invalid", "That is everybody.", {
      form: `An engagement holds at most ${LIMITS.people} people. Remove one first.`,
    });
  const personId = (await personIdTaken(tx, id)) ? crypto.randomUUID() : id;
  const person = checkedFields(request, personId, fields);
  await insertPerson(tx, draft.engagementId, personId, person, now);
  await logPeople(request, "person.added", { personId, name: person.name });
  return answerFor(personId);
}

async function edit(
  request: PeopleRequest,
  { intent: _intent, id, revision, ...fields }: Extract<PeopleForm, { intent: "edit" }>,
): Promise<PeopleAnswer> {
  const before = personNamed(request, id);
  const person = checkedFields(request, id, fields);
  const changed = FIELDS.filter(([field]) => !sameJson(before[field], person[field]));
  if (changed.length === 0) return answerFor(id);
  if (before.revision !== revision) throw conflictWith(before, changed);
  if (before.side !== person.side) await refuseOtherSide(request, before);
  if (!(await updatePerson(request.tx, id, revision, person))) throw conflictWith(before, changed);
  await logPeople(request, "person.changed", {
    personId: id,
    name: person.name,
    fields: changed.map(([, label]) => label).join(", "),
  });
  return answerFor(id);
}

const FIELDS: readonly (readonly [field: keyof PersonValues, label: string])[] = [
  ["name", "name"],
  ["side", "side"],
  ["title", "title"],
  ["email", "e-mail address"],
  ["phones", "phone numbers"],
  ["hours", "hours"],
  ["timeZone", "time zone"],
  ["week", "working hours"],
  ["deputyId", "deputy"],
  ["lastVerified", "day of verification"],
];

/** An error that says, under each field that differs, what is stored. The form keeps the person's own words. */
function conflictWith(stored: Person, changed: typeof FIELDS): AppError {
  const sentenceFor = ([field]: (typeof FIELDS)[number]): [string, string] => {
    const value =
      field === "phones"
        ? stored.phones.map(({ label, number }) => [label, number].filter(Boolean).join(" ")).join(", ")
        : field === "deputyId"
          ? ""
          : field === "week"
            ? stored.week && weekWords(stored.week)
            : String(stored[field] ?? "");
    return [
      field,
      field === "deputyId"
        ? "Another deputy may be stored now."
        : value
          ? `Stored now: ${value}`
          : "Stored now: nothing",
    ];
  };
  return new AppError(
    "conflict",
    `${stored.name} was changed a moment ago. Yours is kept below; save again to put it in place of what is stored now.`,
    Object.fromEntries(changed.map(sentenceFor)),
  );
}

function checkedFields({ everybody, now }: PeopleRequest, id: string, fields: PersonValues): PersonValues {
  const result = checkPerson(fields, { id, people: everybody, now });
  if (!result.ok) throw new AppError("invalid", "Some fields need another look.", result.errors);
  return result.value;
}

/** Throws where the person holds a role of their side, which somebody of the other side can't hold. */
async function refuseOtherSide({ tx, draft, everybody }: PeopleRequest, person: StoredPerson): Promise<void> {
  const ongoing = validHoldings(draft.matrix, everybody, await loadHoldings(tx, draft.matrixId)).filter(
    ({ personId, until }) => personId === person.id && until === null,
  );
  const role = draft.matrix.roles.find(
    ({ id }) => ongoing.some(({ roleId }) => roleId === id) && partyOfRole(draft.matrix, id)?.kind === person.side,
  );
  if (role)
    throw new AppError("invalid", "Some fields need another look.", {
      side: `${person.name} holds the role ${role.name} of this side. End that first.`,
    });
}

async function setPersonRemoved(request: PeopleRequest, id: string, removing: boolean): Promise<PeopleAnswer> {
  const person = request.everybody.find((other) => other.id === id);
  if (!person) throw new AppError("not-found", "There is no such person here.");
  if (person.removed === removing) return answerFor(id);
  if (!removing && request.everybody.filter(({ removed }) => !removed).length >= LIMITS.people)
    throw new AppError("invalid", "That is everybody.", {
      form: `An engagement holds at most ${LIMITS.people} people. Remove one first.`,
    });
  await setRemoved(request.tx, id, removing ? request.now : null);
  await logPeople(request, removing ? "person.removed" : "person.restored", { personId: id, name: person.name });
  return answerFor(id);
}

/** Records that a contact was checked, on the day that it is where the checking person is. */
async function verify(request: PeopleRequest, id: string, on: string): Promise<PeopleAnswer> {
  const person = personNamed(request, id);
  const today = checkedToday(on, request.now);
  if (person.lastVerified === today) return answerFor(id);
  await updatePerson(request.tx, id, person.revision, { lastVerified: today });
  await logPeople(request, "person.changed", { personId: id, name: person.name, fields: "day of verification" });
  return answerFor(id);
}
