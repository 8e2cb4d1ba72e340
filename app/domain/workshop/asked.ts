import { z } from "zod";
import { LIMITS } from "../limits";
import { daySchema, idSchema } from "../matrix/shapes";
import { REQUESTED } from "./events";
import { proposalSchema } from "./shapes";

/**
 * What a page asks for. A proposal comes with its seal, and a reveal without voices: the service keeps the one, and
 * brings the others, so that no event carries a proposal before its reveal. What the board had before something is
 * parked, and what the minutes take from it at the end, is known to the service too.
 */
const askedSchema = z.discriminatedUnion("type", [
  ...REQUESTED,
  z.object({ type: z.literal("seal"), itemId: idSchema, forParty: z.boolean(), proposal: proposalSchema }).strict(),
  z.object({ type: z.literal("reveal"), itemId: idSchema }).strict(),
  z.object({ type: z.literal("end") }).strict(),
  z
    .object({ type: z.literal("park"), itemId: idSchema, owner: z.string().max(LIMITS.formBytes), until: daySchema })
    .strict(),
]);
export type Asked = z.infer<typeof askedSchema>;
export type AskedOf<Type extends Asked["type"]> = Extract<Asked, { type: Type }>;

/** So many things are asked for in one request at most. */
const MOST_ASKED = 200;

/** A request of a page: what it asks for, in order. Each is done or refused by itself. */
export const askedListSchema = z.object({ asked: z.array(askedSchema).min(1).max(MOST_ASKED) }).strict();
