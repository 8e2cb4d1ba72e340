/**
 * Whether two JSON values are deeply equal. The order of keys doesn't matter. Identical references are compared at no
 * cost.
 */
export function sameJson(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true;
  if (typeof a !== "object" || typeof b !== "object" || a === null || b === null) return false;
  if (Array.isArray(a) || Array.isArray(b)) {
    return Array.isArray(a) && Array.isArray(b) && a.length === b.length && a.every((item, i) => sameJson(item, b[i]));
  }
  if (!isRecord(a) || !isRecord(b)) return false;
  const keys = Object.keys(b);
  return (
    keys.length === Object.keys(a).length && keys.every((key) => Object.hasOwn(a, key) && sameJson(a[key], b[key]))
  );
}

function isRecord(value: object): value is Readonly<Record<string, unknown>> {
  return !Array.isArray(value);
}
