import { z } from "zod";
import { checkAbsences } from "../cover/absences";
import { checkRota, type Rota } from "../cover/rota";
import { written } from "../cover/wall-time";
import { LIMITS } from "../limits";
import type { Matrix } from "../matrix/matrix";
import { idSchema, partyKindSchema } from "../matrix/shapes";
import { partyOfRole } from "../matrix/owner";
import { checkPerson, type Person } from "../people/people";
import type { Behind } from "./staffing-of";

/** The number that a file of people has today. */
export const PEOPLE_FILE_VERSION = 1;

/** So many people hold roles, one line each. */
const MOST_HOLDINGS = 5_000;
/** No text of the file is longer; each is checked by its own rule. */
const text = z.string().max(1_000);
const hours = z.array(z.object({ from: text, to: text }).strict()).max(LIMITS.hoursPerDay);
const none: z.infer<typeof hours> = [];
const week = z
  .object({
    mon: hours.default(none),
    tue: hours.default(none),
    wed: hours.default(none),
    thu: hours.default(none),
    fri: hours.default(none),
    sat: hours.default(none),
    sun: hours.default(none),
  })
  .strict();
const weeklyHours = z.object({ days: week, timeZone: text, holidays: z.array(text).default([]) }).strict();
const personIds = z.array(idSchema);

const personSchema = z
  .object({
    id: idSchema,
    side: partyKindSchema,
    name: text,
    title: text.default(""),
    email: text.default(""),
    phones: z
      .array(z.object({ label: text.default(""), number: text }).strict())
      .max(LIMITS.phones)
      .default([]),
    hours: text.default(""),
    timeZone: text.default(""),
    week: week.nullable().default(null),
    deputyId: idSchema.nullable().default(null),
    lastVerified: text.nullable().default(null),
    /** Whoever was removed keeps their turns in rotas, so that nobody else's days move, and is never called. */
    removed: z.boolean().default(false),
  })
  .strict();

const rotaSchema = z
  .object({
    timeZone: text,
    period: z.enum(["daily", "weekly"]),
    every: z.number(),
    handOver: z.object({ time: text, weekday: z.enum(["mon", "tue", "wed", "thu", "fri", "sat", "sun"]) }).strict(),
    firstDay: text,
    turns: z.array(personIds),
    hours: z.union([z.literal("always"), weeklyHours]).default("always"),
    overrides: z.array(z.object({ from: text, to: text, personIds }).strict()).default([]),
  })
  .strict();

const peopleFileSchema = z
  .object({
    format: z.literal("demarc.people"),
    version: z.literal(PEOPLE_FILE_VERSION),
    people: z.array(personSchema).max(LIMITS.people * 2),
    holdings: z
      .array(
        z
          .object({
            roleId: idSchema,
            personId: idSchema,
            since: z.iso.date().default("2000-01-01"),
            until: z.iso.date().nullable().default(null),
          })
          .strict(),
      )
      .max(MOST_HOLDINGS)
      .default([]),
    rotas: z
      .array(z.object({ roleId: idSchema, rota: rotaSchema }).strict())
      .max(LIMITS.roles)
      .default([]),
    absences: z
      .array(z.object({ personId: idSchema, from: text, to: text, note: text.default("") }).strict())
      .max(LIMITS.absences)
      .default([]),
  })
  .strict();
type PeopleFile = z.infer<typeof peopleFileSchema>;

/** The people behind a matrix, or sentences that say what is wrong. Nothing is taken from a file with anything wrong in it. */
export type ReadPeople = { ok: true; behind: Behind } | { ok: false; sentences: string[] };

/** So many sentences about one file are said at once. */
const MOST_SENTENCES = 8;

/** The people of a file for the roles of a matrix. `json` is what the file's text says. */
export function readPeople(json: unknown, matrix: Matrix, now: Date): ReadPeople {
  const format = typeof json === "object" && json !== null && "format" in json ? json.format : null;
  if (format !== "demarc.people")
    return { ok: false, sentences: ["This JSON is no file of people: its “format” is not “demarc.people”."] };
  const parsed = peopleFileSchema.safeParse(json);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    const at = issue?.path.join(".") || "the top";
    return { ok: false, sentences: [`At ${at}: ${issue?.message ?? "the value doesn't fit"}.`] };
  }
  const wrong = problemsOf(parsed.data, matrix, now);
  return wrong.length > 0
    ? { ok: false, sentences: wrong.slice(0, MOST_SENTENCES) }
    : { ok: true, behind: behindFrom(parsed.data) };
}

