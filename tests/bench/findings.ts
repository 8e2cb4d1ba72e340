import { applyCommand } from "~/domain/editing/apply-command";
import { findAll } from "~/domain/findings/findings";
import { benchMatrix } from "./matrices";
import { measure, ratio } from "./measure";

const FACTS = { today: "2026-11-24" };

/** All findings after one command, beside computing them afresh and beside walking over the same cells. */
export async function benchFindings() {
  const figures: Record<string, unknown> = {};
  for (const [duties, roles] of [
    [500, 12],
    [1_000, 24],
  ] as const) {
    let matrix = benchMatrix(duties, roles);
    const floor = await measure(60, () =>
      matrix.duties.reduce(
        (sum, duty) => sum + Object.values(duty.letters).reduce((cells, letters) => cells + letters.length, 0),
        0,
      ),
    );
    const afterOne = await measure(60, (i) => {
      const result = applyCommand(matrix, {
        type: "duty.letters",
        dutyId: `duty-${i}`,
        roleId: `role-${roles - 1}`,
        letters: i % 2 === 0 ? ["C"] : ["I"],
      });
      if (result.ok) matrix = result.value;
      return findAll(matrix, FACTS).length;
    });
    const afresh = await measure(10, () => findAll(structuredClone(matrix), FACTS).length);
    figures[`${duties} x ${roles}`] = { floor, afterOne, ratio: ratio(afterOne, floor), afresh };
  }
  return figures;
}
