import { describe, expect, it } from "vitest";
import { findBlockers } from "~/domain/findings/blockers";
import { firstProblem, problems } from "~/domain/parts/invariants";
import { holdersOf } from "~/domain/matrix/letters";
import { matrixSchema } from "~/domain/matrix/matrix";
import { isShared, ownerOf } from "~/domain/matrix/owner";
import { LIBRARY } from "~/library/library";
import { PRESETS } from "~/library/presets";
import { sampleMatrix } from "~/library/sample";
import { blankMatrix, matrixFromLibrary } from "~/library/start-matrix";

const names = { client: "Northwind", provider: "Harbour IT", agreementReference: "MSA-1" };
const SHARED_AT_MOST = { shared: 0.3, "provider-led": 0.2, "first-line": 0.2 };
const CSF = [
  "GV.OC",
  "GV.RM",
  "GV.RR",
  "GV.PO",
  "GV.OV",
  "GV.SC",
  "ID.AM",
  "ID.RA",
  "ID.IM",
  "PR.AA",
  "PR.AT",
  "PR.DS",
  "PR.PS",
  "PR.IR",
  "DE.CM",
  "DE.AE",
  "RS.MA",
  "RS.AN",
  "RS.CO",
  "RS.MI",
  "RC.RP",
  "RC.CO",
];
/** How many safeguards each of the eighteen CIS Controls v8.1 has. */
const CIS = [5, 7, 14, 12, 6, 8, 7, 12, 7, 7, 5, 8, 11, 9, 7, 14, 9, 5];

describe("the duty library", () => {
  it("has the 133 duties of its source and at least twelve more", () => {
    expect(LIBRARY.duties.length).toBeGreaterThanOrEqual(145);
  });
  it("gives every duty an id, a code and a text of its own", () => {
    for (const field of ["id", "code", "text"] as const)
      expect(new Set(LIBRARY.duties.map((duty) => duty[field])).size).toBe(LIBRARY.duties.length);
  });
  it("starts every duty with a verb phrase and says when it is done, how often, and what to ask", () => {
    for (const duty of LIBRARY.duties) {
      expect(duty.text).toMatch(/^[A-Z][a-z]+,? .{3,}[^.]$/);
      expect([duty.doneWhen, duty.cadence, duty.workshopQuestion].every((text) => text.length > 4)).toBe(true);
      expect(duty.workshopQuestion).toMatch(/[?]$/);
    }
  });
  it("names only framework numbers that exist", () => {
    for (const { code, cis, csf } of LIBRARY.duties) {
      for (const number of cis) {
        const [control = 0, safeguard = 0] = number.split(".").map(Number);
        expect(safeguard >= 1 && safeguard <= (CIS[control - 1] ?? 0), `${code} names CIS ${number}`).toBe(true);
      }
      for (const category of csf) expect(CSF, `${code} names ${category}`).toContain(category);
    }
    expect(new Set(LIBRARY.duties.flatMap(({ csf }) => csf)).size).toBe(CSF.length);
  });
  it("covers the five pressures and strategy with duties of their own", () => {
    const codes = LIBRARY.domains.map(({ code }) => code);
    for (const code of ["STR", "AIG", "SAA", "HYB"]) {
      expect(codes).toContain(code);
      expect(LIBRARY.duties.filter((duty) => duty.code.startsWith(code)).length).toBeGreaterThanOrEqual(3);
    }
  });
  it("suggests for client and provider who does and who answers, each a role of that side", () => {
    const { roles } = matrixFromLibrary({ ...names, preset: "shared" });
    const of = (partyId: string) => roles.filter((role) => role.partyId === partyId).map(({ id }) => id);
    for (const { suggestions } of LIBRARY.duties) {
      for (const side of ["client", "provider"] as const) {
        expect(of(side)).toContain(suggestions[side].does);
        expect(of(side)).toContain(suggestions[side].answers);
      }
    }
  });
});

describe.each(PRESETS)("the preset $id", ({ id }) => {
  const matrix = matrixFromLibrary({ ...names, preset: id });
  it("is a sound matrix without blockers", () => {
    expect(matrixSchema.safeParse(matrix).success).toBe(true);
    expect([...problems(matrix)]).toEqual([]);
    expect(findBlockers(matrix)).toEqual([]);
  });
  it("has exactly one A, one to three R and at most three C on every duty, and no vendor that answers", () => {
    for (const duty of matrix.duties) {
      expect(holdersOf(duty, "A"), duty.code).toHaveLength(1);
      expect(holdersOf(duty, "R").length, duty.code).toBeGreaterThanOrEqual(1);
      expect(holdersOf(duty, "R").length, duty.code).toBeLessThanOrEqual(3);
      expect(holdersOf(duty, "C").length, duty.code).toBeLessThanOrEqual(3);
      expect(ownerOf(matrix, duty), duty.code).not.toBeNull();
    }
  });
  it("has the client answer for every reserved duty", () => {
    for (const duty of matrix.duties.filter(({ reserved }) => reserved))
      expect(ownerOf(matrix, duty)?.kind, duty.code).toBe("client");
  });
  it("shares few duties, and says of each which part is whose", () => {
    const shared = matrix.duties.filter((duty) => isShared(matrix, duty));
    expect(shared.length / matrix.duties.length).toBeLessThanOrEqual(SHARED_AT_MOST[id]);
    for (const duty of matrix.duties) {
      if (isShared(matrix, duty)) expect(duty.boundary.length, duty.code).toBeGreaterThan(80);
      else expect(duty.boundary, duty.code).toBe("");
    }
    expect(new Set(shared.map(({ boundary }) => boundary)).size).toBe(shared.length);
  });
});

describe("other ways to begin", () => {
  it("a blank matrix has both sides with a lead and nothing to do", () => {
    const matrix = blankMatrix(names);
    expect(firstProblem(matrix)).toBeNull();
    expect(matrix.duties).toEqual([]);
    expect(matrix.roles.filter(({ lead }) => lead)).toHaveLength(2);
  });
  it("the sample engagement is sound and shows what still has to be settled", () => {
    const matrix = sampleMatrix("2026-11-27");
    expect(firstProblem(matrix)).toBeNull();
    expect(new Set(findBlockers(matrix).map(({ sentence }) => sentence)).size).toBeGreaterThanOrEqual(3);
  });
});
