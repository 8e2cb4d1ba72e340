import { describe, expect, it } from "vitest";
import { isDecliningConfirmed, riskPartyOf, termsHash } from "~/domain/agreement/agreement";
import { describeStep } from "~/domain/changes/describe-log";
import { diffMatrices } from "~/domain/changes/diff";
import { applyCommand, applyCommands } from "~/domain/editing/apply-command";
import type { MatrixCommand } from "~/domain/editing/commands";
import { editRefusal, type Access } from "~/domain/engagement/permissions";
import { findBlockers } from "~/domain/findings/blockers";
import { dutyFindings } from "~/domain/findings/findings";
import { matrixSchema, type Matrix } from "~/domain/matrix/matrix";
import type { Duty } from "~/domain/matrix/shapes";
import { canonicalText } from "~/domain/version/snapshot";
import { aDuty, aMatrix, cells } from "../support/matrices";

const DECLINE: MatrixCommand = {
  type: "duty.edit",
  dutyId: "duty-1",
  set: { standing: { kind: "declined", reason: "Too dear", riskOwner: "Daniel Okafor", until: "2027-01-01" } },
};
const PROVIDER: Access = { side: "provider", permission: "owner" };
const CLIENT: Access = { side: "client", permission: "editor" };
const SENTENCE = "It is declined, and the client hasn't confirmed that. Have it confirmed, or let it apply.";

function after(matrix: Matrix, ...commands: MatrixCommand[]): Matrix {
  const applied = applyCommands(matrix, commands);
  expect(applied.rejected).toEqual([]);
  return applied.matrix;
}

function declined(): Matrix {
  return after(
    aMatrix({ duties: [aDuty({ letters: cells({ "it-lead": "A", "service-desk": "R" }), boundary: "Note" })] }),
    DECLINE,
  );
}

function dutyOf(matrix: Matrix): Duty {
  const [duty] = matrix.duties;
  if (!duty) throw new Error("The matrix has no duty.");
  return duty;
}

const confirms = (matrix: Matrix, partyId = "client"): MatrixCommand => ({
  type: "duty.mark",
  dutyId: "duty-1",
  partyId,
  state: "agreed",
  position: "",
  terms: termsHash(matrix, dutyOf(matrix)),
  confirms: "declining",
});
const agrees = (matrix: Matrix): MatrixCommand => {
  const { confirms: _confirms, ...mark } = { confirms: undefined, ...confirms(matrix) };
  return mark as MatrixCommand;
};
const blockers = (matrix: Matrix) => findBlockers(matrix).map(({ sentence }) => sentence);

describe("a declined duty", () => {
  it("stops signing until the client, who bears the risk, confirms it", () => {
    const matrix = declined();
    expect(riskPartyOf(matrix, dutyOf(matrix))?.id).toBe("client");
    expect(blockers(matrix)).toEqual([SENTENCE]);
    const confirmed = after(matrix, confirms(matrix));
    expect([isDecliningConfirmed(confirmed, dutyOf(confirmed)), blockers(confirmed)]).toEqual([true, []]);
  });
  it("is not confirmed by a mark that merely agrees, nor by whoever doesn't bear the risk", () => {
    const matrix = declined();
    expect(blockers(after(matrix, agrees(matrix)))).toEqual([SENTENCE]);
    expect(applyCommand(matrix, confirms(matrix, "provider"))).toMatchObject({
      ok: false,
      rejection: {
        code: "not-your-risk",
        message: "Northwind bears the risk of SUP-01, so only Northwind confirms that it is declined.",
      },
    });
  });
  it("waits again once anything of it changes, and an undo brings the confirmation back", () => {
    const matrix = declined();
    const confirmed = after(matrix, confirms(matrix));
    const later = after(confirmed, {
      type: "duty.edit",
      dutyId: "duty-1",
      set: { standing: { kind: "declined", reason: "Too dear", riskOwner: "Daniel Okafor", until: "2030-01-01" } },
    });
    expect(blockers(later)).toEqual([SENTENCE]);
    expect(blockers(after(later, DECLINE))).toEqual([]);
  });
  it("stays confirmed where the client agrees once more, and no longer once it takes its mark back or disputes", () => {
    const matrix = declined();
    const confirmed = after(matrix, confirms(matrix));
    expect(blockers(after(confirmed, agrees(confirmed)))).toEqual([]);
    expect(blockers(after(confirmed, { ...agrees(confirmed), state: "open" } as MatrixCommand))).toEqual([SENTENCE]);
    expect(
      blockers(after(confirmed, { ...agrees(confirmed), state: "disputed", position: "We can't" } as MatrixCommand)),
    ).toContain(SENTENCE);
  });
  it("offers its two ways out, of which the first is the client's alone", () => {
    const matrix = declined();
    const [finding] = dutyFindings(matrix, dutyOf(matrix), { today: "2026-06-01" });
    expect(finding).toMatchObject({ rule: "declining-unconfirmed", severity: "blocker" });
    expect(finding?.fixes).toEqual([
      { label: "Northwind confirms", partyId: "client", commands: [confirms(matrix)] },
      { label: "It applies", commands: [{ type: "duty.edit", dutyId: "duty-1", set: { standing: null } }] },
    ]);
  });
  it("is confirmed only by people of the client, whatever the provider sends", () => {
    const matrix = declined();
    const confirmed = after(matrix, confirms(matrix));
    const diff = diffMatrices(matrix, confirmed);
    expect(editRefusal(PROVIDER, matrix, confirmed, diff)?.code).toBe("not-your-mark");
    expect(editRefusal(CLIENT, matrix, confirmed, diff)).toBeNull();
    const [agreed] = [after(matrix, agrees(matrix))];
    expect(editRefusal(PROVIDER, agreed, confirmed, diffMatrices(agreed, confirmed))?.code).toBe("not-your-mark");
  });
  it("says in the log who confirmed it", () => {
    const matrix = declined();
    const confirmed = after(matrix, confirms(matrix));
    expect(describeStep(confirmed, diffMatrices(matrix, confirmed)).flatMap(({ words }) => words)).toContain(
      "Northwind confirmed that it is declined, at its risk.",
    );
  });
  it("of a matrix that an earlier release stored is unconfirmed, and its text stays what it was", () => {
    const stored = JSON.parse(JSON.stringify(declined())) as unknown;
    const matrix = matrixSchema.parse(stored);
    expect(blockers(matrix)).toEqual([SENTENCE]);
    const text = canonicalText({ matrix, number: 1, previous: null });
    expect(text).not.toContain("confirms");
    const confirmed = after(matrix, confirms(matrix));
    expect(canonicalText({ matrix: confirmed, number: 1, previous: null })).toBe(text);
  });
  it("is what a confirmation is of: a duty that applies has none", () => {
    const matrix = aMatrix({ duties: [aDuty({ letters: cells({ "it-lead": "A/R" }) })] });
    expect(applyCommand(matrix, confirms(matrix))).toMatchObject({ ok: false, rejection: { code: "not-declined" } });
  });
});
