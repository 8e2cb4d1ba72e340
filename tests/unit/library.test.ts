import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { findAll } from "~/domain/findings/findings";
import { hasOpenFigure } from "~/domain/findings/wording";
import { LIMITS } from "~/domain/limits";
import { PRESSURES, pressuresInOrder, STANCES, type Pressure } from "~/domain/matrix/kinds";
import type { Matrix } from "~/domain/matrix/matrix";
import { findBlockers } from "~/domain/findings/blockers";
import { firstProblem, problems } from "~/domain/parts/invariants";
import { holdersOf } from "~/domain/matrix/letters";
import { matrixSchema } from "~/domain/matrix/matrix";
import { isShared, ownerOf, partiesHolding } from "~/domain/matrix/owner";
import { LIBRARY } from "~/library/library";
import { PRESETS } from "~/library/presets";
import { isLibraryRole } from "~/library/role-for";
import { sampleMatrix } from "~/library/sample";
import { PRESET_IDS, type PresetId } from "~/library/schema";
import { blankMatrix, matrixFromLibrary } from "~/library/start-matrix";
import { startingAuthorities, startingContainments } from "~/library/starting-authorities";
import { startingConversations } from "~/library/starting-conversations";
import { startingPaths } from "~/library/starting-paths";

const names = { client: "Northwind", provider: "Harbour IT", agreementReference: "MSA-1" };
const SHARED_AT_MOST = {
  shared: 0.3,
  "provider-led": 0.2,
  "security-night": 0.2,
  projects: 0.2,
  "first-line": 0.2,
} satisfies Record<PresetId, number>;
const LONG = "N".repeat(LIMITS.name);
/** Words that say nothing to whoever reads a contract: the names of the parties and roles stand there. */
const UNDEFINED_TERMS = /\bMSP\b|\bSOC\b(?! 2)|internal IT|the (client|provider|desk|engineer|vCIO|IT lead)\b|\bour\b/i;
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

/** How many duties of each domain matrices have begun with. Their ids stay, whatever becomes of their codes and texts. */
const FIRST_COUNTS = {
  ...{ gov: 9, str: 5, sup: 9, iam: 11, end: 9, srv: 8, net: 8, msg: 8, app: 7, vul: 9 },
  ...{ mon: 8, inc: 11, bck: 10, ast: 9, chg: 8, cmp: 10, aig: 5, saa: 4, hyb: 3 },
};

/** A matrix with everything that it is offered to start from. Its domains name the path that suits most duties. */
function withEscalation(matrix: Matrix): Matrix {
  return {
    ...matrix,
    paths: startingPaths(matrix),
    authorities: startingAuthorities(matrix),
    containments: startingContainments(matrix),
    conversations: startingConversations(matrix),
  };
}

