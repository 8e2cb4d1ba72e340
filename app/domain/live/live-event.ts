import type { MatrixDiff } from "../changes/diff-schema";
import type { PartyKind } from "../matrix/shapes";

/** The number of the form that live events have. A page of another number reloads instead of misreading them. */
export const LIVE_PROTOCOL = 1;

/** A step that somebody stored: the revision it gave the draft, who made it, and what it changed. */
export type LiveStep = {
  stepId: string;
  revision: number;
  actorId: string;
  actorName: string;
  /** ISO 8601 */
  at: string;
  diff: MatrixDiff;
};

/** Somebody who has a matrix open. `place` is the id of the duty or thing that they are on; null where there is none. */
export type Present = { tab: string; userId: string; name: string; side: PartyKind; place: string | null };

/** What a page is told of a matrix that it shows. */
export type LiveEvent =
  /** The steps from the revision that the page has, in order. */
  | { kind: "steps"; matrixId: string; steps: LiveStep[] }
  /** The page is so far behind `revision` that it has to read the whole draft. */
  | { kind: "refetch"; matrixId: string; revision: number }
  /** Something beside the draft changed: people, versions, signing. */
  | { kind: "beside"; matrixId: string }
  /** Everybody who has the matrix open. */
  | { kind: "present"; matrixId: string; present: Present[] }
  /** The reader has lost access to this matrix, or is signed out; nothing follows for it. */
  | { kind: "ended"; matrixId: string; message: string };

/** Which matrices a stream is about, and the revision of each that its pages have. */
export type Positions = ReadonlyMap<string, number>;

/** Positions as a stream's address and its event ids have them: `<matrix id>.<revision>`, separated by commas. */
export function positionsText(positions: Positions): string {
  return [...positions].map(([matrixId, revision]) => `${matrixId}.${revision}`).join(",");
}
