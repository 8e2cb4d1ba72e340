import { z } from "zod";
import { read, write } from "~/db/client.server";
import {
  insertPerson,
  loadHoldings,
  loadPeople,
  personIdTaken,
  setRemoved,
  updatePerson,
  type StoredPerson,
} from "~/db/people-store.server";
import { checkedToday } from "~/domain/days";
import { sameJson } from "~/domain/equal";
import { AppError } from "~/domain/errors";
import { LIMITS } from "~/domain/limits";
import { idSchema, partyKindSchema } from "~/domain/matrix/shapes";
import { partyOfRole } from "~/domain/matrix/owner";
import { checkPerson, validHoldings, type Holding, type Person, type PersonValues } from "~/domain/people/people";
import type { Actor } from "../who/actor.server";
import { countMade } from "../who/attempts.server";
import { endHolding, holdRole, holdingForms, resumeHolding } from "./holdings.server";
import { matrixFor } from "../who/matrix-access.server";
import { logPeople, personNamed, type Asked, type PeopleAnswer } from "./people-asked.server";

/** The people of an engagement, who holds which role of the matrix, and who was removed and can be brought back. */
export type PeopleView = { people: Person[]; holdings: Holding[]; removed: { id: string; name: string }[] };

/** Everybody of the engagement that a matrix belongs to, by name. */
export async function listPeople(actor: Actor, matrixId: string): Promise<PeopleView> {
  const { engagementId } = await matrixFor(read, actor, matrixId, "read");
  const everybody = await loadPeople(read, engagementId);
  const people = everybody.filter(({ removed }) => !removed).map(({ removed: _removed, ...person }) => person);
  return {
    people,
    holdings: await loadHoldings(read, matrixId),
    removed: everybody.flatMap(({ id, name, removed }) => (removed ? [{ id, name }] : [])),
  };
}

const chosen = z.string().transform((value) => value || null);
const day = z.union([z.literal("").transform(() => null), z.iso.date("Choose a day, as in 2026-03-31.")]);
const personForm = {
  id: idSchema,
  side: partyKindSchema,
  name: z.string(),
  title: z.string().default(""),
  email: z.string().default(""),
  phones: z.array(z.object({ label: z.string(), number: z.string() })),
  hours: z.string().default(""),
  timeZone: z.string().default(""),
  deputyId: chosen.default(null),
  lastVerified: day.default(null),
};

/** What the page of people sends. Phones come as numbered pairs of fields, `phoneLabel0` and `phoneNumber0` and so on. */
export const peopleFormSchema = z.preprocess(
  withPhones,
  z.discriminatedUnion("intent", [
    z.object({ intent: z.literal("add"), ...personForm }),
    z.object({ intent: z.literal("edit"), revision: z.coerce.number().int().nonnegative(), ...personForm }),
    z.object({ intent: z.enum(["remove", "restore", "verify"]), id: idSchema, on: z.string().optional() }),
    ...holdingForms,
  ]),
);
export type PeopleForm = z.infer<typeof peopleFormSchema>;

function withPhones(form: unknown): unknown {
  if (typeof form !== "object" || form === null) return form;
  const fields = new Map<string, unknown>(Object.entries(form));
  const text = (name: string) => String(fields.get(name) ?? "");
  return {
    ...form,
    phones: Array.from({ length: LIMITS.phones }, (_, i) => ({
      label: text(`phoneLabel${i}`),
      number: text(`phoneNumber${i}`),
    })),
  };
}

/** Carries out what the page of people asks for. */
export async function changePeople(actor: Actor, matrixId: string, form: PeopleForm, now: Date): Promise<PeopleAnswer> {
  if (form.intent === "add") await countMade("contact", actor.userId);
  return write(async (tx) => {
    const found = await matrixFor(tx, actor, matrixId, "edit");
    const everybody = await loadPeople(tx, found.engagementId);
    const asked: Asked = { tx, actor, found, everybody, now };
    switch (form.intent) {
      case "add":
        return add(asked, form);
      case "edit":
        return edit(asked, form);
      case "remove":
      case "restore":
        return remove(asked, form.id, form.intent === "remove");
      case "verify":
        return verify(asked, form.id, form.on ?? "");
      case "hold":
        return holdRole(asked, form);
      case "end":
        return endHolding(asked, form);
      case "resume":
        return resumeHolding(asked, form);
    }
  });
}

const done = (personId: string): PeopleAnswer => ({ personId, ended: null });

