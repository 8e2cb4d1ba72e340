import { describe, expect, it } from "vitest";
import { applyCommands, applyCommand } from "~/domain/editing/apply-command";
import type { MatrixCommand } from "~/domain/editing/commands";
import { matrixCommandSchema } from "~/domain/editing/commands";
import { describeStructure } from "~/domain/changes/describe-log";
import { diffMatrices } from "~/domain/changes/diff";
import { LIMITS } from "~/domain/limits";
import type { EscalationPath } from "~/domain/matrix/escalation-shapes";
import type { Matrix } from "~/domain/matrix/matrix";
import { blankPath } from "~/domain/parts/paths";
import { matrixFromLibrary } from "~/library/start-matrix";
import { startingPaths } from "~/library/starting-paths";
import {
  addPaths,
  copyPath,
  dutiesUsing,
  editPath,
  headFacts,
  lanesOf,
  minutesTyped,
  moveByLevels,
  moveToLevel,
  moveWithin,
  nextMinutes,
  placePath,
  rungsOf,
  setLevel,
  type Move,
} from "~/ui/escalation/escalation-view";
import { shortTime } from "~/domain/escalation/short-time";

const empty = matrixFromLibrary({
  client: "Halden",
  provider: "Tarnbrook",
  agreementReference: "",
  preset: "shared",
});

/** A matrix after commands as the server takes them in. */
function after(matrix: Matrix, commands: readonly MatrixCommand[]): Matrix {
  const { matrix: next, rejected } = applyCommands(
    matrix,
    commands.map((command) => matrixCommandSchema.parse(command)),
  );
  expect(rejected).toEqual([]);
  return next;
}

const started = after(empty, addPaths(empty, startingPaths(empty)));

function pathOf(matrix: Matrix, id: string): EscalationPath {
  const path = matrix.paths.find((one) => one.id === id);
  if (!path) throw new Error(`There is no path ${id}.`);
  return path;
}

function carriedOut(matrix: Matrix, move: Move): Matrix {
  if ("refused" in move) throw new Error(move.refused);
  return after(matrix, move.commands);
}

const callsAt = (matrix: Matrix, levelId: string) =>
  pathOf(matrix, "s1").levels[levelId]?.calls.map(({ roleId }) => roleId);

describe("the ladder of a path", () => {
  it("has its levels in the order of time, whatever the order in which they came", () => {
    const level = { calls: [], channels: [], decides: false, may: "" };
    const path = {
      ...blankPath("p"),
      levels: { late: { ...level, minutes: 60 }, first: { ...level, minutes: 0 }, soon: { ...level, minutes: 5 } },
    };
    expect(rungsOf(started, path).map(({ id, number }) => [number, id])).toEqual([
      [1, "first"],
      [2, "soon"],
      [3, "late"],
    ]);
  });

  it("has a row for each side, and one for a third party only where it is called", () => {
    const vendor: MatrixCommand = {
      type: "party.add",
      partyId: "vendor",
      name: "Calder Mutual",
      engagedBy: "client",
      roleId: "breach-line",
      roleName: "Breach line",
    };
    const matrix = after(started, [vendor]);
    const s1 = pathOf(matrix, "s1");
    expect(lanesOf(matrix, s1).map(({ id }) => id)).toEqual(["client", "provider"]);
    const level = s1.levels["s1-4"];
    if (!level) throw new Error("S1 has four levels.");
    const called = after(matrix, [
      setLevel(s1, "s1-4", { ...level, calls: [...level.calls, { roleId: "breach-line", direction: "across" }] }),
    ]);
    expect(lanesOf(called, pathOf(called, "s1")).map(({ id }) => id)).toEqual(["client", "provider", "vendor"]);
  });

  it("loses the card of a role that was deleted, and keeps the level", () => {
    const matrix = after(started, [{ type: "role.delete", roleId: "service-desk" }]);
    const first = rungsOf(matrix, pathOf(matrix, "s1"))[0];
    expect(first?.cells.map(({ called }) => called)).toEqual([[], []]);
  });

  it("says times as short as a column's head, and the facts of the path in a line", () => {
    expect([0, 15, 60, 119, 120, 135, 480].map((minutes) => shortTime({ minutes }))).toEqual([
      "Start",
      "+15 min",
      "+60 min",
      "+119 min",
      "+2 h",
      "+2 h 15 min",
      "+8 h",
    ]);
    expect(headFacts(pathOf(started, "s3"), started)).toEqual([
      "The working hours of Tarnbrook",
      "An update every 8 hours",
      "Target: somebody may decide within 8 hours",
      "Target: contained or restored within 24 hours",
    ]);
    expect(headFacts({ ...blankPath("p"), repeats: 2 }, started)).toEqual([
      "24x7",
      "Begins again 2 times, from the first level",
    ]);
  });
});

