import { describe, expect, it } from "vitest";
import { termsHash } from "~/domain/agreement/agreement";
import { applyDiff, diffMatrices, invertDiff } from "~/domain/changes/diff";
import { applyCommand, applyCommands } from "~/domain/editing/apply-command";
import { matrixCommandSchema, type MatrixCommand } from "~/domain/editing/commands";
import { findAll } from "~/domain/findings/findings";
import type { Authority } from "~/domain/matrix/escalation-shapes";
import { matrixSchema, type Matrix } from "~/domain/matrix/matrix";
import type { Duty } from "~/domain/matrix/shapes";
import { buildAmendment } from "~/domain/pack/amendment";
import { buildReport } from "~/domain/pack/report";
import { changeSentences } from "~/domain/pack/sentences";
import { blankAuthority } from "~/domain/parts/authorities";
import { firstProblem } from "~/domain/parts/invariants";
import { readCanonical } from "~/domain/version/read-canonical";
import { canonicalText } from "~/domain/version/snapshot";
import { readMatrixFile, writeJson } from "~/files/json.server";
import { aDuty, aMatrix } from "../support/matrices";

const authority = (fields: Partial<Authority> = {}): Authority => ({
  ...blankAuthority("spend"),
  name: "Unplanned spend",
  roleId: "it-lead",
  upTo: 5_000,
  currency: "EUR",
  ...fields,
});
const withDuty = (fields: Partial<Duty> = {}, ...authorities: Authority[]): Matrix =>
  aMatrix({ duties: [aDuty(fields)], authorities });
const named = withDuty({ authorityId: "spend" }, authority());
const text = (matrix: Matrix) => canonicalText({ matrix, number: 1, previous: null });
const name = (authorityId: string | null): MatrixCommand =>
  matrixCommandSchema.parse({ type: "duty.edit", dutyId: "duty-1", set: { authorityId } });
const after = (matrix: Matrix, ...commands: MatrixCommand[]): Matrix => {
  const { matrix: edited, rejected } = applyCommands(matrix, commands);
  expect(rejected).toEqual([]);
  return edited;
};

describe("the authority that a duty names", () => {
  it("is no part of the text while none is named, and is read back where one is", () => {
    expect(text(withDuty())).not.toContain("authority");
    expect(JSON.parse(text(withDuty()))).toMatchObject({ schema: 2 });
    expect(JSON.parse(text(named))).toMatchObject({ schema: 3, duties: [{ authorityId: "spend" }] });
    const read = readCanonical(text(named));
    expect(read.ok && text(read.value.matrix)).toBe(text(named));
  });

  it("reopens no mark while none is named, and reopens it where one is", () => {
    const [without] = withDuty().duties;
    const [duty] = named.duties;
    if (!without || !duty) throw new Error("There is a duty.");
    // The hash of the same duty before duties could name an authority.
    expect(termsHash(named, without)).toBe("2:5de8ccb89ebd32e6997292f0a8744572");
    expect(termsHash(named, duty)).not.toBe(termsHash(named, without));
  });

  it("is one that the matrix has", () => {
    expect(after(withDuty({}, authority()), name("spend")).duties[0]?.authorityId).toBe("spend");
    expect(after(named, name(null)).duties[0]?.authorityId).toBeNull();
    expect(applyCommand(named, name("gone"))).toMatchObject({
      ok: false,
      rejection: { message: "That authority was deleted. Choose another one." },
    });
    expect(firstProblem(withDuty({ authorityId: "gone" }))?.message).toContain("names something of the authorities");
    expect(
      matrixSchema.parse({ ...named, duties: [{ ...named.duties[0], authorityId: undefined }] }).duties[0],
    ).toMatchObject({
      authorityId: null,
    });
  });

  it("goes with the authority, comes back with it, and isn't brought back by a deleted duty that is restored", () => {
    const deleteIt: MatrixCommand = { type: "thing.delete", part: "authorities", thingId: "spend" };
    const without = after(named, deleteIt);
    expect(without.duties[0]?.authorityId).toBeNull();
    const undone = applyDiff(without, invertDiff(diffMatrices(named, without)));
    expect(undone.ok && undone.value).toEqual(named);
    const [duty] = named.duties;
    if (!duty) throw new Error("There is a duty.");
    // What was said of a duty keeps it where it is deleted.
    const terms = termsHash(named, duty);
    const restored = after(
      named,
      { type: "duty.mark", dutyId: "duty-1", partyId: "client", state: "disputed", position: "We pay.", terms },
      { type: "duty.delete", dutyId: "duty-1" },
      deleteIt,
      { type: "duty.restore", dutyId: "duty-1" },
    );
    expect(restored.duties[0]?.authorityId).toBeNull();
  });

  it("stands in what changed, in the terms of every format, and in the matrix file", () => {
    const before = withDuty({}, authority());
    expect(JSON.stringify(changeSentences(before, named, diffMatrices(before, named)))).toContain("Authority");
    const amendment = buildAmendment({
      base: {
        matrix: before,
        number: 1,
        status: "agreed",
        publishedAt: "2026-03-03T09:00:00.000Z",
        fingerprint: "f".repeat(64),
      },
      matrix: named,
      becomes: 2,
      ordinal: 1,
    });
    expect(JSON.stringify(amendment)).toContain("Unplanned spend");
    const report = buildReport({
      matrix: named,
      edition: {
        kind: "draft",
        differsFrom: null,
        exportedAt: "2026-03-03T09:00:00.000Z",
        fingerprint: "f".repeat(64),
        previousFingerprint: null,
        canonicalText: text(named),
      },
      changes: [],
      blockers: [],
    });
    expect(JSON.stringify(report.terms)).toContain('"label":"Authority","value":"Unplanned spend"');
    const file = readMatrixFile(writeJson(named));
    expect(file.ok && file.value).toEqual(named);
  });
});

