import { onAnnouncement } from "~/db/announcements.server";
import { keepPresence } from "./presence.server";

/** What the streams of this process are woken for. */
export type News =
  | { kind: "logged"; matrixId: string; revision: number; beside: boolean }
  /** Who has a matrix open is different from before. */
  | { kind: "present"; matrixId: string }
  /** A workshop has gone on. */
  | { kind: "workshop"; workshopId: string; sequence: number }
  /** Announcements may have been missed, so every stream has to look for itself. */
  | { kind: "missed" };

const listeners = new Set<(news: News) => void>();
let stopHearing: (() => void) | null = null;

/** Calls `listener` for all news from now on, until the returned function is called. */
export function onNews(listener: (news: News) => void): () => void {
  listeners.add(listener);
  stopHearing ??= onAnnouncement((heard) => {
    if (heard.kind !== "present") tell(heard);
    else if (keepPresence(heard)) tell({ kind: "present", matrixId: heard.matrixId });
  });
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    stopHearing?.();
    stopHearing = null;
  };
}

function tell(news: News): void {
  for (const listener of listeners) listener(news);
}
