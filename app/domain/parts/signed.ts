import { sameJson } from "../equal";
import type { Matrix } from "../matrix/matrix";
import { partsOfPath, type Field } from "./field";

/** The properties of field descriptions that decide what is agreed, for a thing of any kind. */
export type AnyFields = Readonly<
  Record<string, Pick<Field<unknown>, "signed" | "since" | "assumed" | "canonical" | "marked">>
>;

/** The names of the fields that are agreed, in alphabetical order. */
export function signedNames(fields: AnyFields): string[] {
  return Object.keys(fields)
    .filter((name) => fields[name]?.signed)
    .sort();
}

/** Whether a path of a diff belongs to an agreed field. */
export function isSignedPath(fields: AnyFields, path: string): boolean {
  const { name } = partsOfPath(path);
  return Object.hasOwn(fields, name) && fields[name]?.signed === true;
}

/** The values of the named fields as they stand in the canonical text. A field that was added later is left out while it has its assumed value. */
export function signedValues(thing: object, fields: AnyFields, names: readonly string[]): Record<string, unknown> {
  const values = mapped(thing, names, (name, value) => fields[name]?.canonical?.(value) ?? value);
  for (const name of names) if (isLeftOut(fields[name], values[name])) delete values[name];
  return values;
}

function isLeftOut(field: AnyFields[string] | undefined, value: unknown): boolean {
  return field?.since !== undefined && sameJson(value, field.assumed);
}

/** The fields that came later than their kind, which few kinds have. */
export function laterFields(fields: AnyFields): { name: string; since: number; assumed: unknown }[] {
  return Object.entries(fields).flatMap(([name, { since, assumed }]) =>
    since === undefined ? [] : [{ name, since, assumed }],
  );
}

/** The values of the named fields as they go into the hash that a party's mark refers to. */
export function markedValues(
  thing: object,
  fields: AnyFields,
  names: readonly string[],
  matrix: Pick<Matrix, "parties" | "roles">,
): Record<string, unknown> {
  return mapped(thing, names, (name, value) => fields[name]?.marked?.(value, matrix) ?? value);
}

function mapped(
  thing: object,
  names: readonly string[],
  map: (name: string, value: unknown) => unknown,
): Record<string, unknown> {
  const values = new Map<string, unknown>(Object.entries(thing));
  return Object.fromEntries(names.map((name) => [name, map(name, values.get(name))]));
}
