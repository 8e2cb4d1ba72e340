import { standingWords } from "~/domain/parts/duties";
import type { GridRow } from "../matrix-view";

export const HEAD_PX = 68;
export const FOOT_PX = 55;
export const DOMAIN_PX = 30;
export const COLUMN_PX = 66;
/**
 * Elements inside a row that handle their own clicks. Dialogs and menus are descendants of their buttons in the page.
 */
export const OVER = "a, button, input, dialog, [role=menu]";

/** The cell of the grid that an element on screen belongs to. */
export function cellUnder(target: Element): { rowId: string; column: number } | null {
  const cell = target.closest("[data-col]");
  const rowId = cell?.closest("[data-row]")?.getAttribute("data-row");
  return rowId ? { rowId, column: Number(cell?.getAttribute("data-col")) } : null;
}

/**
 * The height of a row in pixels. Its text takes up to four lines, estimated from the average character width at 13
 * pixels.
 */
export function heightOf(row: GridRow | undefined, left: number): number {
  if (row?.kind !== "duty") return DOMAIN_PX;
  const { text, standing } = row.duty;
  const length = text.length + (standing ? standingWords(standing).length + 1 : 0);
  const lines = Math.min(4, Math.max(1, Math.ceil((length * 6.2) / Math.max(100, left - 166))));
  return 34 + (lines - 1) * 17;
}
