import type { Field, Fields } from "./field";

type Declared = Pick<Field<never>, "signed" | "shared" | "restored" | "preset">;

/** A copy of `thing` in which the fields whose description passes the test have the values of `from`. */
export function takeFields<T extends object>(
  thing: T,
  from: T,
  fields: Partial<Fields<T>>,
  holds: (field: Declared) => boolean,
): T {
  const taken: Partial<T> = {};
  for (const name in fields) {
    const field = fields[name];
    if (field && holds(field)) taken[name] = from[name];
  }
  return { ...thing, ...taken };
}
