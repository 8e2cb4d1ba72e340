import { compareDuties } from "~/domain/changes/comparison";
import type { Matrix } from "~/domain/matrix/matrix";
import { benchMatrix } from "./matrices";
import { measure, ratio } from "./measure";

/** Two versions of 1,000 duties × 24 roles with every tenth duty changed, read apart as from a database, beside comparing their JSON alone. */
export async function benchCompare() {
  const before = benchMatrix(1_000, 24);
  const after: Matrix = structuredClone({
    ...before,
    duties: before.duties.map((duty, i) =>
      i % 10 === 0
        ? { ...duty, boundary: "The desk keeps the queue", letters: { ...duty.letters, "role-23": ["I" as const] } }
        : duty,
    ),
  });
  const floor = await measure(
    30,
    () => before.duties.filter((duty, i) => JSON.stringify(duty) !== JSON.stringify(after.duties[i])).length,
  );
  const compared = await measure(30, () => compareDuties(before, after).changed);
  return { changed: compareDuties(before, after).changed, floor, compared, ratio: ratio(compared, floor) };
}
