import { z } from "zod";
import { LIMITS } from "../limits";
import { tooMuchForOneBatch } from "./batch-work";
import { stepSchema } from "./commands";

/**
 * The body of a request that saves edits. `baseRevision` is the last revision that the server acknowledged to the
 * client.
 */
export const batchSchema = z
  .object({ baseRevision: z.number().int().nonnegative(), steps: z.array(stepSchema).min(1).max(LIMITS.stepsPerBatch) })
  .strict()
  .superRefine(({ steps }, context) => {
    const message = tooMuchForOneBatch(steps);
    if (message) context.addIssue({ code: "custom", path: [], message });
  });
export type Batch = z.infer<typeof batchSchema>;
