import type { Step } from "~/domain/commands";

/**
 * Unsaved steps of this tab, so that a reload or a crash of the page loses none. Steps carry their own ids: one that had
 * been stored after all is skipped by the server when it is sent again.
 */
const key = (matrixId: string) => `demarc.unsaved.${matrixId}`;

/** Keeps the steps; where the browser refuses storage they live in memory only. */
export function keepQueue(matrixId: string, steps: readonly Step[]): void {
  try {
    if (steps.length === 0) sessionStorage.removeItem(key(matrixId));
    else sessionStorage.setItem(key(matrixId), JSON.stringify(steps));
  } catch {
    return;
  }
}

/** The steps kept before this page was loaded. */
export function keptQueue(matrixId: string): Step[] {
  try {
    const kept: unknown = JSON.parse(sessionStorage.getItem(key(matrixId)) ?? "[]");
    return Array.isArray(kept) ? kept : [];
  } catch {
    return [];
  }
}
