import type { Step } from "~/domain/editing/commands";
import type { Overtaken } from "./editor-types";

/**
 * The session storage key of this tab's unsaved steps, which survive a reload or a crash of the page. Steps have ids,
 * so the server skips a step that it had stored already. `owner` names the matrix and the person, so that the next
 * person who signs in here never sends what the one before could not.
 */
const unsaved = (owner: string) => `demarc.unsaved.${owner}`;
/** The session storage key of the overtaken texts, which wait until their writer chooses between the two. */
const unchosen = (owner: string) => `demarc.unchosen.${owner}`;

/** Stores the steps. If the browser refuses storage, they exist in memory only. */
export function keepQueue(owner: string, steps: readonly Step[]): void {
  keep(unsaved(owner), steps);
}

/** The steps that were stored before this page was loaded. */
export function keptQueue(owner: string): Step[] {
  return kept(unsaved(owner));
}

export function keepOvertaken(owner: string, edits: readonly Overtaken[]): void {
  keep(unchosen(owner), edits);
}

/** The overtaken texts that were stored before this page was loaded. */
export function keptOvertaken(owner: string): Overtaken[] {
  return kept(unchosen(owner));
}

function keep(key: string, items: readonly unknown[]): void {
  try {
    if (items.length === 0) sessionStorage.removeItem(key);
    else sessionStorage.setItem(key, JSON.stringify(items));
  } catch {
    return;
  }
}

function kept(key: string) {
  try {
    const found: unknown = JSON.parse(sessionStorage.getItem(key) ?? "[]");
    return Array.isArray(found) ? found : [];
  } catch {
    return [];
  }
}
