import { z } from "zod";
import { THING_SCHEMAS } from "../matrix/schemas";
import { idSchema, rulingSchema, termsHashSchema } from "../matrix/shapes";
import { partsOfPath, type Field } from "../parts/field";
import { MARKED_NAMES } from "../parts/marks";
import type { CollectionName } from "../parts/part";
import { PART_LIST } from "../parts/registry";

/** The kinds of thing that the generic commands edit. The other kinds have commands of their own. */
const partSchema = z.custom<CollectionName>(
  (name) => PART_LIST.some((part) => part.name === name && part.editing === "common"),
  "There is no kind of thing of this name that can be edited like this.",
);
const beforeIdSchema = idSchema.nullable().describe("Stands before this one; null stands last");
const marked = { part: z.enum(MARKED_NAMES), thingId: idSchema };
const fields = z.record(z.string().max(130), z.json());

/**
 * The schemas of a kind's fields: `all` requires every field, `some` allows any of them, `inside` allows any field of one
 * entry, for each record whose entries are edited field by field.
 */
type Judges = { all: z.ZodType; some: z.ZodType; inside: ReadonlyMap<string, z.ZodType> };

/** Building a schema costs far more than parsing with it, so each is built once. */
const JUDGES: ReadonlyMap<string, Judges> = new Map(
  PART_LIST.flatMap(({ name, editing, fields }): [string, Judges][] => {
    const schema = editing === "common" ? THING_SCHEMAS.get(name)?.omit(notSet(fields)) : undefined;
    if (!schema) return [];
    return [[name, { all: schema.strict(), some: schema.partial().strict(), inside: entrySchemas(schema, fields) }]];
  }),
);

function entrySchemas(
  { shape }: z.ZodObject,
  fields: Readonly<Record<string, Pick<Field<never>, "entries"> | undefined>>,
): Map<string, z.ZodType> {
  return new Map(
    Object.entries(shape).flatMap(([name, schema]): [string, z.ZodType][] =>
      fields[name]?.entries?.byField && schema instanceof z.ZodRecord && schema.valueType instanceof z.ZodObject
        ? [[name, schema.valueType.partial().strict()]]
        : [],
    ),
  );
}

/** The names that no command sets as a field: the id, and what the parties say of the thing. */
function notSet(fields: Readonly<Record<string, Pick<Field<never>, "stated"> | undefined>>): Record<string, true> {
  const stated = Object.entries(fields).flatMap(([name, field]) => (field?.stated ? [name] : []));
  return Object.fromEntries(["id", ...stated].map((name) => [name, true as const]));
}

/** The generic commands that add, edit, place and delete a thing. They apply to kinds without commands of their own. */
export const THING_COMMANDS = [
  z
    .object({ type: z.literal("thing.add"), part: partSchema, thingId: idSchema, fields, beforeId: beforeIdSchema })
    .strict()
    .superRefine((command, context) => addIssueUnlessValid(JUDGES.get(command.part)?.all, command.fields, context)),
  z
    .object({
      type: z.literal("thing.edit"),
      part: partSchema,
      thingId: idSchema,
      /**
       * By field; by the path of one entry of a record, as `levels/<id>`, where null takes that entry out; or by a field of an
       * entry, as `levels/<id>/minutes`.
       */
      set: fields,
      was: z.string().optional().describe("The text that its writer saw, where one text is set"),
    })
    .strict()
    .superRefine(({ part, set }, context) => {
      const { inside, others } = withEntryFieldsApart(part, set);
      const whole = others && withEntriesNested(part, others);
      addIssueUnlessValid(whole && JUDGES.get(part)?.some, whole, context);
      for (const { name, values } of inside) addIssueUnlessValid(JUDGES.get(part)?.inside.get(name), values, context);
    }),
  z.object({ type: z.literal("thing.place"), part: partSchema, thingId: idSchema, beforeId: beforeIdSchema }).strict(),
  z.object({ type: z.literal("thing.delete"), part: partSchema, thingId: idSchema }).strict(),
  /** `terms` is the hash of what the person saw: marking something else is refused. */
  z
    .object({
      type: z.literal("thing.mark"),
      ...marked,
      partyId: idSchema,
      state: z.enum(["agreed", "disputed", "open"]),
      position: z.string(),
      terms: termsHashSchema,
    })
    .strict(),
  z
    .object({
      type: z.literal("thing.rule"),
      ...marked,
      ruling: rulingSchema.omit({ confirmed: true }).strict().nullable(),
    })
    .strict(),
  z.object({ type: z.literal("thing.confirm"), ...marked, partyId: idSchema, terms: termsHashSchema }).strict(),
  z.object({ type: z.literal("thing.unconfirm"), ...marked, partyId: idSchema }).strict(),
] as const;

function addIssueUnlessValid(schema: z.ZodType | null | undefined, values: unknown, context: z.RefinementCtx): void {
  if (!schema?.safeParse(values).success)
    context.addIssue({ code: "custom", path: ["fields"], message: "These fields don't fit what they describe." });
}

type Values = Readonly<Record<string, unknown>>;

/**
 * What a command sets of single entries' fields, and everything else that it sets; `others` is null where the key of an entry
 * is no id, or where it sets a field of an entry and that entry, or all entries, at once.
 */
function withEntryFieldsApart(part: CollectionName, set: Values) {
  const inside = new Map<string, { name: string; values: Record<string, unknown> }>();
  const others: Record<string, unknown> = {};
  let isSound = true;
  for (const [path, value] of Object.entries(set)) {
    const { name, key, field } = partsOfPath(path);
    if (key === null || field === null) others[path] = value;
    else {
      const entry = `${name}/${key}`;
      isSound &&= idSchema.safeParse(key).success && !Object.hasOwn(set, entry) && !Object.hasOwn(set, name);
      inside.set(entry, { name, values: { ...inside.get(entry)?.values, [field]: value } });
    }
  }
  return { inside: [...inside.values()], others: isSound ? others : null };
}

/** What a command sets, with the entries it names inside their records; null where it names an entry of a field that has none, or a field and its entry at once. */
function withEntriesNested(part: CollectionName, set: Values): object | null {
  const kind = PART_LIST.find(({ name }) => name === part);
  const described = kind?.fields ?? {};
  const blank: Readonly<Record<string, unknown>> = kind?.blank({ id: "" }) ?? {};
  const whole: Record<string, unknown> = {};
  const records = new Map<string, Record<string, unknown>>();
  for (const [path, value] of Object.entries(set)) {
    const { name, key } = partsOfPath(path);
    if (key === null) whole[name] = value;
    else {
      const entries = described[name]?.entries;
      if (!entries || !idSchema.safeParse(key).success) return null;
      if (!entries.named) records.set(name, { ...records.get(name), ...(value === null ? {} : { [key]: value }) });
      // A record with fixed keys has all of them: the ones that aren't set stand in as they are in a blank thing.
      else if (!Object.hasOwn(entries.named, key)) return null;
      else records.set(name, { ...recordOf(blank[name]), ...records.get(name), [key]: value });
    }
  }
  for (const [name, record] of records) {
    if (Object.hasOwn(whole, name)) return null;
    whole[name] = record;
  }
  return whole;
}

function recordOf(value: unknown): Record<string, unknown> {
  return typeof value === "object" && value !== null ? { ...value } : {};
}