describe("a limit on a duty", () => {
  const found = (limit: string, fields: Partial<Authority> | null = {}, more: Partial<Duty> = {}) =>
    findAll(withDuty({ decisions: { limit }, authorityId: fields && "spend", ...more }, authority(fields ?? {})), {
      today: "2026-11-27",
    }).filter(({ rule }) => rule === "authority-contradicted" || rule === "limit-without-authority");

  it.each([
    ["EUR 8,000", "“Up to” says EUR 8,000, and the authority “Unplanned spend” that it names ends at 5 000 EUR."],
    [
      "up to 5 001 EUR a month",
      "“Up to” says up to 5 001 EUR a month, and the authority “Unplanned spend” that it names ends at 5 000 EUR.",
    ],
    ["£100", "“Up to” says £100, and the authority “Unplanned spend” that it names is in EUR."],
    ["USD 100", "“Up to” says USD 100, and the authority “Unplanned spend” that it names is in EUR."],
    ["MAX 8000 EUR", "“Up to” says MAX 8000 EUR, and the authority “Unplanned spend” that it names ends at 5 000 EUR."],
    ["8000", "“Up to” says 8000, and the authority “Unplanned spend” that it names ends at 5 000 EUR."],
  ])("%s is found where it is more than the authority that the duty names, or in another currency", (limit, title) => {
    expect(found(limit).map((one) => [one.rule, one.severity, one.title.replaceAll("\u202F", " ")])).toEqual([
      ["authority-contradicted", "warning", title],
    ]);
    expect(found(limit)[0]).toMatchObject({ key: "authority-contradicted.duty-1", dutyIds: ["duty-1"] });
  });

  it.each([
    "EUR 5,000",
    "€ 5.000",
    "2 000 EUR",
    "Two laptops a month",
    "",
    "EUR 2,000 or USD 9,000",
    "8000 laptops",
    "MAX 8000",
    "10 000 %",
  ])("%s contradicts nothing", (limit) => {
    expect(found(limit)).toEqual([]);
  });

  it("contradicts no authority without an amount, and none where the duty doesn't apply", () => {
    expect(found("EUR 8,000", { upTo: null, currency: "" })).toEqual([]);
    expect(found("EUR 8,000", {}, { standing: { kind: "not-applicable", reason: "No" } })).toEqual([]);
  });

  it("is found where the duty names no authority and the matrix has some with an amount, all in one finding", () => {
    const matrix = aMatrix({
      duties: [1, 2, 3].map((n) =>
        aDuty({
          id: `duty-${n}`,
          code: `SUP-0${n}`,
          decisions: n === 3 ? { limit: "Two laptops" } : { limit: "EUR 8,000" },
        }),
      ),
      authorities: [authority()],
    });
    const only = (one: Matrix) =>
      findAll(one, { today: "2026-11-27" }).filter(({ rule }) => rule === "limit-without-authority");
    expect(only(matrix)).toMatchObject([
      {
        severity: "insight",
        title: "2 duties have a limit of money and name no authority.",
        dutyIds: ["duty-1", "duty-2"],
      },
    ]);
    expect(only({ ...matrix, authorities: [] })).toEqual([]);
  });
});
