import type { Step } from "~/domain/commands";
import type { Overtaken } from "./editor-types";

/**
 * Unsaved steps of this tab, so that a reload or a crash of the page loses none. Steps carry their own ids: one that had
 * been stored after all is skipped by the server when it is sent again. `owner` names the matrix and the person: what one
 * person could not send is never sent by the next who signs in here.
 */
const unsaved = (owner: string) => `demarc.unsaved.${owner}`;
/** Texts of this tab that somebody else came before with, until the person chooses one of the two. */
const unchosen = (owner: string) => `demarc.unchosen.${owner}`;

/** Keeps the steps; where the browser refuses storage they live in memory only. */
export function keepQueue(owner: string, steps: readonly Step[]): void {
  keep(unsaved(owner), steps);
}

/** The steps kept before this page was loaded. */
export function keptQueue(owner: string): Step[] {
  return kept(unsaved(owner));
}

export function keepOvertaken(owner: string, edits: readonly Overtaken[]): void {
  keep(unchosen(owner), edits);
}

/** The texts that wait for a choice since before this page was loaded. */
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