describe("a card", () => {
  const s1 = pathOf(started, "s1");

  it("moves to the level before or after in one command, and to a level that is named", () => {
    expect(callsAt(started, "s1-2")).toEqual(["engineer", "security-operations", "it-lead"]);
    const later = carriedOut(started, moveByLevels(started, s1, "engineer", "s1-2", 1));
    expect([callsAt(later, "s1-2"), callsAt(later, "s1-3")]).toEqual([
      ["security-operations", "it-lead"],
      ["vcio", "it-lead", "engineer"],
    ]);
    const first = carriedOut(started, moveToLevel(started, s1, "leadership", "s1-4", "s1-1"));
    expect(callsAt(first, "s1-1")).toEqual(["service-desk", "leadership"]);
  });

  it("stays where the level calls its role already, holds twelve, or isn't there", () => {
    expect(moveByLevels(started, s1, "it-lead", "s1-2", 1)).toEqual({
      refused: "IT lead is called at level 3, after 30 minutes already",
    });
    expect(moveByLevels(started, s1, "service-desk", "s1-1", -1)).toEqual({ refused: "This is the first level" });
    expect(moveByLevels(started, s1, "leadership", "s1-4", 1)).toEqual({ refused: "This is the last level" });
    const level = s1.levels["s1-3"];
    const calls = Array.from({ length: LIMITS.levelCalls }, (_, i) => ({ roleId: `r${i}`, direction: "up" as const }));
    const full = { ...s1, levels: { ...s1.levels, ...(level && { "s1-3": { ...level, calls } }) } };
    expect(moveByLevels(started, full, "engineer", "s1-2", 1)).toEqual({ refused: "A level calls at most 12 roles" });
  });

  it("moves up and down among those of its party", () => {
    const down = carriedOut(started, moveWithin(started, s1, "engineer", "s1-2", 1));
    expect(callsAt(down, "s1-2")).toEqual(["security-operations", "engineer", "it-lead"]);
    expect(moveWithin(started, s1, "engineer", "s1-2", -1)).toHaveProperty("refused");
    expect(moveWithin(started, s1, "it-lead", "s1-2", 1)).toHaveProperty("refused");
  });
});

describe("a path", () => {
  it("is added with the roles that the draft has", () => {
    const without = after(empty, [{ type: "role.delete", roleId: "engineer" }]);
    const matrix = after(without, addPaths(without, startingPaths(empty)));
    expect(matrix.paths).toHaveLength(8);
    expect(callsAt(matrix, "s1-2")).toEqual(["security-operations", "it-lead"]);
  });

  it("is copied behind itself under a free name that fits", () => {
    const once = after(started, [copyPath(started, pathOf(started, "s1"), "c1")]);
    const twice = after(once, [copyPath(once, pathOf(once, "s1"), "c2")]);
    expect(twice.paths.slice(0, 3).map(({ name }) => name)).toEqual(["S1", "S1 (copy 2)", "S1 (copy)"]);
    expect(pathOf(twice, "c1").levels).toEqual(pathOf(started, "s1").levels);
    const long = after(started, [editPath({ id: "s1" }, { name: "x".repeat(LIMITS.name) })]);
    const copied = after(long, [copyPath(long, pathOf(long, "s1"), "c3")]);
    expect(pathOf(copied, "c3").name).toBe(`${"x".repeat(LIMITS.name - 7)} (copy)`);
  });

  it("moves one place, and no further than the ends", () => {
    const names = (command: MatrixCommand | null) =>
      command &&
      after(started, [command])
        .paths.map(({ id }) => id)
        .slice(0, 3);
    expect(names(placePath(started, "s2", -1))).toEqual(["s2", "s1", "s3"]);
    expect(names(placePath(started, "s2", 1))).toEqual(["s1", "s3", "s2"]);
    expect(placePath(started, "s1", -1)).toBeNull();
    expect(placePath(started, "disagreement", 1)).toBeNull();
    expect(
      after(
        started,
        [placePath(started, "risk", 1)].filter((one) => one !== null),
      ).paths.at(-1)?.id,
    ).toBe("risk");
  });

  it("applies to a duty by itself, else through its domain", () => {
    const [domain] = started.domains;
    const inside = started.duties.filter(({ domainId }) => domainId === domain?.id);
    if (!domain || !inside[0]) throw new Error("The library has duties.");
    const matrix = after(started, [
      { type: "domain.escalate", domainId: domain.id, pathId: "s1" },
      { type: "duty.edit", dutyId: inside[0].id, set: { pathId: "security" } },
    ]);
    expect(dutiesUsing(matrix, "s1")).toBe(inside.length - 1);
    expect(dutiesUsing(matrix, "security")).toBe(1);
    expect(dutiesUsing(matrix, null)).toBe(started.duties.length - inside.length);
  });

  it("is added a level that goes on in the rhythm of the last two", () => {
    const level = { calls: [], channels: [], decides: false, may: "" };
    const at = (...minutes: number[]) =>
      nextMinutes(Object.fromEntries(minutes.map((one, i) => [String(i), { ...level, minutes: one }])));
    expect([at(), at(0), at(30, 0), at(0, 0), at(0, LIMITS.pathMinutes)]).toEqual([0, 15, 60, 15, LIMITS.pathMinutes]);
  });

  it("takes whole minutes alone", () => {
    expect(
      ["", " 15 ", "0", "100800", "100801", "-1", "1.5", "soon", "1e3"].map((one) => minutesTyped(one, 0)),
    ).toEqual([null, 15, 0, 100_800, undefined, undefined, undefined, undefined, undefined]);
    expect(minutesTyped("0", 1)).toBeUndefined();
  });
});

