import type { Face } from "../typefaces.server";
import { clustersOf, drawingsOf } from "./characters.server";
import { isRightToLeft, type Direction, type Order } from "./direction.server";
import type { HanFamily, OpenedFont } from "./families.server";

/** A part of a line in one font and one direction. `font` is null for the document's own typeface. */
export type Run = { text: string; font: OpenedFont | null; level: number };

/** Fonts whose own space stands between their words, since it is as wide as these need it. */
const OWN_SPACE = /-(arabic|hebrew|thai|devanagari)-/;

/** The runs of a line in the order of reading. */
export function runsOf(
  line: string,
  { direction, order, face, han }: { direction: Direction; order: Order; face: Face; han: HanFamily },
): Run[] {
  const levels = order.levelsOf(line, direction);
  const runs: Run[] = [];
  let at = 0;
  for (const cluster of clustersOf(line)) {
    const level = levels?.[at] ?? 0;
    at += cluster.length;
    const before = runs.at(-1);
    if (cluster === " " && before?.font && before.level === level && OWN_SPACE.test(before.font.name)) {
      before.text += cluster;
      continue;
    }
    for (const { text, font } of drawingsOf(cluster, face, han)) {
      const last = runs.at(-1);
      if (last?.font === font && last.level === level) last.text += text;
      else runs.push({ text, font, level });
    }
  }
  return runs;
}

/** The same runs from left to right (UAX #9, L2). */
export function visualOrder<Placed extends { level: number }>(runs: readonly Placed[]): Placed[] {
  const ordered = [...runs];
  const highest = Math.max(0, ...runs.map(({ level }) => level));
  for (let level = highest; level > 0; level--)
    for (let from = 0; from < ordered.length; from++) {
      let to = from;
      while ((ordered[to]?.level ?? 0) >= level) to++;
      if (to - from > 1) ordered.splice(from, to - from, ...ordered.slice(from, to).reverse());
      from = Math.max(from, to - 1);
    }
  return ordered;
}

/** Whether the letters of a run join from right to left in their font. Others are only put in that order. */
export function isJoinedBackwards({ text, font, level }: Run): boolean {
  return level % 2 === 1 && font !== null && [...text].some(isRightToLeft);
}