async function add(
  asked: Asked,
  { intent: _intent, id, ...fields }: Extract<PeopleForm, { intent: "add" }>,
): Promise<PeopleAnswer> {
  const { tx, found, everybody, now } = asked;
  // The form brings its id, so that one that is sent twice adds one person.
  if (everybody.some((person) => person.id === id)) return done(id);
  const there = everybody.filter(({ removed }) => !removed).length;
  if (there >= LIMITS.people)
    throw new AppError("invalid", "That is everybody.", {
      form: `An engagement holds at most ${LIMITS.people} people. Remove one first.`,
    });
  const personId = (await personIdTaken(tx, id)) ? crypto.randomUUID() : id;
  const person = checked(asked, personId, fields);
  await insertPerson(tx, found.engagementId, personId, person, now);
  await logPeople(asked, "person.added", { personId, name: person.name });
  return done(personId);
}

async function edit(
  asked: Asked,
  { intent: _intent, id, revision, ...fields }: Extract<PeopleForm, { intent: "edit" }>,
): Promise<PeopleAnswer> {
  const before = personNamed(asked, id);
  const person = checked(asked, id, fields);
  const changed = FIELDS.filter(([field]) => !sameJson(before[field], person[field]));
  if (changed.length === 0) return done(id);
  if (before.revision !== revision) throw clash(before, changed);
  if (before.side !== person.side) await stayOnSide(asked, before);
  if (!(await updatePerson(asked.tx, id, revision, person))) throw clash(before, changed);
  await logPeople(asked, "person.changed", {
    personId: id,
    name: person.name,
    fields: changed.map(([, called]) => called).join(", "),
  });
  return done(id);
}

const FIELDS: readonly (readonly [field: keyof PersonValues, called: string])[] = [
  ["name", "name"],
  ["side", "side"],
  ["title", "title"],
  ["email", "e-mail address"],
  ["phones", "phone numbers"],
  ["hours", "hours"],
  ["timeZone", "time zone"],
  ["deputyId", "deputy"],
  ["lastVerified", "day of verification"],
];

/** Says under each field that differs what is stored now; the person's own words stay in the form. */
function clash(now: Person, changed: typeof FIELDS): AppError {
  const said = ([field]: (typeof FIELDS)[number]): [string, string] => {
    const value =
      field === "phones"
        ? now.phones.map(({ label, number }) => [label, number].filter(Boolean).join(" ")).join(", ")
        : field === "deputyId"
          ? ""
          : String(now[field] ?? "");
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
    `${now.name} was changed a moment ago. Yours is kept below; save again to put it in place of what is stored now.`,
    Object.fromEntries(changed.map(said)),
  );
}

function checked({ everybody, now }: Asked, id: string, fields: PersonValues): PersonValues {
  const result = checkPerson(fields, { id, people: everybody, now });
  if (!result.ok) throw new AppError("invalid", "Some fields need another look.", result.errors);
  return result.value;
}

async function stayOnSide({ tx, found, everybody }: Asked, person: StoredPerson): Promise<void> {
  const held = validHoldings(found.matrix, everybody, await loadHoldings(tx, found.matrixId)).filter(
    ({ personId, until }) => personId === person.id && until === null,
  );
  const role = found.matrix.roles.find(
    ({ id }) => held.some(({ roleId }) => roleId === id) && partyOfRole(found.matrix, id)?.kind === person.side,
  );
  if (role)
    throw new AppError("invalid", "Some fields need another look.", {
      side: `${person.name} holds the role ${role.name} of this side. End that first.`,
    });
}

async function remove(asked: Asked, id: string, away: boolean): Promise<PeopleAnswer> {
  const person = asked.everybody.find((other) => other.id === id);
  if (!person) throw new AppError("not-found", "There is no such person here.");
  if (person.removed === away) return done(id);
  if (!away && asked.everybody.filter(({ removed }) => !removed).length >= LIMITS.people)
    throw new AppError("invalid", "That is everybody.", {
      form: `An engagement holds at most ${LIMITS.people} people. Remove one first.`,
    });
  await setRemoved(asked.tx, id, away ? asked.now : null);
  await logPeople(asked, away ? "person.removed" : "person.restored", { personId: id, name: person.name });
  return done(id);
}

/** The day on which whoever makes sure of a contact does so is their own. */
async function verify(asked: Asked, id: string, on: string): Promise<PeopleAnswer> {
  const person = personNamed(asked, id);
  const today = checkedToday(on, asked.now);
  if (person.lastVerified === today) return done(id);
  await updatePerson(asked.tx, id, person.revision, { lastVerified: today });
  await logPeople(asked, "person.changed", { personId: id, name: person.name, fields: "day of verification" });
  return done(id);
}
