import { z } from "zod";
import { THING_SCHEMAS } from "../matrix/schemas";
import { idSchema } from "../matrix/shapes";
import { partsOfPath } from "./field";
import type { CollectionName } from "./part";
import { PART_LIST } from "./registry";

/** The kinds of thing that the generic commands edit. The other kinds have commands of their own. */
const partSchema = z.custom<CollectionName>(
  (name) => PART_LIST.some((part) => part.name === name && part.editing === "common"),
  "There is no kind of thing of this name that can be edited like this.",
);
const beforeIdSchema = idSchema.nullable().describe("Stands before this one; null stands last");
const fields = z.record(z.string().max(130), z.json());

/** The schemas of a kind's fields: `all` requires every field, `some` allows any of them. */
type Judges = { all: z.ZodType; some: z.ZodType };

/** Building a schema costs far more than parsing with it, so each is built once. */
const JUDGES: ReadonlyMap<string, Judges> = new Map(
  PART_LIST.flatMap(({ name, editing }): [string, Judges][] => {
    const schema = editing === "common" ? THING_SCHEMAS.get(name)?.omit({ id: true }) : undefined;
    return schema ? [[name, { all: schema.strict(), some: schema.partial().strict() }]] : [];
  }),
);

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
      /** By field, or by the path of one entry of a record, as `levels/<id>`: null takes that entry out. */
      set: fields,
      was: z.string().optional().describe("The text that its writer saw, where one text is set"),
    })
    .strict()
    .superRefine(({ part, set }, context) => {
      const whole = withEntriesNested(part, set);
      addIssueUnlessValid(whole && JUDGES.get(part)?.some, whole, context);
    }),
  z.object({ type: z.literal("thing.place"), part: partSchema, thingId: idSchema, beforeId: beforeIdSchema }).strict(),
  z.object({ type: z.literal("thing.delete"), part: partSchema, thingId: idSchema }).strict(),
] as const;

function addIssueUnlessValid(schema: z.ZodType | null | undefined, values: unknown, context: z.RefinementCtx): void {
  if (!schema?.safeParse(values).success)
    context.addIssue({ code: "custom", path: ["fields"], message: "These fields don't fit what they describe." });
}

/** What a command sets, with the entries it names inside their records; null where it names an entry of a field that has none, or a field and its entry at once. */
function withEntriesNested(part: CollectionName, set: Readonly<Record<string, unknown>>): object | null {
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
