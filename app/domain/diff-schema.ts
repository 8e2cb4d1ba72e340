import { z } from "zod";
import { domainSchema, dutySchema, idSchema, letterSchema, partySchema, roleSchema, settingsSchema, suggestionSchema, termsSchema } from "./matrix";

/** The shape of a diff where it enters from outside: in an undo command and in the activity log. */

/** Field path → its two values. A path is a field name, or `letters/<role id>` and `suggestions/<party id>`; null means absent. */
const fieldChanges = z.record(z.string().max(200), z.object({ before: z.json(), after: z.json() }).strict());

export type FieldChanges = z.infer<typeof fieldChanges>;
type Shape = Record<string, z.ZodType>;

/** What the entries of a record may be, where each entry is a field of its own. */
const ENTRIES: Record<string, (key: string) => z.ZodType | undefined> = {
  letters: () => z.array(letterSchema).nullable(),
  suggestions: () => suggestionSchema.strict().nullable(),
  terms: (key) => entryOf(termsSchema.shape, key),
  settings: (key) => entryOf(settingsSchema.shape, key),
};

function entryOf(shape: Shape, key: string): z.ZodType | undefined {
  return Object.hasOwn(shape, key) ? shape[key] : undefined;
}

/** Field changes whose every value fits the field it names; `id` never changes. */
function changesOf(shape: Shape) {
  return fieldChanges.superRefine((fields, context) => {
    for (const [path, values] of Object.entries(fields)) {
      const [name = "", key] = path.split("/", 2);
      const schema = key === undefined ? entryOf(shape, name) : Object.hasOwn(ENTRIES, name) && Object.hasOwn(shape, name) && idSchema.safeParse(key).success ? ENTRIES[name]?.(key) : undefined;
      const fits = schema && name !== "id" && schema.safeParse(values.before).success && schema.safeParse(values.after).success;
      if (!fits) context.addIssue({ code: "custom", path: [path], message: "This field can't be set to that value." });
    }
  });
}

const places = z.array(z.object({ id: idSchema, after: idSchema.nullable() }).strict());

function collectionDiff<S extends Shape>(entity: z.ZodObject<S>) {
  return z
    .object({
      added: z.array(entity.strict()),
      removed: z.array(entity.strict()),
      changed: z.array(z.object({ id: idSchema, fields: changesOf(entity.shape) }).strict()),
      /** What was moved, added or removed, each behind the one it follows (null: first): as it stood, and as it stands now. */
      placedBefore: places,
      placedAfter: places,
    })
    .strict();
}

export const matrixDiffSchema = z
  .object({
    fields: changesOf({ title: z.string(), terms: termsSchema, settings: settingsSchema }),
    parties: collectionDiff(partySchema).optional(),
    roles: collectionDiff(roleSchema).optional(),
    domains: collectionDiff(domainSchema).optional(),
    duties: collectionDiff(dutySchema).optional(),
  })
  .strict();

export type CollectionDiff<T> = {
  added: T[];
  removed: T[];
  changed: { id: string; fields: FieldChanges }[];
  placedBefore: { id: string; after: string | null }[];
  placedAfter: { id: string; after: string | null }[];
};
/** What changed between two matrices. Only collections that differ are present. */
export type MatrixDiff = z.infer<typeof matrixDiffSchema>;
