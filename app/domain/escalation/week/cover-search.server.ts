import type { CallPath } from "../../cover/path";
import type { Span } from "../../cover/spans";
import type { Channels } from "../../cover/staffing";
import type { EscalationPath } from "../../matrix/escalation-shapes";
import type { Matrix } from "../../matrix/matrix";
import { levelsInOrder } from "../../parts/paths";
import { keptOf, type ByWindow, type Horizon } from "./horizon.server";
import type { Covers, PathReach } from "./path-reach.server";
import type { Behind, Staffed } from "../staffing-of";

/** What of a matrix says whom its paths reach. */
export type CoveredMatrix = Pick<
  Matrix,
  "parties" | "roles" | "hours" | "offDuties" | "paths" | "authorities" | "containments"
>;

/** A path that can be followed, with who it reaches in each window of the horizon. */
export type Followed = { path: EscalationPath; callPath: CallPath; reach: PathReach[] };

/** All that is known while the cover of a matrix is looked through. */
export type Search = {
  matrix: CoveredMatrix;
  behind: Behind;
  staffed: Staffed;
  horizon: Horizon;
  covers: Covers[];
  followed: Followed[];
};

const NONE: Covers = () => [];

/** Who is there in a window of the horizon. */
export function coversAt(covers: readonly Covers[], window: number): Covers {
  return covers[window] ?? NONE;
}

/** The same stretches without those that nobody has to look at any more. */
export function kept(found: ByWindow, { windows, now }: Horizon): ByWindow {
  return windows.map((window, i) => keptOf(found[i] ?? [], window, now));
}

/** Whether nothing is found in any window. */
export function isEmpty(found: ByWindow): boolean {
  return found.every((spans) => spans.length === 0);
}

/** The number that a level has on the ladder, where levels of the same minute stand apart; that of the first of them. */
export function numberOf({ levels }: EscalationPath, minutes: number): number {
  return levelsInOrder(levels).findIndex(({ level }) => level.minutes === minutes) + 1;
}

/** When somebody of a role is reached. */
export function reachedSpans(covers: Covers, roleId: string, channels: Channels): Span[] {
  return covers(roleId, channels).filter(({ personIds }) => personIds.length > 0);
}
