import { LIVE_PROTOCOL, positionsText, type LiveEvent, type Positions } from "~/domain/live/live-event";
import { paths } from "~/paths";
import { openEventSource } from "./event-source";
import type { Handing, StreamReader } from "./shared-source";

/** What a tab wants: which matrix, and from which revision on. */
export type WantedMatrix = { matrixId: string; revision: number };

/** Reads one stream for the matrices of all tabs, and opens it anew when a tab is behind what it has brought. */
export function createMatrixReader(handing: Handing<LiveEvent>): StreamReader<WantedMatrix> {
  let wants: ReadonlyMap<string, WantedMatrix> = new Map();
  let source: ReturnType<typeof openEventSource> | null = null;
  /** The revisions that the open stream began at or has brought since. */
  const positions = new Map<string, number>();

  /** The oldest revision that a tab has of each matrix. A tab passes over what it has already. */
  function neededPositions(): Map<string, number> {
    const needed = new Map<string, number>();
    for (const { matrixId, revision } of wants.values())
      needed.set(matrixId, Math.min(revision, needed.get(matrixId) ?? Infinity));
    return needed;
  }

  function reopen(needed: ReadonlyMap<string, number>) {
    close();
    for (const [matrixId, revision] of needed) positions.set(matrixId, revision);
    source = openEventSource<LiveEvent>({
      address: () => paths.live(LIVE_PROTOCOL, positionsText(positionsWanted())),
      onEvent,
      onState: handing.state,
    });
  }

  /** Where the next stream begins: at what the last one brought, for the matrices that are still on screen. */
  function positionsWanted(): Positions {
    const wanted = neededPositions();
    return new Map([...positions].filter(([matrixId]) => wanted.has(matrixId)));
  }

  function onEvent(event: LiveEvent) {
    if (event.kind === "steps") positions.set(event.matrixId, event.steps.at(-1)?.revision ?? 0);
    if (event.kind === "refetch") positions.set(event.matrixId, event.revision);
    handing.event(event);
  }

  function close() {
    source?.close();
    source = null;
    positions.clear();
  }

  return {
    follow(all) {
      wants = all;
      const needed = neededPositions();
      if (needed.size === 0) close();
      else if (!source || [...needed].some(([matrixId, revision]) => revision < (positions.get(matrixId) ?? Infinity)))
        reopen(needed);
    },
    close,
  };
}