describe("the log of a path's edits", () => {
  const s1 = pathOf(started, "s1");
  const told = (...commands: MatrixCommand[]) => {
    const next = after(started, commands);
    return describeStructure(next, diffMatrices(started, next));
  };
  const second = s1.levels["s1-2"];
  if (!second) throw new Error("S1 has a second level.");

  it("says which field changed, and what it says now", () => {
    expect(told(editPath(s1, { clock: { kind: "working-hours", partyId: "client" }, decisionTarget: 45 }))).toEqual([
      "The escalation path S1: “Clock” is now “The working hours of Halden”.",
      "The escalation path S1: “Target: somebody may decide within” is now “45 minutes”.",
    ]);
    expect(told(editPath(s1, { examples: "" }))).toEqual(["The escalation path S1: “Examples” was taken out."]);
    expect(told(editPath(s1, { examples: "A long text. ".repeat(20) }))).toEqual([
      "The escalation path S1: “Examples” changed.",
    ]);
  });

  it("says which level changed and what of it, came or went", () => {
    const level = "The escalation path S1: “Level: after 15 minutes”";
    expect(told(setLevel(s1, "s1-2", { ...second, minutes: 20 }))).toEqual([
      `${level} has “After 20 minutes” instead of “After 15 minutes”.`,
    ]);
    expect(told(setLevel(s1, "s1-2", { ...second, decides: true }))).toEqual([
      `${level} has “may decide” in addition.`,
    ]);
    expect(told(setLevel(s1, "s1-2", { ...second, calls: second.calls.slice(0, 2) }))).toEqual([
      `${level} has “IT lead (Halden), across” no longer.`,
    ]);
    expect(told(setLevel(s1, "s1-2", { ...second, channels: ["sms", "phone"] }))).toEqual([
      `${level} has “SMS, then phone” instead of “phone, then bridge call, then SMS”.`,
    ]);
    expect(told(setLevel(s1, "s1-2", { ...second, calls: second.calls.toReversed() }))).toEqual([`${level} changed.`]);
    expect(told(setLevel(s1, "s1-2", null))).toEqual([`${level} was taken out.`]);
    expect(told(setLevel(s1, "new", { ...second, minutes: 90, calls: [], channels: ["phone"], may: "" }))).toEqual([
      "The escalation path S1: “Level: after 1 hour 30 minutes” was added: “After 1 hour 30 minutes: nobody is called. phone”.",
    ]);
  });

  it("says a new name once, and which path a domain names", () => {
    expect(told(editPath(s1, { name: "P1" }))).toEqual(["The escalation path S1 was renamed to P1."]);
    const domain = started.domains[0];
    if (!domain) throw new Error("The library has domains.");
    expect(told({ type: "domain.escalate", domainId: domain.id, pathId: "s1" })).toEqual([
      `The domain ${domain.name}: “Escalation path of its duties” was added: “S1”.`,
    ]);
  });

  it("stays readable where the path went since", () => {
    const next = after(started, [editPath(s1, { repeats: 1 })]);
    const gone = applyCommand(next, { type: "thing.delete", part: "paths", thingId: "s1" });
    expect(gone.ok && describeStructure(gone.value, diffMatrices(started, next))).toEqual([
      "The escalation path deleted since: “Begins again” is now “Once, from the first level”.",
    ]);
  });
});
