import { z } from "zod";
import { matrixSchema } from "../matrix/matrix";

/** The version of the file format. It increases when a reader of the previous format would misread a new file. */
export const MATRIX_FILE_VERSION = 2;

const fingerprintSchema = z.string().regex(/^[0-9a-f]{64}$/);

/** The data for verification in a file exported from a version or a draft. Reading the matrix doesn't need it. */
export const fileEditionSchema = z.object({
  kind: z.enum(["version", "draft"]),
  /** The number of the version; null for a draft. */
  number: z.number().int().positive().nullable(),
  fingerprint: fingerprintSchema,
  /** The fingerprint of the previous version; null when there is none. */
  previous: fingerprintSchema.nullable(),
  /** The canonical text that was fingerprinted. */
  canonicalText: z.string(),
  /** The number of the writer that wrote the file. The first writer left it out. */
  writer: z.number().int().positive().optional(),
});
export type FileEdition = z.infer<typeof fileEditionSchema>;

/** A matrix as a JSON file that other programs can read. `docs/matrix-file.md` is generated from this schema. */
export const matrixFileSchema = z.object({
  format: z.literal("demarc.matrix"),
  version: z.literal(MATRIX_FILE_VERSION),
  ...matrixSchema.shape,
  edition: fileEditionSchema.optional(),
});
export type MatrixFile = z.infer<typeof matrixFileSchema>;
