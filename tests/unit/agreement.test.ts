import { describe, expect, it } from "vitest";
import {
  agreementOf,
  validRuling,
  coveringPartyName,
  validMark,
  isReopened,
  termsHash,
} from "~/domain/agreement/agreement";
import { applyCommands, applyCommand } from "~/domain/editing/apply-command";
import { matrixCommandSchema, type MatrixCommand } from "~/domain/editing/commands";
import { diffMatrices, invertDiff } from "~/domain/changes/diff";
import type { Matrix } from "~/domain/matrix/matrix";
import type { Duty } from "~/domain/matrix/shapes";
import { matrixSchema } from "~/domain/matrix/matrix";
import { editRefusal } from "~/domain/engagement/permissions";
import { upgradeMatrix } from "~/domain/version/upgrade";
import { aDuty, aMatrix, cells } from "../support/matrices";

const start = aMatrix({ duties: [aDuty({ letters: cells({ "it-lead": "A", "it-team": "R", "service-desk": "C" }) })] });
const dutyOf = (matrix: Matrix): Duty => matrix.duties[0] ?? aDuty();
const terms = termsHash(start, dutyOf(start));
const mark = (partyId: string, state: "agreed" | "disputed" | "open", position = "We do it."): MatrixCommand => ({
  type: "duty.mark",
  dutyId: "duty-1",
  partyId,
  state,
  position,
  terms,
});
const run = (matrix: Matrix, ...commands: MatrixCommand[]) => {
  const { matrix: after, rejected } = applyCommands(matrix, commands);
  expect(rejected).toEqual([]);
  return after;
};
const refused = (matrix: Matrix, command: MatrixCommand) => {
  const result = applyCommand(matrix, command);
  return result.ok ? null : result.rejection.message;
};

describe("agreement", () => {
  it("is agreed once both sides agree, disputed as soon as one disputes", () => {
    expect(agreementOf(start, dutyOf(start))).toBe("proposed");
    const one = run(start, mark("client", "agreed"));
    expect(agreementOf(one, dutyOf(one))).toBe("proposed");
    const both = run(one, mark("provider", "agreed"));
    expect(agreementOf(both, dutyOf(both))).toBe("agreed");
    const disputed = run(both, mark("provider", "disputed"));
    expect(agreementOf(disputed, dutyOf(disputed))).toBe("disputed");
  });
  it("opens again when the terms change and comes back with them", () => {
    const both = run(start, mark("client", "agreed"), mark("provider", "agreed"));
    const moved = run(both, { type: "duty.assign", dutyId: "duty-1", lens: "does", to: { partyId: "provider" } });
    expect([agreementOf(moved, dutyOf(moved)), isReopened(moved, dutyOf(moved), "client")]).toEqual(["proposed", true]);
    const back = run(moved, { type: "diff.apply", diff: invertDiff(diffMatrices(both, moved)) });
    expect(back).toEqual(both);
    expect(agreementOf(back, dutyOf(back))).toBe("agreed");
  });
  it("is refused on terms the person hasn't seen, by a third party, and for a dispute without a position", () => {
    const changed = run(start, { type: "duty.edit", dutyId: "duty-1", set: { boundary: "The desk logs it." } });
    expect(refused(changed, mark("client", "agreed"))).toMatch(/changed a moment ago/);
    expect(refused(start, mark("vendors", "agreed"))).toMatch(/Only the client and the provider/);
    expect(refused(start, mark("client", "disputed", " "))).toMatch(/Write one sentence/);
  });
});

