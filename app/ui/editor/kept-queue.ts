import type { Step } from "~/domain/commands";

/**
 * Unsaved steps of this tab, so that a reload or a crash of the page loses none. Steps carry their own ids: one that had
 * been stored after all is skipped by the server when it is sent again. `owner` names the matrix and the person: what one
 * person could not send is never sent by the next who signs in here.
 */
const key = (owner: string) => `demarc.unsaved.${owner}`;

/** Keeps the steps; where the browser refuses storage they live in memory only. */
export function keepQueue(owner: string, steps: readonly Step[]): void {
  try {
    if (steps.length === 0) sessionStorage.removeItem(key(owner));
    else sessionStorage.setItem(key(owner), JSON.stringify(steps));
  } catch {
    return;
  }
}

/** The steps kept before this page was loaded. */
export function keptQueue(owner: string): Step[] {
  try {
    const kept: unknown = JSON.parse(sessionStorage.getItem(key(owner)) ?? "[]");
    return Array.isArray(kept) ? kept : [];
  } catch {
    return [];
  }
}
