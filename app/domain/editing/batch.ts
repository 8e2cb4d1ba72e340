import { z } from "zod";
import { LIMITS } from "../limits";
import { tooMuchForOneBatch } from "./batch-work";
import { stepSchema } from "./commands";

/** What one request carries. `baseRevision` is the revision the sender had last seen acknowledged. */
export const batchSchema = z
  .object({ baseRevision: z.number().int().nonnegative(), steps: z.array(stepSchema).min(1).max(LIMITS.stepsPerBatch) })
  .strict()
  .superRefine(({ steps }, context) => {
    const message = tooMuchForOneBatch(steps);
    if (message) context.addIssue({ code: "custom", path: [], message });
  });
export type Batch = z.infer<typeof batchSchema>;
