import fc from "fast-check";
import { expect, it } from "vitest";
import { applyCommands, applyCommand } from "~/domain/editing/apply-command";
import { compareDuties } from "~/domain/changes/comparison";
import { diffMatrices, isEmptyDiff } from "~/domain/changes/diff";
import { firstProblem } from "~/domain/parts/invariants";
import type { Matrix } from "~/domain/matrix/matrix";
import { editRefusal, SIDES } from "~/domain/engagement/permissions";
import { restoredDraft } from "~/domain/editing/restore";
import { canonicalText } from "~/domain/version/snapshot";
import { arbitraryCommands, arbitraryMatrix } from "../support/arbitraries";

const RUNS = { numRuns: 1_000, seed: 20_261_125 };
const text = (matrix: Parameters<typeof canonicalText>[0]["matrix"]) =>
  canonicalText({ matrix, number: 1, previous: null });

function restore(draft: Matrix, version: Matrix): Matrix {
  const target = restoredDraft(draft, version, "client");
  if (!target.ok) throw new Error(target.rejection.message);
  return target.value;
}

it("restoring a version gives a sound draft that agrees the same, by one edit that speaks for nobody and can be taken back", () => {
  fc.assert(
    fc.property(arbitraryMatrix, arbitraryCommands, (version, commands) => {
      const draft = applyCommands(version, commands).matrix;
      const target = restore(draft, version);
      expect(firstProblem(target)).toBeNull();
      expect(text({ ...target, accepted: {} })).toBe(text({ ...version, accepted: {} }));
      expect(compareDuties(version, target).changed).toBe(0);
      const diff = diffMatrices(draft, target);
      for (const side of SIDES) {
        const own = restoredDraft(draft, version, side);
        if (own.ok && side !== "third-party")
          expect(
            editRefusal({ side, permission: "owner" }, draft, own.value, diffMatrices(draft, own.value)),
          ).toBeNull();
      }
      if (isEmptyDiff(diff)) return;
      const there = applyCommand(draft, { type: "diff.apply", diff });
      expect(there.ok && there.value).toEqual(target);
    }),
    RUNS,
  );
});

it("restoring twice is restoring once, and restoring the draft changes nothing", () => {
  fc.assert(
    fc.property(arbitraryMatrix, arbitraryCommands, (version, commands) => {
      const draft = applyCommands(version, commands).matrix;
      const once = restore(draft, version);
      expect(restore(once, version)).toEqual(once);
      expect(restore(draft, draft)).toEqual(draft);
    }),
    RUNS,
  );
});
