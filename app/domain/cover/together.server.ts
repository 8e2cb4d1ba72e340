import type { CoverSpan } from "./cover.server";
import type { Span } from "./spans";

/** A stretch throughout which nothing changes for any of some roles, with the cover of each. */
export type Together = Span & { covers: readonly CoverSpan[] };

/** Covers that fill the same window, cut wherever one of them changes. */
export function together(covers: readonly (readonly CoverSpan[])[]): Together[] {
  const places = covers.map(() => 0);
  const cut: Together[] = [];
  const end = covers[0]?.at(-1)?.to ?? -Infinity;
  for (let from = covers[0]?.[0]?.from ?? Infinity; from < end;) {
    const now: CoverSpan[] = [];
    let to = end;
    covers.forEach((spans, i) => {
      const span = spans[places[i] ?? 0];
      if (!span) return;
      now.push(span);
      to = Math.min(to, span.to);
    });
    cut.push({ from, to, covers: now });
    covers.forEach((spans, i) => {
      if ((spans[places[i] ?? 0]?.to ?? Infinity) <= to) places[i] = (places[i] ?? 0) + 1;
    });
    from = to;
  }
  return cut;
}
