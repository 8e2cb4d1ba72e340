import fc from "fast-check";
import { expect, it } from "vitest";
import { applyCommands } from "~/domain/editing/apply-command";
import { findAll } from "~/domain/findings/findings";
import type { Duty } from "~/domain/matrix/shapes";
import { arbitraryCommands, arbitraryMatrix } from "../support/arbitraries";
import { FAULTS, faultless } from "../support/faults";

const FACTS = { today: "2026-11-24" };

it("what is remembered equals what is computed afresh", () => {
  fc.assert(
    fc.property(arbitraryMatrix, arbitraryCommands, (matrix, commands) => {
      findAll(matrix, FACTS);
      const { matrix: after } = applyCommands(matrix, commands);
      const remembered = findAll(after, FACTS);
      expect(remembered).toEqual(findAll(structuredClone(after), FACTS));
      expect(new Set(remembered.map(({ key }) => key)).size).toBe(remembered.length);
    }),
    { numRuns: 1_000, seed: 20_261_124 },
  );
});

it("a matrix with known faults gives exactly the findings of those faults", () => {
  const faults = fc.uniqueArray(fc.record({ at: fc.nat(19), fault: fc.constantFrom(...FAULTS) }), {
    selector: ({ at }) => at,
    minLength: 1,
    maxLength: 8,
  });
  fc.assert(
    fc.property(faults, (injected) => {
      const matrix = faultless();
      const spoil = new Map(injected.map(({ at, fault }) => [at, fault.spoil]));
      const duties = matrix.duties.map((duty, i): Duty => spoil.get(i)?.(duty) ?? duty);
      const keys = injected.map(({ at, fault }) =>
        fault.subject === null ? fault.rule : `${fault.rule}.duty-${at + 1}`,
      );
      expect(
        findAll({ ...matrix, duties }, FACTS)
          .map(({ key }) => key)
          .sort(),
      ).toEqual([...new Set(keys)].sort());
      const listed = (rule: string) =>
        injected
          .filter(({ fault }) => fault.rule === rule)
          .map(({ at }) => at)
          .sort((a, b) => a - b)
          .map((at) => `duty-${at + 1}`);
      for (const finding of findAll({ ...matrix, duties }, FACTS))
        if (!finding.key.includes(".")) expect(finding.dutyIds).toEqual(listed(finding.rule));
    }),
    { numRuns: 200, seed: 20_261_124 },
  );
});
