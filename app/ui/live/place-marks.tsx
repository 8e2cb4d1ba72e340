import type { Present } from "~/domain/live/live-event";

/** Marks the duties that others are on. A rule for each, so that no card has to render again when somebody moves on. */
export function PlaceMarks({ present }: { present: readonly Present[] }) {
  const places = [...new Set(present.flatMap(({ place }) => place ?? []))];
  if (places.length === 0) return null;
  // An id has letters, digits, - and _ alone, so that it can't end the attribute.
  const selector = places.map((id) => `[data-duty="${id}"], [data-row="${id}"] > :first-child`).join(", ");
  return <style>{`@media screen { ${selector} { box-shadow: inset 3px 0 0 0 var(--ink); } }`}</style>;
}
