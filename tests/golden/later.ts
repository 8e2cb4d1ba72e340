import type { MatrixDiff } from "~/domain/changes/diff-schema";
import type { Duty } from "~/domain/matrix/shapes";
import { COLLECTIONS, PARTS } from "~/domain/parts/registry";
import { laterFields } from "~/domain/parts/signed";
import { sameJson } from "~/domain/equal";

/** The number of the newest text that release 0.1.0 wrote. */
const KNOWN = 2;
const COLLECTIONS_SINCE = COLLECTIONS.filter((name) => PARTS[name].since > KNOWN);
/** Fields that came later and stand in no text, with what they are where nobody said anything. */
const UNSIGNED_SINCE = [{ name: "pressures", assumed: [] }];
const FIELDS_SINCE = [...COLLECTIONS.flatMap((name) => laterFields(PARTS[name].fields)), ...UNSIGNED_SINCE];

/** A value as an earlier release has it: without collections and fields that came later, as long as they say nothing. */
export function withoutLater<T>(value: T): T {
  return without(value) as T;
}

function without(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(without);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, nested]) => {
      const empty = COLLECTIONS_SINCE.some((collection) => collection === name) && sameJson(nested, []);
      const unsaid = FIELDS_SINCE.some((field) => field.name === name && sameJson(nested, field.assumed));
      return empty || unsaid ? [] : [[name, without(nested)]];
    }),
  );
}

/** A diff as an undo of today brings it: its things say nothing in what came later. */
export function withLater(diff: MatrixDiff): MatrixDiff {
  const collections = COLLECTIONS.flatMap((name) => {
    const part = diff[name];
    const { blank } = PARTS[name] as { blank(thing: object): object };
    const whole = (things: readonly object[]) => things.map((thing) => ({ ...blank(thing), ...thing }));
    return part ? [[name, { ...part, added: whole(part.added), removed: whole(part.removed) }]] : [];
  });
  const fields = Object.entries(diff.fields).map(([path, { before, after }]) => [
    path,
    path.startsWith("deleted/") ? { before: withLaterDuty(before), after: withLaterDuty(after) } : { before, after },
  ]);
  return { ...diff, ...(Object.fromEntries(collections) as Partial<MatrixDiff>), fields: Object.fromEntries(fields) };
}

function withLaterDuty(value: unknown): unknown {
  const { duty } = (value ?? {}) as { duty?: Duty };
  return duty ? { ...(value as object), duty: { ...PARTS.duties.blank(duty), ...duty } } : value;
}
