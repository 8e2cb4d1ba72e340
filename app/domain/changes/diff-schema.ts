import { z } from "zod";
import { LIMITS } from "../limits";
import { matrixSchema } from "../matrix/matrix";
import type { Field } from "../parts/field";
import { FRAME } from "../parts/frame";
import type { CollectionName, Things } from "../parts/part";
import { PART_LIST } from "../parts/registry";
import { THING_SCHEMAS } from "../matrix/schemas";
import { idSchema } from "../matrix/shapes";

/** The shape of a diff where it enters from outside: in an undo command and in the activity log. */

/** Field path → its two values. A path is a field name, or a field and the key of an entry, as `letters/<role id>`; null means absent. */
const fieldChanges = z.record(z.string().max(200), z.object({ before: z.json(), after: z.json() }).strict());

export type FieldChanges = z.infer<typeof fieldChanges>;
type Shape = Readonly<Record<string, z.ZodType>>;
type Described = Readonly<Record<string, Pick<Field<never>, "entries" | "undoable">>>;

/** An id, or a finding's key; never the name of something every object has. */
const ENTRY_KEY = /^[A-Za-z0-9][A-Za-z0-9_.-]{0,130}$/;

type Judge = { key: (key: string) => boolean; value: (key: string) => z.ZodType | undefined };

/** How the entries of a record are judged: their keys, and the value under each. What may be absent may be null. */
function judgeOf(field: z.ZodType): Judge | undefined {
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

/** Field changes whose every value fits the field it names, and only of fields that say of themselves that an undo may set them. */
function changesOf(shape: Shape, described: Described) {
  // Made once: a schema costs far more to make than to ask, and a diff asks for as many as it has fields.
  const judges = new Map(
    Object.entries(shape).map(([name, field]) => [name, described[name]?.entries ? judgeOf(field) : undefined]),
  );
  const schemaAt = (path: string): z.ZodType | undefined => {
    const [name = "", key] = path.split("/", 2);
    if (!Object.hasOwn(shape, name) || !described[name]?.undoable) return undefined;
    if (key === undefined) return shape[name];
    const judge = judges.get(name);
    return judge?.key(key) ? judge.value(key) : undefined;
  };
  return fieldChanges.superRefine((fields, context) => {
    for (const [path, values] of Object.entries(fields)) {
      const schema = schemaAt(path);
      const fits = schema?.safeParse(values.before).success && schema.safeParse(values.after).success;
      // One says that the diff doesn't fit; there may be very many.
      if (!fits)
        return context.addIssue({ code: "custom", path: [path], message: "This field can't be set to that value." });
    }
  });
}

/** No collection holds more things than a matrix holds duties. */
const most = LIMITS.duties;
const places = z.array(z.object({ id: idSchema, after: idSchema.nullable() }).strict()).max(most);

function collectionDiff(thing: z.ZodObject, described: Described) {
  return z
    .object({
      added: z.array(thing.strict()).max(most),
      removed: z.array(thing.strict()).max(most),
      changed: z.array(z.object({ id: idSchema, fields: changesOf(thing.shape, described) }).strict()).max(most),
      /** What was moved, added or removed, each behind the one it follows (null: first): as it stood, and as it stands now. */
      placedBefore: places,
      placedAfter: places,
    })
    .strict()
    .optional();
}

type DiffSchemas = { [Name in CollectionName]: z.ZodOptional<z.ZodType<CollectionDiff<Things[Name]>>> };

/** A schema of the diff of each collection. The overload says by name what a loop can't. */
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
/** What changed between two matrices. Only collections that differ are present. */
export type MatrixDiff = z.infer<typeof matrixDiffSchema>;
