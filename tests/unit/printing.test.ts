import { describe, expect, it } from "vitest";
import type { Matrix } from "~/domain/matrix/matrix";
import { gridColumns } from "~/ui/matrix/matrix-view";
import { printedBlocks } from "~/ui/matrix/print-layout";
import { aMatrix } from "../support/matrices";

const withRoles = (count: number, name: (i: number) => string): Matrix => ({
  ...aMatrix(),
  roles: Array.from({ length: count }, (_, i) => ({
    id: `role-${i}`,
    partyId: i < count / 2 ? "client" : "provider",
    name: name(i),
    lead: false,
  })),
});

describe("the matrix on paper", () => {
  it("prints every role once and in order, however many there are and whatever they are called, in no more width than a Letter sheet on its side has", () => {
    for (const name of [
      (i: number) => `Role ${i}`,
      () => "Telekommunikationsinfrastrukturverantwortlicher",
      () => "運用管理".repeat(30),
      () => "W".repeat(120),
    ]) {
      for (let count = 0; count <= 60; count += 1) {
        const columns = gridColumns(withRoles(count, name));
        const blocks = printedBlocks(columns);
        expect(blocks.flatMap((block) => block.columns.map(({ role }) => role.id))).toEqual(
          columns.map(({ role }) => role.id),
        );
        for (const { columns: roles, columnMm, partyMm, roleMm, parties } of blocks) {
          expect(roles.length * columnMm).toBeLessThanOrEqual(192);
          expect(partyMm + roleMm).toBeLessThanOrEqual(40);
          expect(parties.reduce((sum, { columns: width }) => sum + width, 0)).toBe(roles.length);
        }
      }
    }
  });
});
