import type { Rota } from "../../cover/rota";
import type { Week } from "../../matrix/escalation-shapes";

/** Hours in words, such as “Sat 00:00 to 08:00”, and as a key that stays the same as long as they come back each week. */
export type SaidHours = { words: string; key: string };

/** One way in which somebody covers a hole: for its hours in the rota, or as a further holder. */
export type CoverWay = {
  personId: string;
  name: string;
  how: "override" | "holder";
  /** What is added to the rota; empty where the person becomes a holder. */
  overrides: readonly Rota["overrides"][number][];
  /** What it does, in a sentence. */
  does: string;
};

/** Hours in which a path calls a role and nobody can be reached for it. */
export type RoleHole = SaidHours & {
  roleId: string;
  /**
   * The levels that call it then: `alone` where no other role of the level is reached instead in some of these hours, one that may decide
   * where this one `decides`; and the minutes of the next level whose role may do as much, where there is one.
   */
  calledBy: readonly { pathId: string; level: number; alone: boolean; decides: boolean; next: number | null }[];
  /** In every hour of what was looked at. */
  always: boolean;
  /** Nobody said when the holders are there, and there is no rota. */
  hoursUnknown: boolean;
  ways: readonly CoverWay[];
  /** What would declare just these hours off duty; null where they can't be said as hours of a week or whole days. */
  offDuty: { timeZone: string; week: Week; days: readonly string[] } | null;
  /** A role of the provider on the same path that is reached in all these hours; null where none is, or the role isn't the client's or may not decide. */
  actsInstead: string | null;
};

/** Levels of a path at which nobody is reached in any hour. `vacant` are those whose roles nobody is behind. */
export type UnreachedLevels = {
  pathId: string;
  levels: readonly number[];
  vacant: readonly number[];
  roleIds: readonly string[];
};

/**
 * What the arithmetic of clocks finds in the cover of all paths. Everything is by id, so that findings are said of the matrix
 * that is on the screen; ids that are gone there are passed over.
 */
export type CoverFacts = {
  /** What was looked at, in words. */
  horizon: string;
  holes: readonly RoleHole[];
  /** Hours in which no level of a path reaches anybody. `vacant` says that nobody is behind any of its roles. */
  silentPaths: readonly (SaidHours & {
    pathId: string;
    always: boolean;
    vacant: boolean;
    roleIds: readonly string[];
  })[];
  unreached: readonly UnreachedLevels[];
  /** Hours in which every level of a path that reaches anybody reaches the same one person. */
  onePerson: readonly (SaidHours & { pathId: string; personId: string; name: string })[];
  /** When a path would have to begin for its first decision to be later than agreed. */
  lateTargets: readonly (SaidHours & {
    pathId: string;
    minutes: number;
    /** The roles whose hours without cover are all there is to it; none where it has other causes. */
    roleIds: readonly string[];
  })[];
  /** Hours in which an approval can be needed and nobody can be asked for it. */
  approvals: readonly (SaidHours & { authorityId: string })[];
  /** People of a rota who hold no role, and whom no channel of a level reaches. */
  rotaWithoutChannel: readonly { personId: string; name: string; pathIds: readonly string[] }[];
};