describe("a ruling", () => {
  const ruling = { what: "The team keeps it.", by: "Mira", on: "2026-11-24", why: "They know the sites.", terms };
  const rule: MatrixCommand = { type: "duty.rule", dutyId: "duty-1", ruling };
  it("settles a dispute once both confirm it", () => {
    const disputed = run(start, mark("client", "agreed"), mark("provider", "disputed"), rule);
    expect(agreementOf(disputed, dutyOf(disputed))).toBe("disputed");
    const one = run(disputed, { type: "duty.confirm", dutyId: "duty-1", partyId: "client", terms });
    expect(validRuling(one, dutyOf(one))).toBeNull();
    const both = run(one, { type: "duty.confirm", dutyId: "duty-1", partyId: "provider", terms });
    expect(agreementOf(both, dutyOf(both))).toBe("agreed");
    expect(validMark(both, dutyOf(both), "provider")?.position).toBe("We do it.");
  });
  it("that is rewritten in any part stands confirmed by nobody", () => {
    const both = run(
      start,
      rule,
      { type: "duty.confirm", dutyId: "duty-1", partyId: "client", terms },
      { type: "duty.confirm", dutyId: "duty-1", partyId: "provider", terms },
    );
    expect(run(both, rule)).toBe(both);
    for (const part of [{ what: "The desk does." }, { why: "It is dearer." }, { by: "Omar" }, { on: "2026-11-25" }]) {
      const rewritten = run(both, { ...rule, ruling: { ...ruling, ...part } });
      expect(dutyOf(rewritten).ruling?.confirmed).toEqual([]);
      const forged = {
        ...both,
        duties: both.duties.map((duty) => ({ ...duty, ruling: duty.ruling && { ...duty.ruling, ...part } })),
      };
      const codes = (["client", "provider"] as const).map(
        (side) => editRefusal({ side, permission: "owner" }, both, forged, diffMatrices(both, forged))?.code,
      );
      expect(codes).toEqual(["not-your-mark", "not-your-mark"]);
    }
  });
  it("in the name of the person the matrix names counts with both sides' word alone, and never by nobody", () => {
    const named = run(start, { type: "matrix.settings", set: { ruler: "mira" } }, mark("provider", "disputed"), rule, {
      type: "duty.confirm",
      dutyId: "duty-1",
      partyId: "client",
      terms,
    });
    expect([agreementOf(named, dutyOf(named)), validRuling(named, dutyOf(named))]).toEqual(["disputed", null]);
    const both = run(named, { type: "duty.confirm", dutyId: "duty-1", partyId: "provider", terms });
    expect(agreementOf(both, dutyOf(both))).toBe("agreed");
    expect(refused(start, { type: "duty.rule", dutyId: "duty-1", ruling: { ...ruling, by: " " } })).toMatch(
      /Who ruled is empty/,
    );
  });
});

describe("standing and cover", () => {
  it("dates that end before they begin and unnamed risk owners are refused with a sentence", () => {
    expect(
      refused(start, {
        type: "duty.edit",
        dutyId: "duty-1",
        set: { coverPeriod: { partyId: "provider", from: "2026-12-02", to: "2026-12-01" } },
      }),
    ).toMatch(/ends before it begins/);
    expect(
      refused(start, { type: "matrix.terms", set: { effectiveDate: "2026-12-02", reviewDate: "2026-12-01" } }),
    ).toMatch(/review date is before the effective date/);
    expect(
      refused(start, {
        type: "duty.edit",
        dutyId: "duty-1",
        set: { standing: { kind: "declined", reason: "Too dear", riskOwner: "", until: "2027-01-01" } },
      }),
    ).toMatch(/risk owner is empty/);
    expect(
      refused(start, {
        type: "duty.edit",
        dutyId: "duty-1",
        set: { standing: { kind: "declined", reason: "", riskOwner: "Daniel", until: "2027-01-01" } },
      }),
    ).toMatch(/needs a reason/);
  });
});

it("cover never goes round in a circle: not to whoever does it, not among third parties", () => {
  const cover = (partyId: string) =>
    ({
      type: "duty.edit",
      dutyId: "duty-1",
      set: { coverPeriod: { partyId, from: "2026-12-01", to: "2026-12-24" } },
    }) as const;
  expect(refused(start, cover("client"))).toMatch(/Northwind does it already/);
  expect(refused(start, cover("nobody"))).toMatch(/party was deleted/);
  const covered = run(start, cover("provider"));
  const given = run(covered, { type: "duty.assign", dutyId: "duty-1", lens: "does", to: { partyId: "provider" } });
  expect(refused(given, { type: "duty.edit", dutyId: "duty-1", set: { cadence: "Weekly" } })).toBeNull();
  expect(refused(start, { type: "party.engage", partyId: "vendors", engagedBy: "vendors" })).not.toBeNull();
});

