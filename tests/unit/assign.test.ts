import { DEFAULT_SETTINGS } from "~/domain/version/upgrade";
import { describe, expect, it } from "vitest";
import { applyCommand } from "~/domain/editing/apply-command";
import { BLOCKER_SENTENCES } from "~/domain/findings/blocker-words";
import { cellText, lettersOf } from "~/domain/matrix/letters";
import type { Matrix } from "~/domain/matrix/matrix";
import type { Duty } from "~/domain/matrix/shapes";
import { columnKeyOf, type Lens, type Target } from "~/domain/matrix/owner";
import { findBlockers } from "~/domain/findings/blockers";
import { aDuty, aMatrix, cells } from "../support/matrices";

const worked = cells({ "it-lead": "A", "it-team": "R", "service-desk": "C" });

function drop(matrix: Matrix, to: Target, lens: Lens = "does"): Matrix {
  const result = applyCommand(matrix, { type: "duty.assign", dutyId: "duty-1", lens, to });
  if (!result.ok) throw new Error(result.rejection.message);
  return result.value;
}

function grid(matrix: Matrix): string[] {
  const duty = matrix.duties[0] ?? aDuty();
  return ["it-lead", "it-team", "service-desk", "vendor"].map((roleId) => cellText(lettersOf(duty, roleId)));
}

function start(duty: Partial<Duty> = {}, engagedBy = "client"): Matrix {
  const matrix = aMatrix({ duties: [aDuty({ letters: worked, ...duty })] });
  return {
    ...matrix,
    parties: matrix.parties.map((party) => (party.kind === "third-party" ? { ...party, engagedBy } : party)),
  };
}

describe("the worked table of the product", () => {
  it("gives the desk A/R when the duty is dropped on the MSP", () => {
    expect(grid(drop(start(), { partyId: "provider" }))).toEqual(["C", "I", "A/R", ""]);
  });
  it("keeps the client answering for a reserved duty", () => {
    expect(grid(drop(start({ reserved: true }), { partyId: "provider" }))).toEqual(["A", "I", "R", ""]);
  });
  it("has both do a shared duty, and a missing boundary note stops signing", () => {
    const shared = drop(start(), "shared");
    expect(grid(shared)).toEqual(["A", "R", "R", ""]);
    expect(findBlockers(shared).map(({ sentence }) => sentence)).toEqual([
      BLOCKER_SENTENCES["shared-without-boundary"],
    ]);
  });
  it("has the client answer for a vendor the client engages", () => {
    expect(grid(drop(start(), { partyId: "vendors" }))).toEqual(["A", "I", "C", "R"]);
  });
  it("has the MSP answer for a vendor the MSP engages", () => {
    expect(grid(drop(start({}, "provider"), { partyId: "vendors" }))).toEqual(["C", "I", "A", "R"]);
  });
});

describe("dropping a duty on a column", () => {
  it("changes nothing on the column it stands in", () => {
    const matrix = start();
    expect(drop(matrix, { partyId: "client" })).toBe(matrix);
  });
  it("keeps accountability with the client where the matrix says so", () => {
    const matrix = { ...start(), settings: { ...DEFAULT_SETTINGS, accountability: "stays-with-client" as const } };
    expect(grid(drop(matrix, { partyId: "provider" }))).toEqual(["A", "I", "R", ""]);
  });
  it("lets a reserved duty answered by the client beat who engages the vendor", () => {
    expect(grid(drop(start({ reserved: true }, "provider"), { partyId: "vendors" }))).toEqual(["A", "I", "C", "R"]);
  });
  it("clears only the work in the lens does, leaving who did it informed", () => {
    expect(grid(drop(start(), "unassigned"))).toEqual(["A", "I", "C", ""]);
  });
  it("clears only the answer in the lens answers, leaving who answered consulted", () => {
    expect(grid(drop(start(), "unassigned", "answers"))).toEqual(["C", "R", "C", ""]);
  });
  it("moves only the answer in the lens answers", () => {
    expect(grid(drop(start(), { partyId: "provider" }, "answers"))).toEqual(["C", "R", "A", ""]);
  });
  it("leaves exactly one A where several roles held it", () => {
    const matrix = start({ letters: cells({ "it-lead": "A", "it-team": "A/R", "service-desk": "A" }) });
    expect(columnKeyOf(matrix, matrix.duties[0] ?? aDuty(), "answers")).toBe("unassigned");
    expect(grid(drop(matrix, { partyId: "client" }, "answers"))).toEqual(["A", "R", "C", ""]);
  });
  it("takes the answer from a third party when the duty becomes shared", () => {
    const matrix = start({ letters: cells({ vendor: "A/R" }) });
    expect(grid(drop(matrix, "shared"))).toEqual(["A", "R", "R", "R"]);
  });
  it("falls back to a party's lead where the duty suggests nobody", () => {
    expect(grid(drop(start({ suggestions: {}, letters: {} }), { partyId: "client" }))).toEqual(["A/R", "", "", ""]);
  });
  it("refuses to let a third party answer, and says who can", () => {
    const result = applyCommand(start(), {
      type: "duty.assign",
      dutyId: "duty-1",
      lens: "answers",
      to: { partyId: "vendors" },
    });
    expect(result).toMatchObject({ ok: false, rejection: { code: "answers-third-party" } });
  });
  it("refuses a party that isn't there", () => {
    const result = applyCommand(start(), {
      type: "duty.assign",
      dutyId: "duty-1",
      lens: "does",
      to: { partyId: "nobody" },
    });
    expect(result).toMatchObject({ ok: false, rejection: { code: "party-gone" } });
  });
});

describe("setting one cell", () => {
  it("moves the A: whoever held it is consulted from now on", () => {
    const result = applyCommand(start(), {
      type: "duty.letters",
      dutyId: "duty-1",
      roleId: "service-desk",
      letters: ["R", "A"],
    });
    expect(result.ok && grid(result.value)).toEqual(["C", "R", "A/R", ""]);
  });
  it("takes a role out when no letter is left", () => {
    const result = applyCommand(start(), {
      type: "duty.letters",
      dutyId: "duty-1",
      roleId: "service-desk",
      letters: [],
    });
    expect(result.ok && result.value.duties[0]?.letters).toEqual(cells({ "it-lead": "A", "it-team": "R" }));
  });
});
