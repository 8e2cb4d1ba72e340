import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { applyCommands, applyCommand } from "~/domain/editing/apply-command";
import { matrixCommandSchema } from "~/domain/editing/commands";
import { changeSentences } from "~/domain/pack/sentences";
import { applyDiff, diffMatrices, invertDiff, isEmptyDiff } from "~/domain/changes/diff";
import { firstProblem } from "~/domain/parts/invariants";
import { holdersOf } from "~/domain/matrix/letters";
import { matrixSchema, type Matrix } from "~/domain/matrix/matrix";
import { balanceOf, columnKeyOf, lensColumns, LENSES } from "~/domain/matrix/owner";
import { COLLECTIONS } from "~/domain/parts/registry";
import { arbitraryCommand, arbitraryCommands, arbitraryMatrix } from "../support/arbitraries";

const RUNS = { numRuns: 1_000, seed: 20_261_124 };
const law = (
  name: string,
  property: fc.IProperty<never> | fc.IPropertyWithHooks<never> | ReturnType<typeof fc.property>,
) =>
  it(name, () => {
    fc.assert(property as fc.IProperty<unknown>, RUNS);
  });

/** Without what only grows: numbers issued, and that a duty which went was reserved. */
const withoutKept = ({ issued: _issued, deleted, ...matrix }: Matrix) => ({
  ...matrix,
  deleted: Object.entries(deleted).filter(([, { duty }]) => duty.ruling !== null || Object.keys(duty.marks).length > 0),
});

describe("applyCommand", () => {
  law(
    "never changes its argument",
    fc.property(arbitraryMatrix, arbitraryCommand, (matrix, command) => {
      const copy = structuredClone(matrix);
      applyCommand(matrix, command);
      expect(matrix).toEqual(copy);
    }),
  );
  law(
    "gives the same result when a command comes twice",
    fc.property(arbitraryMatrix, arbitraryCommand, (matrix, command) => {
      const once = applyCommands(matrix, [command]).matrix;
      expect(applyCommands(once, [command]).matrix).toEqual(once);
    }),
  );
  law(
    "keeps every invariant, whatever the commands",
    fc.property(arbitraryMatrix, arbitraryCommands, (matrix, commands) => {
      const { matrix: after } = applyCommands(matrix, commands);
      expect(firstProblem(after)).toBeNull();
      expect(matrixSchema.safeParse(after).success).toBe(true);
    }),
  );
  law(
    "refuses with a sentence or accepts",
    fc.property(arbitraryMatrix, arbitraryCommand, (matrix, command) => {
      const result = applyCommand(matrix, command);
      if (!result.ok) expect(result.rejection.message).toMatch(/^.{10,}[.]$/s);
    }),
  );
  law(
    "leaves a sound matrix for any interleaving of two people's batches",
    fc.property(
      arbitraryMatrix,
      arbitraryCommands,
      arbitraryCommands,
      fc.infiniteStream(fc.boolean()),
      (matrix, mine, yours, turns) => {
        const queue = [];
        const [left, right] = [[...mine], [...yours]];
        while (left.length + right.length > 0) {
          const from = right.length === 0 || (left.length > 0 && turns.next().value) ? left : right;
          queue.push(...from.splice(0, 1));
        }
        expect(firstProblem(applyCommands(matrix, queue).matrix)).toBeNull();
      },
    ),
  );
});

describe("duty.assign", () => {
  law(
    "puts an accepted duty into the column it was dropped on, with at most one A",
    fc.property(arbitraryMatrix, fc.constantFrom(...LENSES), fc.nat(5), (matrix, lens, at) => {
      const columns = lensColumns(matrix, lens);
      const column = columns[at % columns.length];
      const duty = matrix.duties[0];
      if (!column || !duty) throw new Error("The arbitrary matrix has columns and duties.");
      const stood = columnKeyOf(matrix, duty, lens);
      const result = applyCommand(matrix, { type: "duty.assign", dutyId: duty.id, lens, to: column.target });
      if (!result.ok) throw new Error(result.rejection.message);
      const moved = result.value.duties[0];
      if (!moved) throw new Error("The duty is still there.");
      expect(columnKeyOf(result.value, moved, lens)).toBe(column.key);
      const one = holdersOf(moved, "A").length <= 1;
      const keepsSeveral = stood === column.key || (lens === "does" && column.key === "unassigned");
      expect(one || keepsSeveral).toBe(true);
    }),
  );
  law(
    "is counted exactly once in each lens",
    fc.property(arbitraryMatrix, fc.constantFrom(...LENSES), (matrix, lens) => {
      const counted = balanceOf(matrix, lens).reduce((sum, { count }) => sum + count, 0);
      expect(counted).toBe(matrix.duties.length);
    }),
  );
});

describe("diffs", () => {
  law(
    "lead from one matrix to the other and back",
    fc.property(arbitraryMatrix, arbitraryCommands, (before, commands) => {
      const { matrix: after } = applyCommands(before, commands);
      const diff = diffMatrices(before, after);
      expect(applyDiff(before, diff)).toEqual({ ok: true, value: after });
      const back = applyDiff(after, invertDiff(diff));
      expect(back.ok && withoutKept(back.value)).toEqual(withoutKept(before));
    }),
  );
  law(
    "say the same for equal matrices whether or not they share references",
    fc.property(arbitraryMatrix, arbitraryCommands, (before, commands) => {
      const { matrix: after } = applyCommands(before, commands);
      expect(diffMatrices(structuredClone(before), structuredClone(after))).toEqual(diffMatrices(before, after));
      expect(isEmptyDiff(diffMatrices(after, structuredClone(after)))).toBe(true);
    }),
  );
  law(
    "undo every step in reverse order as accepted, well-formed commands",
    fc.property(arbitraryMatrix, arbitraryCommands, (start, commands) => {
      const diffs = [];
      let matrix = start;
      for (const command of commands) {
        const next = applyCommands(matrix, [command]).matrix;
        diffs.push(diffMatrices(matrix, next));
        matrix = next;
      }
      for (const diff of diffs.reverse()) {
        const command = { type: "diff.apply" as const, diff: invertDiff(diff) };
        expect(matrixCommandSchema.safeParse(command).success).toBe(true);
        const undone = applyCommand(matrix, command);
        if (!undone.ok) throw new Error(undone.rejection.message);
        matrix = undone.value;
      }
      expect(withoutKept(matrix)).toEqual(withoutKept(start));
    }),
  );
  law(
    "applied on top of other edits either fit a sound matrix or are refused",
    fc.property(arbitraryMatrix, arbitraryCommands, arbitraryCommands, (start, mine, yours) => {
      const after = applyCommands(start, mine).matrix;
      const undo = invertDiff(diffMatrices(start, after));
      const later = applyCommands(after, yours).matrix;
      const result = applyCommand(later, { type: "diff.apply", diff: undo });
      if (result.ok) {
        expect(firstProblem(result.value)).toBeNull();
        expect(applyCommand(result.value, { type: "diff.apply", diff: undo })).toEqual(result);
      }
    }),
  );
  law(
    "are told in sentences whenever something a reader sees has changed",
    fc.property(arbitraryMatrix, arbitraryCommands, (before, commands) => {
      const { matrix: after } = applyCommands(before, commands);
      const diff = diffMatrices(before, after);
      const sentences = changeSentences(before, after, diff);
      const unseen =
        Object.keys(diff.fields).every((path) => path.startsWith("issued/")) &&
        COLLECTIONS.every((name) => !diff[name]);
      if (unseen) expect(sentences).toEqual([]);
      for (const sentence of sentences) expect(sentence).toMatch(/[.]$/);
    }),
  );
});