it("a cover period holds on its first and last day and gives the duty back by itself", () => {
  const covered = run(start, {
    type: "duty.edit",
    dutyId: "duty-1",
    set: { coverPeriod: { partyId: "provider", from: "2026-12-01", to: "2026-12-24" } },
  });
  expect(
    ["2026-11-30", "2026-12-01", "2026-12-24", "2026-12-25"].map((day) =>
      coveringPartyName(covered, dutyOf(covered), day),
    ),
  ).toEqual([null, "Harbour IT", "Harbour IT", null]);
});

describe("structure", () => {
  it("a merged role hands its letters over, and what it did is said once", () => {
    const merged = run(start, { type: "role.merge", roleId: "it-lead", intoId: "it-team" });
    expect(dutyOf(merged).letters).toEqual(cells({ "it-team": "A/R", "service-desk": "C" }));
    expect(merged.roles.find(({ id }) => id === "it-team")?.lead).toBe(true);
    expect(dutyOf(merged).suggestions.client).toEqual({ does: "it-team", answers: "it-team" });
  });
  it("a role moves to another party with its letters, and its party keeps a lead", () => {
    const moved = run(start, { type: "role.place", roleId: "it-lead", partyId: "provider", beforeId: null });
    expect(moved.roles.map(({ id, partyId, lead }) => [id, partyId, lead])).toEqual([
      ["it-team", "client", true],
      ["service-desk", "provider", true],
      ["vendor", "vendors", true],
      ["it-lead", "provider", false],
    ]);
    expect(refused(start, { type: "role.place", roleId: "service-desk", partyId: "client", beforeId: null })).toMatch(
      /only role of its party/,
    );
  });
  it("a merged domain's duties keep their codes", () => {
    const merged = run(start, { type: "domain.merge", domainId: "sup", intoId: "net" });
    expect([merged.domains.length, dutyOf(merged).domainId, dutyOf(merged).code]).toEqual([1, "net", "SUP-01"]);
  });
  it("RASCI knows S, and leaving it says what becomes of it", () => {
    expect(refused(start, { type: "duty.letters", dutyId: "duty-1", roleId: "vendor", letters: ["S"] })).toMatch(
      /uses RACI/,
    );
    const supported = run(
      start,
      { type: "matrix.scheme", scheme: "RASCI", supportBecomes: null },
      { type: "duty.letters", dutyId: "duty-1", roleId: "vendor", letters: ["S"] },
    );
    const left = run(supported, { type: "matrix.scheme", scheme: "RACI", supportBecomes: "C" });
    expect(dutyOf(left).letters.vendor).toEqual(["C"]);
  });
});

it("a matrix of form 1 is read as form 2", () => {
  const { accepted: _accepted, deleted: _deleted, settings, ...old } = start;
  const duties = old.duties.map(
    ({
      tools: _t,
      documentation: _d,
      knowledge: _k,
      searchWords: _n,
      decisions: _e,
      today: _y,
      earlyWin: _w,
      coverPeriod: _c,
      standing: _s,
      marks: _m,
      ruling: _r,
      ...duty
    }) => duty,
  );
  expect(
    matrixSchema.parse(
      upgradeMatrix({ ...old, schema: 1, settings: { accountability: settings.accountability }, duties }),
    ),
  ).toEqual(start);
});

it("the commands of every thing touch no kind that has commands of its own", () => {
  const matrix = aMatrix();
  for (const command of [
    { type: "thing.delete", part: "duties", thingId: "duty-1" },
    { type: "thing.edit", part: "parties", thingId: "client", set: { kind: "provider" } },
  ] as const)
    expect(applyCommand(matrix, command)).toMatchObject({ ok: false, rejection: { code: "part-unknown" } });
});

it("every kind of command is tried by the laws", async () => {
  const { arbitraryCommand } = await import("../support/arbitraries");
  const fc = await import("fast-check");
  const tried = new Set(fc.sample(arbitraryCommand, { numRuns: 3_000, seed: 1 }).map(({ type }) => type));
  const known = matrixCommandSchema.options.flatMap((option) => ("shape" in option ? [option.shape.type.value] : []));
  expect(known.filter((type) => !tried.has(type))).toEqual([]);
});
