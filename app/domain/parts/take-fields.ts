import type { Field, Fields } from "./field";

type Declared = Pick<Field<never>, "signed" | "shared" | "restored" | "preset">;

/** A thing with those fields of another one whose description says so, and its own for the rest. */
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
