import fc from "fast-check";
import { expect, it } from "vitest";
import { agreementOf, termsHash } from "~/domain/agreement/agreement";
import { applyCommands, applyCommand } from "~/domain/editing/apply-command";
import { diffMatrices, invertDiff } from "~/domain/changes/diff";
import { isSigned, compactSignedTerms, expandedSignedTerms } from "~/domain/agreement/signed-terms";
import { arbitraryCommands, arbitraryMatrix } from "../support/arbitraries";
import { aDuty, aMatrix, cells } from "../support/matrices";

it("a brief beside its draft tells every duty's signed terms, and of no duty that the version doesn't have", () => {
  fc.assert(
    fc.property(arbitraryMatrix, arbitraryCommands, (version, commands) => {
      const draft = applyCommands(version, commands).matrix;
      const signed = expandedSignedTerms(compactSignedTerms(1, version, draft), draft);
      const hashes = new Map(version.duties.map((duty) => [duty.id, termsHash(version, duty)]));
      for (const { id } of draft.duties) expect(signed.of(id)).toBe(hashes.get(id) ?? null);
      expect(signed.of("nowhere")).toBeNull();
    }),
    { numRuns: 500, seed: 20_261_127 },
  );
});

it("what both sides signed is agreed by both as long as the terms are those and neither disputes", () => {
  const version = aMatrix({ duties: [aDuty({ letters: cells({ "it-lead": "A", "it-team": "R" }) })] });
  const signed = expandedSignedTerms(compactSignedTerms(1, version, version), version);
  const stands = (matrix: typeof version) =>
    agreementOf(matrix, matrix.duties[0] ?? aDuty(), isSigned(matrix, matrix.duties[0] ?? aDuty(), signed));
  expect(stands(version)).toBe("agreed");
  const changed = applyCommands(version, [
    { type: "duty.edit", dutyId: "duty-1", set: { doneWhen: "By noon" } },
  ]).matrix;
  expect(stands(changed)).toBe("proposed");
  const back = applyCommand(changed, { type: "diff.apply", diff: invertDiff(diffMatrices(version, changed)) });
  expect(back.ok && stands(back.value)).toBe("agreed");
  const disputed = applyCommands(version, [
    {
      type: "duty.mark",
      dutyId: "duty-1",
      partyId: "client",
      state: "disputed",
      position: "Not any more.",
      terms: termsHash(version, version.duties[0] ?? aDuty()),
    },
  ]).matrix;
  expect(stands(disputed)).toBe("disputed");
});
