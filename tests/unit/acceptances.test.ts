import { describe, expect, it } from "vitest";
import { acceptanceRefusal } from "~/domain/editing/acceptances";
import { applyCommands } from "~/domain/editing/apply-command";
import { diffMatrices } from "~/domain/changes/diff";
import type { Matrix } from "~/domain/matrix/matrix";
import type { Acceptance, Duty, PartyKind } from "~/domain/matrix/shapes";
import { editRefusal } from "~/domain/engagement/permissions";
import { aDuty, aMatrix } from "../support/matrices";

const given = { reason: "It is known.", by: "Anna", on: "2026-11-27", about: "0".repeat(32) };
const mark = { state: "disputed" as const, position: "We see it otherwise.", terms: "2:0" };
const DUTIES: Record<string, Partial<Duty>> = {
  plain: {},
  reserved: { reserved: true },
  "disputed by the client": { marks: { client: mark } },
  "disputed by the provider": { marks: { provider: mark } },
};
const SIDES: Record<string, PartyKind> = { client: "client", provider: "provider" };
const STANDS: Record<string, Acceptance | null> = {
  open: null,
  "accepted by the client": { ...given, partyId: "client" },
  "accepted by the provider": { ...given, partyId: "provider" },
  "accepted before parties were named": given,
};

describe("what the screen offers of an acceptance is what the server takes", () => {
  for (const [duty, fields] of Object.entries(DUTIES))
    for (const key of ["vague-duty.duty-1", "dispute-reopened.duty-1", "undocumented", "vague-role.it-team"])
      for (const [stands, before] of Object.entries(STANDS)) {
        it(`of ${key}, ${stands}, on a duty that is ${duty}`, () => {
          const matrix: Matrix = aMatrix({ duties: [aDuty(fields)], accepted: before ? { [key]: before } : {} });
          for (const [partyId, side] of Object.entries(SIDES)) {
            const offered = acceptanceRefusal(matrix, partyId, { key, before, after: null });
            const { matrix: after } = applyCommands(matrix, [
              { type: "finding.accept", key, acceptance: before ? null : { ...given, partyId } },
            ]);
            expect(after).not.toEqual(matrix);
            expect(editRefusal({ side, permission: "editor" }, matrix, after, diffMatrices(matrix, after))).toEqual(
              offered?.rejection ?? null,
            );
          }
        });
      }

  it("somebody of neither side is told whose it is", () => {
    const matrix = aMatrix({ duties: [aDuty({ reserved: true })] });
    expect(acceptanceRefusal(matrix, null, { key: "vague-duty.duty-1", before: null, after: null })?.owner).toBe(
      "Northwind",
    );
    expect(acceptanceRefusal(matrix, "client", { key: "vague-duty.duty-1", before: null, after: null })).toBeNull();
  });
});
