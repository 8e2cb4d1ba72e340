import { z } from "zod";
import { matrixSchema } from "./matrix";

/** The version of the matrix file. It grows when a reader of the older form would misread the newer one. */
export const MATRIX_FILE_VERSION = 2;

/** A matrix as a file of its own: plain JSON, readable without Demarc. `docs/matrix-file.md` is made from this schema. */
export const matrixFileSchema = z.object({ format: z.literal("demarc.matrix"), version: z.literal(MATRIX_FILE_VERSION), ...matrixSchema.shape });
export type MatrixFile = z.infer<typeof matrixFileSchema>;
