import { describe, expect, it } from "vitest";
import { termsHash } from "~/domain/agreement/agreement";
import { diffMatrices } from "~/domain/changes/diff";
import { applyCommand } from "~/domain/editing/apply-command";
import { matrixCommandSchema } from "~/domain/editing/commands";
import { lookUp, lookUpIndex } from "~/domain/look-up/look-up";
import { kindWords, KINDS, type Pressure } from "~/domain/matrix/kinds";
import { firstProblem } from "~/domain/parts/invariants";
import { canonicalText } from "~/domain/version/snapshot";
import { upgradeMatrix } from "~/domain/version/upgrade";
import { matrixSchema } from "~/domain/matrix/matrix";
import { boardColumns, dutyFilter, isNarrowed, MARKED } from "~/ui/board/board-view";
import { groupsOf } from "~/ui/workshop/plan/choose-view";
import { aDuty, aMatrix, cells } from "../support/matrices";

const ANY = { query: "", domainId: "", owner: "", kind: "", role: "", only: "" };

function matrix() {
  return aMatrix({
    duties: [
      aDuty({ id: "a", stance: "defend", pressures: ["security"], letters: cells({ "it-lead": "A/R" }) }),
      aDuty({ id: "b", code: "SUP-02", stance: "invest", pressures: ["ai", "shadow-it"] }),
      aDuty({ id: "c", code: "SUP-03", stance: "invest" }),
    ],
  });
}

function edited(pressures: Pressure[]) {
  const result = applyCommand(matrix(), { type: "duty.edit", dutyId: "a", set: { pressures } });
  if (!result.ok) throw new Error(result.rejection.message);
  return result.value;
}

describe("the pressures of a duty", () => {
  it("stand once each and in their order, however they are chosen", () => {
    const after = edited(["security", "ai", "security"]);
    expect(after.duties[0]?.pressures).toEqual(["ai", "security"]);
    expect(firstProblem(after)).toBeNull();
    const command = { type: "duty.edit", dutyId: "a", set: { pressures: ["weather"] } };
    expect(matrixCommandSchema.safeParse(command).success).toBe(false);
  });
  it("out of their order are a problem of a file", () => {
    const { duties, ...rest } = matrix();
    const turned = duties.map((duty) => ({ ...duty, pressures: [...duty.pressures].reverse() }));
    expect(firstProblem({ ...rest, duties: turned })).toMatchObject({ path: "duties[1].pressures" });
  });
  it("are no part of what is signed or marked, and one step of what changed", () => {
    const [before, after] = [matrix(), edited(["ai"])];
    const text = (of: typeof before) => canonicalText({ matrix: of, number: 1, previous: null });
    expect(text(after)).toBe(text(before));
    const [old, changed] = [before.duties[0], after.duties[0]];
    expect(old && changed && termsHash(after, changed) === termsHash(before, old)).toBe(true);
    expect(diffMatrices(before, after).duties?.changed).toEqual([
      { id: "a", fields: { pressures: { before: ["security"], after: ["ai"] } } },
    ]);
  });
  it("are none where a matrix was stored before there were any", () => {
    const stored = { ...matrix(), duties: matrix().duties.map(({ pressures: _pressures, ...duty }) => duty) };
    expect(matrixSchema.parse(upgradeMatrix(stored)).duties.map(({ pressures }) => pressures)).toEqual([[], [], []]);
  });
  it("are said after what the duty is for", () => {
    expect(matrix().duties.map(kindWords)).toEqual(["Defend · Security risk", "Invest · AI, Shadow IT", "Invest"]);
  });
});

describe("a filter by kind and pressure", () => {
  const shown = (kind: string) =>
    matrix()
      .duties.filter(dutyFilter(matrix(), { ...ANY, kind }))
      .map(({ id }) => id);
  it("lets through the duties of a kind or a pressure, on board and matrix", () => {
    expect(Object.fromEntries(KINDS.map((kind) => [kind, shown(kind)]))).toEqual({
      defend: ["a"],
      invest: ["b", "c"],
      ai: ["b"],
      "hybrid-work": [],
      cloud: [],
      "shadow-it": ["b"],
      security: ["a"],
    });
    const columns = boardColumns(matrix(), { ...ANY, kind: "invest", lens: "answers" });
    expect(columns.reduce((sum, { count }) => sum + count, 0)).toBe(2);
  });
  it("leaves nothing out where each duty only says its own", () => {
    expect(shown(MARKED)).toEqual(["a", "b", "c"]);
    expect([isNarrowed(""), isNarrowed(MARKED), isNarrowed("ai")]).toEqual([false, false, true]);
  });
  it("narrows what a workshop may take up, paths included", () => {
    const groups = (kind: string) =>
      groupsOf(matrix(), { domains: [], duties: [], paths: [] }, { query: "", domain: "", kind, reason: "" });
    expect(groups("shadow-it").flatMap(({ choices }) => choices.map(({ key }) => key))).toHaveLength(1);
    expect(groups("").flatMap(({ choices }) => choices)).toHaveLength(3);
  });
});

it("who looks up a pressure finds the duties under it", () => {
  const found = lookUp(
    lookUpIndex(matrix(), () => ""),
    "shadow IT",
  );
  expect(found.duties.map(({ id }) => id)[0]).toBe("b");
});
