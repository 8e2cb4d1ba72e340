import { z } from "zod";
import { THING_SCHEMAS } from "../matrix/schemas";
import { idSchema } from "../matrix/shapes";
import type { CollectionName } from "./part";
import { PART_LIST } from "./registry";

/** The kinds of thing that the generic commands edit. The other kinds have commands of their own. */
const partSchema = z.custom<CollectionName>(
  (name) => PART_LIST.some((part) => part.name === name && part.editing === "common"),
  "There is no kind of thing of this name that can be edited like this.",
);
const beforeIdSchema = idSchema.nullable().describe("Stands before this one; null stands last");
const fields = z.record(z.string().max(64), z.json());

/** The generic commands that add, edit, place and delete a thing. They apply to kinds without commands of their own. */
export const THING_COMMANDS = [
  z
    .object({ type: z.literal("thing.add"), part: partSchema, thingId: idSchema, fields, beforeId: beforeIdSchema })
    .strict()
    .superRefine(({ part, thingId, fields: values }, context) =>
      addIssueUnlessValid(
        THING_SCHEMAS.get(part)
          ?.strict()
          .safeParse({ ...values, id: thingId }),
        context,
      ),
    ),
  z
    .object({ type: z.literal("thing.edit"), part: partSchema, thingId: idSchema, set: fields })
    .strict()
    .superRefine(({ part, set }, context) =>
      addIssueUnlessValid(THING_SCHEMAS.get(part)?.omit({ id: true }).partial().strict().safeParse(set), context),
    ),
  z.object({ type: z.literal("thing.place"), part: partSchema, thingId: idSchema, beforeId: beforeIdSchema }).strict(),
  z.object({ type: z.literal("thing.delete"), part: partSchema, thingId: idSchema }).strict(),
] as const;

function addIssueUnlessValid(parsed: z.ZodSafeParseResult<unknown> | undefined, context: z.RefinementCtx): void {
  if (!parsed?.success)
    context.addIssue({ code: "custom", path: ["fields"], message: "These fields don't fit what they describe." });
}
