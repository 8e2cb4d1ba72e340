import { idSchema } from "../matrix/shapes";
import { ok, reject, type Result } from "../result";
import type { Positions } from "./live-event";

/** A browser hardly shows more matrices at once. */
const MOST_POSITIONS = 20;

/** Reads positions; refused where one can't be read, or there are none or too many. */
export function parsePositions(text: string): Result<Positions> {
  const positions = new Map<string, number>();
  const pieces = text.split(",", MOST_POSITIONS + 1);
  for (const piece of pieces) {
    const at = piece.lastIndexOf(".");
    const matrixId = idSchema.safeParse(piece.slice(0, at));
    const digits = piece.slice(at + 1);
    if (!matrixId.success || !/^\d{1,15}$/.test(digits))
      return reject("positions-unreadable", "Say which matrices to watch as id.revision, separated by commas.");
    positions.set(matrixId.data, Number(digits));
  }
  return pieces.length > MOST_POSITIONS
    ? reject("too-many", `One stream watches ${MOST_POSITIONS} matrices at most. Close some windows.`)
    : ok(positions);
}