function problemsOf({ people, holdings, rotas, absences }: PeopleFile, matrix: Matrix, now: Date): string[] {
  const peopleById = new Map(people.map((person) => [person.id, person]));
  const sentences: string[] = [];
  if (peopleById.size < people.length) sentences.push("Two people have the same id. Give each one of their own.");
  for (const person of people) {
    if (person.removed) continue;
    const checked = checkPerson(person, { id: person.id, people, now });
    if (!checked.ok)
      sentences.push(...Object.values(checked.errors).map((error) => `${written(person.name)}: ${error}`));
  }
  const roleNameOf = (roleId: string) => matrix.roles.find(({ id }) => id === roleId)?.name ?? null;
  const unknownRole = (roleId: string) =>
    `There is no role “${written(roleId)}” in the matrix. Its roles are: ${matrix.roles.map(({ id, name }) => `${id} (${name})`).join(", ")}.`;
  const checkNamed = (personId: string, roleId: string, where: string) => {
    const person = peopleById.get(personId);
    const party = partyOfRole(matrix, roleId);
    if (!person) sentences.push(`${where} names “${written(personId)}”, who isn't among the people.`);
    else if (party && person.side !== party.kind)
      sentences.push(`${where} names ${written(person.name)}, who is of another side than ${party.name}.`);
  };
  for (const { roleId, personId } of holdings) {
    const role = roleNameOf(roleId);
    if (role === null) sentences.push(unknownRole(roleId));
    else checkNamed(personId, roleId, `A holding of ${role}`);
  }
  const withRota = new Set<string>();
  for (const { roleId, rota } of rotas) {
    const role = roleNameOf(roleId);
    if (role === null) {
      sentences.push(unknownRole(roleId));
      continue;
    }
    if (withRota.has(roleId)) sentences.push(`${role} has two rotas. Keep one of them.`);
    withRota.add(roleId);
    sentences.push(...checkRota(rota).map(({ message }) => `The rota of ${role}: ${message}`));
    const named = new Set([...rota.turns.flat(), ...rota.overrides.flatMap((override) => override.personIds)]);
    for (const personId of named) checkNamed(personId, roleId, `The rota of ${role}`);
  }
  for (const { personId } of absences)
    if (!peopleById.has(personId))
      sentences.push(`An absence names “${written(personId)}”, who isn't among the people.`);
  sentences.push(...checkAbsences(absences.map((one) => ({ ...one, timeZone: "UTC" }))).map(({ message }) => message));
  return [...new Set(sentences)];
}

function behindFrom({ people, holdings, rotas, absences }: PeopleFile): Behind {
  return {
    people: people.flatMap(({ removed, ...person }): Person[] => (removed ? [] : [{ ...person, revision: 0 }])),
    holdings: holdings.map((holding, i) => ({ ...holding, id: `holding-${i}`, carriedFrom: null })),
    rotas,
    absences: absences.map((absence, i) => ({ ...absence, id: `absence-${i}` })),
  };
}

/** A file of people as JSON: whoever is behind the roles of a matrix. `removed` are those who still have turns in rotas. */
export function peopleFile(
  matrix: Pick<Matrix, "roles">,
  { people, holdings, rotas, absences }: Behind,
  removed: readonly Pick<Person, "id" | "side">[],
): PeopleFile {
  const roleIds = new Set(matrix.roles.map(({ id }) => id));
  const personIdsThere = new Set(people.map(({ id }) => id));
  // A rota that can't be followed calls nobody, and no reader would take it.
  const kept = rotas.filter(({ roleId, rota }) => roleIds.has(roleId) && checkRota(rota).length === 0);
  const inRotas = new Set(kept.flatMap(({ rota }) => namesIn(rota)));
  return peopleFileSchema.parse({
    format: "demarc.people",
    version: PEOPLE_FILE_VERSION,
    people: [
      ...people.map(({ revision: _revision, ...person }) => ({
        ...person,
        deputyId: person.deputyId !== null && personIdsThere.has(person.deputyId) ? person.deputyId : null,
      })),
      ...removed.flatMap(({ id, side }) => (inRotas.has(id) ? [{ id, side, name: "Removed", removed: true }] : [])),
    ],
    holdings: holdings.flatMap(({ roleId, personId, since, until, carriedFrom }) =>
      roleIds.has(roleId) && personIdsThere.has(personId) && (carriedFrom === null || !roleIds.has(carriedFrom))
        ? [{ roleId, personId, since, until }]
        : [],
    ),
    rotas: kept.map(({ roleId, rota }) => ({ roleId, rota })),
    absences: absences.flatMap(({ personId, from, to, note }) =>
      personIdsThere.has(personId) ? [{ personId, from, to, note }] : [],
    ),
  });
}

function namesIn({ turns, overrides }: Rota): string[] {
  return [...turns.flat(), ...overrides.flatMap(({ personIds: named }) => named)];
}
