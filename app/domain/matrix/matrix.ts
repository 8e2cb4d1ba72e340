import { z } from "zod";
import { COLLECTION_SCHEMAS } from "./schemas";
import { acceptanceSchema, deletedDutySchema, findingKeySchema, idSchema, settingsSchema, termsSchema } from "./shapes";

export const matrixSchema = z.object({
  schema: z.literal(2),
  title: z.string(),
  terms: termsSchema,
  settings: settingsSchema,
  ...COLLECTION_SCHEMAS,
  /** The highest number ever issued for each domain code. It only grows, so that no duty's code is ever given twice. */
  issued: z.record(z.string(), z.number().int().nonnegative()),
  /** The accepted warnings by the key of the finding. */
  accepted: z.record(findingKeySchema, acceptanceSchema),
  /** Deleted duties that are kept, by id. They are not part of what is signed. */
  deleted: z.record(idSchema, deletedDutySchema),
});

/**
 * One responsibility matrix: a draft, or the content of a published version. The order of things is the order of the
 * arrays. `parts/invariants.ts` checks what the schema can't express.
 */
export type Matrix = z.infer<typeof matrixSchema>;
