import { afterEach, describe, expect, it } from "vitest";
import { blockerWords, findBlockers } from "~/domain/findings/blockers";
import { PART_BLOCKERS } from "~/domain/findings/part-findings";
import { stopSentences, signingRequirements } from "~/domain/signing/sign-readiness";
import { aDuty, aMatrix, cells } from "../support/matrices";

const settled = aDuty({ letters: cells({ "it-lead": "A", "it-team": "R" }) });
afterEach(() => delete PART_BLOCKERS.roles);

describe("what stops signing", () => {
  it("is said in the same sentence wherever it is said", () => {
    const matrix = aMatrix({ duties: [aDuty()] });
    const words = "SUP-01 “Answer user calls”: Nobody does it and nobody answers for it. Give it to somebody.";
    expect(findBlockers(matrix)).toEqual([
      {
        part: "duties",
        id: "duty-1",
        code: "SUP-01",
        title: "Answer user calls",
        sentence: "Nobody does it and nobody answers for it. Give it to somebody.",
      },
    ]);
    expect(findBlockers(matrix).map(blockerWords)).toEqual([words]);
    expect(
      stopSentences(
        signingRequirements(matrix, {
          today: "2026-11-27",
          blockers: findBlockers(matrix),
          holders: [],
          signers: { client: 1, provider: 1 },
        }),
      ),
    ).toContain(words);
  });

  it("is also what another kind of thing finds that stops it, and nothing less", () => {
    const matrix = aMatrix({ duties: [settled] });
    const finding = { roleIds: [], dutyIds: [], why: "", fixes: [], about: "", accepted: null, rule: "empty" as const };
    PART_BLOCKERS.roles = () => [
      { ...finding, key: "empty.path-1", severity: "blocker", title: "The path at night leads to nobody." },
      { ...finding, key: "empty.path-2", severity: "warning", title: "The path is long." },
    ];
    expect(findBlockers(matrix)).toEqual([
      { part: "roles", id: "path-1", code: "", title: "", sentence: "The path at night leads to nobody." },
    ]);
    expect(findBlockers(matrix).map(blockerWords)).toEqual(["The path at night leads to nobody."]);
  });
});
