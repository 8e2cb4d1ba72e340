import type { Matrix } from "../matrix/matrix";
import type { Field } from "../parts/field";
import { FRAME } from "../parts/frame";
import { PART_LIST } from "../parts/registry";

/** A text with where it stands, in words. */
export type PlacedText = { place: string; text: string };

type Described = Readonly<Record<string, Pick<Field<unknown>, "label" | "signed" | "shared" | "entries">>>;

/** Every text of a matrix that a file can show, each with the thing and the field that it stands in. */
export function placedTexts(matrix: Matrix): PlacedText[] {
  return [
    ...textsOf(matrix, FRAME, ""),
    ...PART_LIST.flatMap((part) =>
      matrix[part.name].flatMap((thing) => textsOf(thing, part.fields, `${part.title(thing, matrix)}: `)),
    ),
  ];
}

function textsOf(thing: object, fields: Described, before: string): PlacedText[] {
  const values = new Map<string, unknown>(Object.entries(thing));
  return Object.entries(fields).flatMap(([name, { label, signed, shared, entries }]) =>
    signed || shared
      ? textsIn(values.get(name)).map(({ key, text }) => ({
          place: before + (entries?.named?.[key]?.label ?? label),
          text,
        }))
      : [],
  );
}

/** The texts inside a value, each with the first key on the way to it. */
function textsIn(value: unknown): { key: string; text: string }[] {
  if (typeof value === "string") return [{ key: "", text: value }];
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, inside]) => textsIn(inside).map(({ text }) => ({ key, text })));
}
