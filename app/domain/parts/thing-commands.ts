import { z } from "zod";
import { THING_SCHEMAS } from "../matrix/schemas";
import { idSchema } from "../matrix/shapes";
import { partsOfPath } from "./field";
import type { CollectionName } from "./part";
import { PART_LIST } from "./registry";

/** The kinds that are edited by the commands of every thing; the others have commands of their own. */
const partSchema = z.custom<CollectionName>(
  (name) => PART_LIST.some((part) => part.name === name && part.editing === "common"),
  "There is no kind of thing of this name that can be edited like this.",
);
const before = idSchema.nullable().describe("Stands before this one; null stands last");
const fields = z.record(z.string().max(130), z.json());

/** How the fields of a command are judged: the schema of all of a kind's fields, and of any of them. */
type Judges = { all: z.ZodType; some: z.ZodType };

/** Made once for each kind: a schema costs far more to make than to ask. */
const JUDGES: ReadonlyMap<string, Judges> = new Map(
  PART_LIST.flatMap(({ name, editing }): [string, Judges][] => {
    const schema = editing === "common" ? THING_SCHEMAS.get(name)?.omit({ id: true }) : undefined;
    return schema ? [[name, { all: schema.strict(), some: schema.partial().strict() }]] : [];
  }),
);

/** The commands that add, change, place and delete a thing of a kind that has none of its own. */
export const THING_COMMANDS = [
  z
    .object({ type: z.literal("thing.add"), part: partSchema, thingId: idSchema, fields, beforeId: before })
    .strict()
    .superRefine((command, context) => judge(JUDGES.get(command.part)?.all, command.fields, context)),
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
      judge(whole && JUDGES.get(part)?.some, whole, context);
    }),
  z.object({ type: z.literal("thing.place"), part: partSchema, thingId: idSchema, beforeId: before }).strict(),
  z.object({ type: z.literal("thing.delete"), part: partSchema, thingId: idSchema }).strict(),
] as const;

function judge(schema: z.ZodType | null | undefined, given: unknown, context: z.RefinementCtx): void {
  if (!schema?.safeParse(given).success)
    context.addIssue({ code: "custom", path: ["fields"], message: "These fields don't fit what they describe." });
}

/** What a command sets, with the entries it names inside their records; null where it names an entry of a field that has none, or a field and its entry at once. */
function withEntriesNested(part: CollectionName, set: Readonly<Record<string, unknown>>): object | null {
  const described = PART_LIST.find(({ name }) => name === part)?.fields ?? {};
  const whole: Record<string, unknown> = {};
  const records = new Map<string, Record<string, unknown>>();
  for (const [path, value] of Object.entries(set)) {
    const { name, key } = partsOfPath(path);
    if (key === null) whole[name] = value;
    else if (!described[name]?.entries || !idSchema.safeParse(key).success) return null;
    else records.set(name, { ...records.get(name), ...(value === null ? {} : { [key]: value }) });
  }
  for (const [name, record] of records) {
    if (Object.hasOwn(whole, name)) return null;
    whole[name] = record;
  }
  return whole;
}
