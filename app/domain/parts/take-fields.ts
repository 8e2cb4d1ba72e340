import type { Field, Fields } from "./field";

type FieldFlags = Pick<Field<never>, "signed" | "shared" | "restored" | "preset">;

/** A copy of `thing` in which the fields whose description passes the test have the values of `from`. */
export function takeFields<T extends object>(
  thing: T,
  from: T,
  fields: Partial<Fields<T>>,
  isTaken: (field: FieldFlags) => boolean,
): T {
  const values: Partial<T> = {};
  for (const name in fields) {
    const field = fields[name];
    if (field && isTaken(field)) values[name] = from[name];
  }
  return { ...thing, ...values };
}