describe("the duty library", () => {
  it("has the duties that a contract between two IT teams needs, and says so in the readme", () => {
    expect(LIBRARY.duties.length).toBe(181);
    expect(readFileSync("README.md", "utf8")).toContain(
      `${LIBRARY.duties.length} duties in ${LIBRARY.domains.length} domains, what people call them, five presets`,
    );
    expect(PRESETS.map(({ id }) => id)).toEqual([...PRESET_IDS]);
  });
  it("keeps the id of each duty that a matrix may have begun with", () => {
    const ids = new Set(LIBRARY.duties.map(({ id }) => id));
    for (const [domain, count] of Object.entries(FIRST_COUNTS))
      for (let i = 1; i <= count; i++) expect(ids).toContain(`${domain}-${String(i).padStart(2, "0")}`);
  });
  it("names parties and roles by words in braces alone, and promises no figure that nobody agreed", () => {
    for (const { code, presets, ...duty } of LIBRARY.duties) {
      const texts = [duty.text, duty.doneWhen, duty.workshopQuestion, ...Object.values(presets).map((p) => p.boundary)];
      for (const text of texts) {
        for (const [, word = ""] of text.matchAll(/[{]([^}]*)[}]/g))
          expect(word === "client" || word === "provider" || isLibraryRole(word), `${code}: ${word}`).toBe(true);
        expect(text.replaceAll(/[{][^}]*[}]/g, ""), code).not.toMatch(UNDEFINED_TERMS);
        for (const [bracketed] of text.matchAll(/\[[^\]]*\]/g)) expect(hasOpenFigure(bracketed), code).toBe(true);
      }
      for (const text of [duty.text, duty.doneWhen, ...Object.values(presets).map((p) => p.boundary)])
        expect(text, code).not.toMatch(
          /\d+ (minutes|hours|days)|(one|two|five|ten|thirty) (working )?(hours?|days)\b|\b(the|inside|within) (target|limit)\b|agreed time(?!\])/,
        );
    }
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
  it("says of most duties which pressures make them matter, each pressure with duties that defend and that invest", () => {
    const { duties } = LIBRARY;
    for (const { code, pressures } of duties) expect(pressures, code).toEqual(pressuresInOrder(pressures));
    const counts = Object.fromEntries(
      PRESSURES.map((pressure) => {
        const of = duties.filter(({ pressures }) => pressures.includes(pressure));
        return [pressure, STANCES.map((stance) => of.filter((duty) => duty.stance === stance).length)];
      }),
    );
    expect(counts).toEqual({
      ai: [2, 6],
      "hybrid-work": [13, 2],
      cloud: [14, 6],
      "shadow-it": [9, 5],
      security: [75, 5],
    });
    expect(duties.filter(({ stance }) => stance === "invest").length).toBe(38);
    // A duty that any year would have, such as a first-line fault, is no answer to a pressure.
    expect(duties.filter(({ pressures }) => pressures.length === 0).length).toBe(68);
    expect(duties.filter(({ pressures }) => pressures.length > 2).length).toBeLessThan(10);
    const among = (domainId: string, pressure: Pressure) =>
      duties.filter((duty) => duty.domainId === domainId).every(({ pressures }) => pressures.includes(pressure));
    expect([
      among("aig", "ai"),
      among("hyb", "hybrid-work"),
      among("mon", "security"),
      among("vul", "security"),
    ]).toEqual([true, true, true, true]);
  });
  it("covers the five pressures and strategy with duties of their own", () => {
    const codes = LIBRARY.domains.map(({ code }) => code);
    for (const code of ["STR", "AIG", "SAA", "HYB"]) {
      expect(codes).toContain(code);
      expect(LIBRARY.duties.filter((duty) => duty.code.startsWith(code)).length).toBeGreaterThanOrEqual(3);
    }
  });
  it("suggests for client and provider who does and who answers, each a role of that side", () => {
    for (const preset of PRESET_IDS) {
      const { roles, duties } = matrixFromLibrary({ ...names, preset });
      const of = (partyId: string) => [
        ...roles.filter((role) => role.partyId === partyId).map(({ id }) => id),
        // The party's lead.
        ...(preset === "shared" ? [] : [null]),
      ];
      for (const { suggestions } of duties)
        for (const side of ["client", "provider"]) {
          expect(of(side)).toContain(suggestions[side]?.does);
          expect(of(side)).toContain(suggestions[side]?.answers);
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
  it.each([
    ["with nothing else", matrix],
    [
      "between parties with the longest names",
      matrixFromLibrary({ client: LONG, provider: LONG, agreementReference: "", preset: id }),
    ],
    ["with the escalation that it is offered", withEscalation(matrix)],
  ])("has no warning at its beginning, %s", (_with, begun) => {
    const found = findAll(begun, { today: "2026-11-27" }).filter(({ severity }) => severity !== "insight");
    expect(found.map(({ title }) => title)).toEqual([]);
    expect([...problems(begun)]).toEqual([]);
  });
  it("shows as insights which figures are open and which duties are written down nowhere yet", () => {
    const found = findAll(matrix, { today: "2026-11-27" });
    expect([...new Set(found.map(({ rule }) => rule))].sort()).toEqual(["unfilled", "unwritten"]);
    const open = matrix.duties.filter(({ doneWhen, boundary }) => /\[agreed /.test(doneWhen + boundary));
    expect(found.find(({ rule }) => rule === "unfilled")?.dutyIds).toEqual(open.map((duty) => duty.id));
  });
  it("has only roles that do or answer for something, and names no other in its texts", () => {
    for (const role of matrix.roles)
      expect(
        matrix.duties.some((duty) => holdersOf(duty, "A").includes(role.id) || holdersOf(duty, "R").includes(role.id)),
        role.name,
      ).toBe(true);
    const others = PRESET_IDS.flatMap((preset) => matrixFromLibrary({ ...names, preset }).roles).filter(
      ({ name }) => !matrix.roles.some((role) => name.toLowerCase().includes(role.name.toLowerCase())),
    );
    const texts = matrix.duties.flatMap((duty) => [duty.text, duty.doneWhen, duty.workshopQuestion, duty.boundary]);
    for (const { name } of others)
      expect(
        texts.filter((text) => new RegExp(`\\b${name}\\b`).test(text)),
        name,
      ).toEqual([]);
    expect(JSON.stringify({ ...matrix, clauses: [], definitions: [] })).not.toMatch(/[{][a-zA-Z]+[}]/);
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
  it("shares few duties, and says of each which part is whose and what is handed over where one side does it for the other", () => {
    const shared = matrix.duties.filter((duty) => isShared(matrix, duty));
    expect(shared.length / matrix.duties.length).toBeLessThanOrEqual(SHARED_AT_MOST[id]);
    for (const duty of matrix.duties) {
      const [doer, ...others] = partiesHolding(matrix, duty, "R");
      const isOneSides = others.length === 0 && doer?.id === ownerOf(matrix, duty)?.id;
      if (isOneSides) expect(duty.boundary, duty.code).toBe("");
      else expect(duty.boundary.length, duty.code).toBeGreaterThan(80);
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
