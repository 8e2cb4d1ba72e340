import { z } from "zod";
import { acceptanceSchema, decisionsSchema, deletedDutySchema, domainSchema, dutySchema, findingKeySchema, idSchema, isUndoable, letterSchema, markSchema, matrixSchema, partySchema, roleSchema, settingsSchema, suggestionSchema, termsSchema, todaySchema } from "./matrix";

/** The shape of a diff where it enters from outside: in an undo command and in the activity log. */

/** Field path → its two values. A path is a field name, or a field and the key of an entry, as `letters/<role id>`; null means absent. */
const fieldChanges = z.record(z.string().max(200), z.object({ before: z.json(), after: z.json() }).strict());

export type FieldChanges = z.infer<typeof fieldChanges>;
type Shape = Record<string, z.ZodType>;

/** An id, or a finding's key; never the name of something every object has. */
const ENTRY_KEY = /^[A-Za-z0-9][A-Za-z0-9_.-]{0,130}$/;

/** What the entries of a record may be, where each entry is a field of its own. */
const ENTRIES: Record<string, (key: string) => z.ZodType | undefined> = {
  letters: () => z.array(letterSchema).nullable(),
  suggestions: () => suggestionSchema.strict().nullable(),
  marks: () => markSchema.strict().nullable(),
  decisions: (key) => optionalEntryOf(decisionsSchema.shape, key),
  today: (key) => optionalEntryOf(todaySchema.shape, key),
  deleted: () => deletedDutySchema.strict().nullable(),
  accepted: (key) => (findingKeySchema.safeParse(key).success ? acceptanceSchema.strict().nullable() : undefined),
  terms: (key) => entryOf(termsSchema.shape, key),
  settings: (key) => entryOf(settingsSchema.shape, key),
};

function entryOf(shape: Shape, key: string): z.ZodType | undefined {
  return Object.hasOwn(shape, key) ? shape[key] : undefined;
}

/** A field of a partial record: null stands for its absence. */
function optionalEntryOf(shape: Record<string, z.ZodOptional<z.ZodType>>, key: string): z.ZodType | undefined {
  return Object.hasOwn(shape, key) ? shape[key]?.unwrap().nullable() : undefined;
}

/** Field changes whose every value fits the field it names, and only of fields that say of themselves that a diff may set them. */
function changesOf(shape: Shape) {
  return fieldChanges.superRefine((fields, context) => {
    for (const [path, values] of Object.entries(fields)) {
      const [name = "", key] = path.split("/", 2);
      const field = entryOf(shape, name);
      const schema = key === undefined ? field : Object.hasOwn(ENTRIES, name) && ENTRY_KEY.test(key) ? ENTRIES[name]?.(key) : undefined;
      const fits = schema && field && isUndoable(field) && schema.safeParse(values.before).success && schema.safeParse(values.after).success;
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
    fields: changesOf(matrixSchema.shape),
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
