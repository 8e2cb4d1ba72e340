import type { Span } from "./spans";

/** Pairs of things that overlap, in the order in which they begin: each with the one before it that ends last, where that isn't over yet. */
export function overlapsOf<T extends Span>(things: readonly T[]): [T, T][] {
  const pairs: [T, T][] = [];
  let latest: T | null = null;
  for (const thing of [...things].sort((a, b) => a.from - b.from)) {
    if (latest && thing.from < latest.to) pairs.push([latest, thing]);
    if (!latest || thing.to > latest.to) latest = thing;
  }
  return pairs;
}
