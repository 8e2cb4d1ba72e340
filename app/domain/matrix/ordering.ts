type Identified = { id: string };

/** The position of an item: `after` is the id of the item before it; null means that it is the first. */
type Placement = { id: string; after: string | null };

/**
 * The items with one moved or added before the item with `beforeId`. When `beforeId` is null or unknown, the item goes
 * last.
 */
export function withItemBefore<T extends Identified>(items: readonly T[], item: T, beforeId: string | null): T[] {
  const others = items.filter((other) => other.id !== item.id);
  const index = beforeId === null ? -1 : others.findIndex((other) => other.id === beforeId);
  return index < 0 ? [...others, item] : [...others.slice(0, index), item, ...others.slice(index)];
}

/** The positions of the items with these ids, in the order of the list. */
export function placementsOf(items: readonly Identified[], ids: ReadonlySet<string>): Placement[] {
  return items.flatMap(({ id }, i) => (ids.has(id) ? [{ id, after: items[i - 1]?.id ?? null }] : []));
}

/**
 * Inserts items one after the other, each behind the item it follows. An item whose predecessor doesn't exist goes
 * last.
 */
export function withItemsInserted<T extends Identified>(
  items: readonly T[],
  insertions: readonly { item: T; after: string | null }[],
): T[] {
  const result = [...items];
  for (const { item, after } of insertions) {
    const index = after === null ? 0 : result.findIndex((other) => other.id === after) + 1;
    if (after !== null && index === 0) result.push(item);
    else result.splice(index, 0, item);
  }
  return result;
}

/**
 * The smallest set of ids to take out of both lists so that the remaining ids are in the same order in both. The rest
 * is a longest increasing subsequence. Both lists must contain the same ids.
 */
export function movedIds(before: readonly string[], after: readonly string[]): Set<string> {
  const positionAfter = new Map(after.map((id, i) => [id, i]));
  const sequence = before.map((id) => positionAfter.get(id) ?? 0);
  if (sequence.every((value, i) => i === 0 || value > (sequence[i - 1] ?? -1))) return new Set();

  const tails: number[] = [];
  const previous: number[] = new Array<number>(sequence.length).fill(-1);
  for (let i = 0; i < sequence.length; i++) {
    const value = sequence[i] ?? 0;
    let low = 0;
    let high = tails.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((sequence[tails[middle] ?? 0] ?? 0) < value) low = middle + 1;
      else high = middle;
    }
    previous[i] = low > 0 ? (tails[low - 1] ?? -1) : -1;
    tails[low] = i;
  }
  const remaining = new Set<number>();
  for (let i = tails.at(-1) ?? -1; i >= 0; i = previous[i] ?? -1) remaining.add(i);
  return new Set(before.filter((_, i) => !remaining.has(i)));
}
