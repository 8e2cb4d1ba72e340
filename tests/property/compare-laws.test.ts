import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { applyCommands } from "~/domain/editing/apply-command";
import { compareDuties } from "~/domain/changes/comparison";
import type { Matrix } from "~/domain/matrix/matrix";
import { DUTIES } from "~/domain/parts/duties";
import { signedNames, signedValues } from "~/domain/parts/signed";
import { arbitraryCommands, arbitraryMatrix } from "../support/arbitraries";

const RUNS = { numRuns: 1_000, seed: 20_261_125 };
const edited = fc
  .tuple(arbitraryMatrix, arbitraryCommands)
  .map(([before, commands]) => ({ before, after: applyCommands(before, commands).matrix }));

/** What of a duty is agreed, as text; its code can't change. */
function agreed({ duties }: Matrix): Map<string, string> {
  return new Map(
    duties.map((duty) => {
      const ordered = { ...duty, letters: Object.fromEntries(Object.entries(duty.letters).sort()) };
      return [duty.id, JSON.stringify(signedValues(ordered, DUTIES.fields, signedNames(DUTIES.fields)))];
    }),
  );
}

describe("comparing", () => {
  it("names exactly the duties whose agreed text differs, and those whose roles went to another party", () => {
    fc.assert(
      fc.property(edited, ({ before, after }) => {
        const [was, is] = [agreed(before), agreed(after)];
        const partyOf = (matrix: Matrix) => new Map(matrix.roles.map(({ id, partyId }) => [id, partyId]));
        const [stood, stands] = [partyOf(before), partyOf(after)];
        const moved = new Set(
          [...stands].flatMap(([id, partyId]) => (stood.has(id) && stood.get(id) !== partyId ? [id] : [])),
        );
        const named = new Set(
          compareDuties(before, after).groups.flatMap(({ duties }) => duties.map(({ dutyId }) => dutyId)),
        );
        for (const id of new Set([...was.keys(), ...is.keys()])) {
          const held = before.duties.find((duty) => duty.id === id)?.letters ?? {};
          if (was.get(id) !== is.get(id)) expect(named).toContain(id);
          else if (!Object.keys(held).some((roleId) => moved.has(roleId))) expect(named).not.toContain(id);
        }
      }),
      RUNS,
    );
  });

  it("the other way round says the opposite", () => {
    fc.assert(
      fc.property(edited, ({ before, after }) => {
        const there = compareDuties(before, after);
        const back = compareDuties(after, before);
        expect(back.changed).toBe(there.changed);
        expect(back.counts).toEqual({ ...there.counts, added: there.counts.removed, removed: there.counts.added });
        const of = (comparison: typeof there) =>
          new Map(comparison.groups.flatMap(({ duties }) => duties).map((duty) => [duty.dutyId, duty]));
        const [one, other] = [of(there), of(back)];
        for (const [id, duty] of one)
          expect(other.get(id)?.does).toEqual({ before: duty.does.after, after: duty.does.before });
      }),
      RUNS,
    );
  });

  it("counts every duty once, as changed or unchanged", () => {
    fc.assert(
      fc.property(edited, ({ before, after }) => {
        const { changed, unchanged, counts } = compareDuties(before, after);
        expect(changed + unchanged).toBe(after.duties.length + counts.removed);
      }),
      RUNS,
    );
  });
});
