import { z } from "zod";
import { COLLECTION_SCHEMAS } from "./schemas";
import { acceptanceSchema, deletedDutySchema, findingKeySchema, idSchema, settingsSchema, termsSchema } from "./shapes";

export const matrixSchema = z.object({
  schema: z.literal(2),
  title: z.string(),
  terms: termsSchema,
  settings: settingsSchema,
  ...COLLECTION_SCHEMAS,
  /** Domain code → the highest number its duties were ever given, so that no code is given twice. Only grows. */
  issued: z.record(z.string(), z.number().int().nonnegative()),
  /** Finding key → why it was accepted. */
  accepted: z.record(findingKeySchema, acceptanceSchema),
  /** By id, deleted duties that are kept. No part of what is signed. */
  deleted: z.record(idSchema, deletedDutySchema),
});

/**
 * One responsibility matrix: the draft, or what a version froze. Flat collections; order is array order.
 * Invariants beyond the shape are in `invariants.ts`.
 */
export type Matrix = z.infer<typeof matrixSchema>;
