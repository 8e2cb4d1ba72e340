import { z } from "zod";
import { LIMITS } from "../limits";
import type { Matrix } from "../matrix/matrix";
import { clauseSchema, definitionSchema } from "../matrix/wording-shapes";

/** The clauses and definitions of a schedule with their fields, as an organisation keeps them or a matrix begins with them. */
export const wordingSchema = z.object({
  clauses: z.array(clauseSchema).max(LIMITS.clauses),
  definitions: z.array(definitionSchema).max(LIMITS.definitions),
});
export type Wording = z.infer<typeof wordingSchema>;

/** The wording of a matrix. */
export function wordingOf({ clauses, definitions }: Matrix): Wording {
  return { clauses, definitions };
}

/** A matrix with a wording where it has neither clauses nor definitions of its own. */
export function withWording(matrix: Matrix, { clauses, definitions }: Wording): Matrix {
  return matrix.clauses.length + matrix.definitions.length > 0
    ? matrix
    : { ...matrix, clauses: [...clauses], definitions: [...definitions] };
}
