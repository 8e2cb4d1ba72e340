import type { Style } from "exceljs";
import { columnRoom, textWidth } from "./measure.server";

/** A column is no narrower than this, in characters, and is made wider or narrower by so many at a time. */
const LEAST = 10;
const STEP = 3;
/** So many rows are looked at, spread over all of them. */
const SAMPLE = 60;
const MOVES = 40;

/**
 * Widths of columns, as wide together as those given, in which the rows of a table take the least height: a column whose
 * texts make rows high gets room from one whose texts don't.
 */
export function balancedWidths(
  widths: readonly number[],
  rows: readonly (readonly string[])[],
  style: Partial<Style>,
): number[] {
  const every = Math.ceil(rows.length / SAMPLE);
  const sample = rows
    .filter((_, i) => i % every === 0)
    .map((texts) => widths.map((_, c) => (texts[c] ?? "").split("\n").map((line) => textWidth(line, style))));
  const linesIn = (lines: readonly number[], width: number) => {
    const room = columnRoom(width);
    return lines.reduce((sum, line) => sum + Math.max(1, Math.ceil(line / room)), 0);
  };
  const heightOf = (tried: readonly number[]) =>
    sample.reduce((sum, row) => sum + Math.max(...row.map((lines, c) => linesIn(lines, tried[c] ?? LEAST))), 0);
  let best = [...widths];
  let height = heightOf(best);
  for (let move = 0; move < MOVES; move++) {
    let better: number[] | null = null;
    for (const [from, width] of best.entries()) {
      if (width - STEP < LEAST) continue;
      for (const to of best.keys()) {
        if (to === from) continue;
        const tried = best.map((own, c) => own + (c === to ? STEP : c === from ? -STEP : 0));
        const triedHeight = heightOf(tried);
        if (triedHeight < height) [better, height] = [tried, triedHeight];
      }
    }
    if (!better) break;
    best = better;
  }
  return best;
}
