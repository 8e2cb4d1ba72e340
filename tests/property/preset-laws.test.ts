import fc from "fast-check";
import { expect, it } from "vitest";
import { applyCommands } from "~/domain/editing/apply-command";
import { firstProblem } from "~/domain/parts/invariants";
import { matrixSchema } from "~/domain/matrix/matrix";
import { matrixFromPreset, presetFrom } from "~/domain/engagement/preset";
import { arbitraryCommands, arbitraryMatrix } from "../support/arbitraries";

const CLIENT = "Zephyrine";
const PROVIDER = "Quillmoor IT";
const sayNames = fc.constantFrom(
  "Ask Zephyrine first",
  "Zephyrine: closed",
  "ZEPHYRINE and quillmoor it",
  "xZephyriney",
  "Quillmoor IT, then Zephyrine",
  "Zephyrine ".repeat(30),
);

it("a preset holds no client's name, nothing of what both agreed or said, and is sound; what begins from it takes every command", () => {
  fc.assert(
    fc.property(arbitraryMatrix, arbitraryCommands, arbitraryCommands, sayNames, (start, commands, later, said) => {
      const { matrix: edited } = applyCommands(start, commands);
      const matrix = {
        ...edited,
        parties: edited.parties.map((party) =>
          party.kind === "client"
            ? { ...party, name: CLIENT }
            : party.kind === "provider"
              ? { ...party, name: PROVIDER }
              : party,
        ),
        roles: edited.roles.map((role, i) => (i === 0 ? { ...role, name: `${CLIENT} lead` } : role)),
        duties: edited.duties.map((duty) => ({
          ...duty,
          text: said.trim(),
          boundary: said.trim(),
          decisions: { ...duty.decisions, decides: said.trim().slice(0, 300).trim() },
        })),
      };
      const before = JSON.stringify(matrix);
      const preset = presetFrom(matrix);
      expect(JSON.stringify(matrix)).toBe(before);
      expect(JSON.stringify(preset).toLowerCase()).not.toMatch(/zephyrine|quillmoor/);
      expect(matrixSchema.parse(preset)).toEqual(preset);
      expect(firstProblem(preset)).toBeNull();
      expect(preset.accepted).toEqual({});
      for (const duty of preset.duties)
        expect([
          duty.marks,
          duty.ruling,
          duty.today,
          duty.standing,
          duty.coverPeriod,
          duty.earlyWin,
          duty.documentation,
          duty.knowledge,
        ]).toEqual([{}, null, {}, null, null, null, "", ""]);
      for (const [i, duty] of preset.duties.entries())
        expect([duty.letters, duty.suggestions]).toEqual([matrix.duties[i]?.letters, matrix.duties[i]?.suggestions]);

      const started = matrixFromPreset(preset, {
        client: "Contoso",
        provider: "Harbour",
        agreementReference: "",
        precedence: "",
      });
      expect(firstProblem(started)).toBeNull();
      expect(firstProblem(applyCommands(started, later).matrix)).toBeNull();
    }),
    { numRuns: 300, seed: 20_261_126 },
  );
});
