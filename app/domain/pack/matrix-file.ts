import { z } from "zod";
import { matrixSchema } from "../matrix/matrix";

/** The version of the matrix file. It grows when a reader of the older form would misread the newer one. */
export const MATRIX_FILE_VERSION = 2;

const fingerprintSchema = z.string().regex(/^[0-9a-f]{64}$/);

/** What a file downloaded from a version or a draft carries beside the matrix, so that it can be checked later. Reading a matrix doesn't need it. */
export const fileEditionSchema = z.object({
  kind: z.enum(["version", "draft"]),
  /** The version's number; null on a draft. */
  number: z.number().int().positive().nullable(),
  fingerprint: fingerprintSchema,
  /** The fingerprint of the version before; null where there is none. */
  previous: fingerprintSchema.nullable(),
  /** The exact text that was fingerprinted. */
  canonicalText: z.string(),
  /** The number of the writer that wrote the file; left out by the first. */
  writer: z.number().int().positive().optional(),
});
export type FileEdition = z.infer<typeof fileEditionSchema>;

/** A matrix as a file of its own: plain JSON, readable without Demarc. `docs/matrix-file.md` is made from this schema. */
export const matrixFileSchema = z.object({
  format: z.literal("demarc.matrix"),
  version: z.literal(MATRIX_FILE_VERSION),
  ...matrixSchema.shape,
  edition: fileEditionSchema.optional(),
});
export type MatrixFile = z.infer<typeof matrixFileSchema>;
