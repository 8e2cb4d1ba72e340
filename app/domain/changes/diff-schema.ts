import { z } from "zod";
import { LIMITS } from "../limits";
import { matrixSchema } from "../matrix/matrix";
import type { Field } from "../parts/field";
import { FRAME } from "../parts/frame";
import type { CollectionName, Things } from "../parts/part";
import { PART_LIST } from "../parts/registry";
import { THING_SCHEMAS } from "../matrix/schemas";
import { idSchema } from "../matrix/shapes";

/** The zod schema of a diff. It checks diffs that enter from outside: in an undo command, and in the activity log. */

/**
 * The values of each changed field by path. A path is the name of a field, or a field and the key of an entry, such as
 * `letters/<role id>`. Null means absent.
 */
const fieldChanges = z.record(z.string().max(200), z.object({ before: z.json(), after: z.json() }).strict());

export type FieldChanges = z.infer<typeof fieldChanges>;
type Shape = Readonly<Record<string, z.ZodType>>;
type Described = Readonly<Record<string, Pick<Field<never>, "entries" | "undoable">>>;

/**
 * A key of an entry: an id or the key of a finding. The pattern excludes names of prototype properties such as
 * `__proto__`.
 */
const ENTRY_KEY = /^[A-Za-z0-9][A-Za-z0-9_.-]{0,130}$/;

type EntryCheck = { key: (key: string) => boolean; value: (key: string) => z.ZodType | undefined };

/**
 * The check of the entries of a record: which keys are allowed, and the schema of the value under each. Optional values
 * may be null, which means absent.
 */
function entryCheckOf(field: z.ZodType): EntryCheck | undefined {
  if (field instanceof z.ZodDefault) {
    const inner = field.unwrap();
    return inner instanceof z.ZodType ? entryCheckOf(inner) : undefined;
  }
  if (field instanceof z.ZodRecord) {
    const { keyType, valueType } = field;
    const value = (
      valueType instanceof z.ZodObject ? valueType.strict() : valueType instanceof z.ZodType ? valueType : z.never()
    ).nullable();
    return {
      key: (key) => ENTRY_KEY.test(key) && (!(keyType instanceof z.ZodType) || keyType.safeParse(key).success),
      value: () => value,
    };
  }
  if (!(field instanceof z.ZodObject)) return undefined;
  const values = new Map<string, z.ZodType>(
    Object.entries(field.shape).map(([name, schema]) => [
      name,
      schema instanceof z.ZodOptional && schema.unwrap() instanceof z.ZodType ? z.nullable(schema.unwrap()) : schema,
    ]),
  );
  return { key: (key) => values.has(key), value: (key) => values.get(key) };
}

/**
 * The schema of changes to the fields of one kind of thing. Each value must fit its field, and the field's description
 * must allow undo.
 */
function changesOf(shape: Shape, described: Described) {
  // Schemas are built once, because building one costs far more than using it and a diff needs one for each field.
  const entryChecks = new Map(
    Object.entries(shape).map(([name, field]) => [name, described[name]?.entries ? entryCheckOf(field) : undefined]),
  );
  const schemaAt = (path: string): z.ZodType | undefined => {
    const [name = "", key] = path.split("/", 2);
    if (!Object.hasOwn(shape, name) || !described[name]?.undoable) return undefined;
    if (key === undefined) return shape[name];
    const entryCheck = entryChecks.get(name);
    return entryCheck?.key(key) ? entryCheck.value(key) : undefined;
  };
  return fieldChanges.superRefine((fields, context) => {
    for (const [path, values] of Object.entries(fields)) {
      const schema = schemaAt(path);
      const isValid = schema?.safeParse(values.before).success && schema.safeParse(values.after).success;
      // One issue is enough to refuse the diff; a large diff could produce very many.
      if (!isValid)
        return context.addIssue({ code: "custom", path: [path], message: "This field can't be set to that value." });
    }
  });
}

/** The largest limit of all collections. */
const maxThings = LIMITS.duties;
const positionsSchema = z.array(z.object({ id: idSchema, after: idSchema.nullable() }).strict()).max(maxThings);

function collectionDiff(thing: z.ZodObject, described: Described) {
  return z
    .object({
      added: z.array(thing.strict()).max(maxThings),
      removed: z.array(thing.strict()).max(maxThings),
      changed: z.array(z.object({ id: idSchema, fields: changesOf(thing.shape, described) }).strict()).max(maxThings),
      /**
       * The positions of moved, removed and added things, before and after the change. `after` is the id of the thing
       * before it; null means first.
       */
      placedBefore: positionsSchema,
      placedAfter: positionsSchema,
    })
    .strict()
    .optional();
}

type DiffSchemas = { [Name in CollectionName]: z.ZodOptional<z.ZodType<CollectionDiff<Things[Name]>>> };

/** The schema of each collection's diff. The overload gives the type by name, which `Object.fromEntries` loses. */
function collectionDiffs(): DiffSchemas;
function collectionDiffs(): Record<string, z.ZodType> {
  return Object.fromEntries(
    PART_LIST.flatMap(({ name, fields }) => {
      const thing = THING_SCHEMAS.get(name);
      return thing ? [[name, collectionDiff(thing, fields)]] : [];
    }),
  );
}

export const matrixDiffSchema = z
  .object({ fields: changesOf(matrixSchema.shape, FRAME), ...collectionDiffs() })
  .strict();

export type CollectionDiff<T> = {
  added: T[];
  removed: T[];
  changed: { id: string; fields: FieldChanges }[];
  placedBefore: { id: string; after: string | null }[];
  placedAfter: { id: string; after: string | null }[];
};
/** The changes between two matrices. Unchanged collections are absent. */
export type MatrixDiff = z.infer<typeof matrixDiffSchema>;
