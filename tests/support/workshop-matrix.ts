import type { Matrix } from "~/domain/matrix/matrix";
import { aDuty, aMatrix } from "./matrices";

/** A matrix with duties `d1`, `d2`… of nobody yet. */
export function matrixOf(duties: number): Matrix {
  return aMatrix({
    duties: Array.from({ length: duties }, (_, i) =>
      aDuty({ id: `d${i + 1}`, code: `SUP-${String(i + 1).padStart(2, "0")}`, text: `Duty ${i + 1}`, letters: {} }),
    ),
  });
}
