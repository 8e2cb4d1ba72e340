import { z } from "zod";
import { LIMITS } from "./limits";
import { acceptanceSchema, decisionsSchema, deletedDutySchema, domainSchema, dutySchema, findingKeySchema, idSchema, isUndoable, letterSchema, markSchema, matrixSchema, partySchema, roleSchema, settingsSchema, suggestionSchema, termsSchema, todaySchema } from "./matrix";

/** The shape of a diff where it enters from outside: in an undo command and in the activity log. */

/** Field path → its two values. A path is a field name, or a field and the key of an entry, as `letters/<role id>`; null means absent. */
const fieldChanges = z.record(z.string().max(200), z.object({ before: z.json(), after: z.json() }).strict());

export type FieldChanges = z.infer<typeof fieldChanges>;
type Shape = Record<string, z.ZodType>;

/** An id, or a finding's key; never the name of something every object has. */
const ENTRY_KEY = /^[A-Za-z0-9][A-Za-z0-9_.-]{0,130}$/;

/** Made once: a schema costs far more to make than to ask, and a diff asks for as many as it has fields. */
const ENTRY = {
  letters: z.array(letterSchema).nullable(),
  suggestion: suggestionSchema.strict().nullable(),
  mark: markSchema.strict().nullable(),
  acceptance: acceptanceSchema.strict().nullable(),
  deleted: deletedDutySchema.strict().nullable(),
  decisions: nullableEntries(decisionsSchema.shape),
  today: nullableEntries(todaySchema.shape),
};

/** What the entries of a record may be, where each entry is a field of its own. */
const ENTRIES: Record<string, (key: string) => z.ZodType | undefined> = {
  letters: () => ENTRY.letters,
  suggestions: () => ENTRY.suggestion,
  marks: () => ENTRY.mark,
  decisions: (key) => entryOf(ENTRY.decisions, key),
  today: (key) => entryOf(ENTRY.today, key),
  deleted: () => ENTRY.deleted,
  accepted: (key) => (findingKeySchema.safeParse(key).success ? ENTRY.acceptance : undefined),
  terms: (key) => entryOf(termsSchema.shape, key),
  settings: (key) => entryOf(settingsSchema.shape, key),
};

function entryOf(shape: Shape, key: string): z.ZodType | undefined {
  return Object.hasOwn(shape, key) ? shape[key] : undefined;
}

/** The fields of a partial record: null stands for the absence of one. */
function nullableEntries(shape: Record<string, z.ZodOptional<z.ZodType>>): Shape {
  return Object.fromEntries(Object.entries(shape).map(([name, schema]) => [name, schema.unwrap().nullable()]));
}

/** Field changes whose every value fits the field it names, and only of fields that say of themselves that a diff may set them. */
function changesOf(shape: Shape) {
  return fieldChanges.superRefine((fields, context) => {
    for (const [path, values] of Object.entries(fields)) {
      const [name = "", key] = path.split("/", 2);
      const field = entryOf(shape, name);
      const schema = key === undefined ? field : Object.hasOwn(ENTRIES, name) && ENTRY_KEY.test(key) ? ENTRIES[name]?.(key) : undefined;
      const fits = schema && field && isUndoable(field) && schema.safeParse(values.before).success && schema.safeParse(values.after).success;
      // One says that the diff doesn't fit; there may be very many.
      if (!fits) return context.addIssue({ code: "custom", path: [path], message: "This field can't be set to that value." });
    }
  });
}

/** No collection holds more things than a matrix holds duties. */
const most = LIMITS.duties;
const places = z.array(z.object({ id: idSchema, after: idSchema.nullable() }).strict()).max(most);

function collectionDiff<S extends Shape>(entity: z.ZodObject<S>) {
  return z
    .object({
      added: z.array(entity.strict()).max(most),
      removed: z.array(entity.strict()).max(most),
      changed: z.array(z.object({ id: idSchema, fields: changesOf(entity.shape) }).strict()).max(most),
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
