import { z } from "zod";
import { LIMITS } from "../limits";
import { daySchema, idSchema, standingSchema, termsHashSchema } from "../matrix/shapes";
import { namesSchema, planItemSchema, revealReasonSchema, settlementSchema, voiceSchema } from "./shapes";

const text = z.string().max(LIMITS.formBytes);
const itemId = idSchema;
const participantId = idSchema;
/** So many items are looked at in one plan at most. */
const MOST_SENT = 1_000;

/** What a participant asks for by a request. The others are said by the server itself. */
export const REQUESTED = [
  /** The whole plan in its order. What was talked about already can't be taken out. */
  z
    .object({
      type: z.literal("plan"),
      title: text,
      // How many and how long is for the plan's own check, which answers with a sentence.
      minutes: z.number().nullable(),
      items: z.array(planItemSchema).max(MOST_SENT),
      /** The hash of the plan that it was made from; left out where that doesn't matter. */
      from: z.string().max(64).optional(),
    })
    .strict(),
  z.object({ type: z.literal("open") }).strict(),
  /** The workshop goes on another day. */
  z.object({ type: z.literal("adjourn") }).strict(),
  z.object({ type: z.literal("door"), open: z.boolean() }).strict(),
  z
    .object({ type: z.literal("admit"), participantIds: z.array(participantId).min(1).max(LIMITS.participants) })
    .strict(),
  z.object({ type: z.literal("refuse"), participantId }).strict(),
  z.object({ type: z.literal("leave") }).strict(),
  /** The facilitator says who may take over, or no longer. */
  z.object({ type: z.literal("second"), participantId, may: z.boolean() }).strict(),
  z.object({ type: z.literal("take-over") }).strict(),
  z.object({ type: z.literal("hand-over"), participantId }).strict(),
  /** Somebody becomes a party's host: on an empty seat, or by the hand of the host or the facilitator. */
  z.object({ type: z.literal("host"), participantId }).strict(),
  z.object({ type: z.literal("go"), itemId }).strict(),
  z.object({ type: z.literal("skip"), itemId }).strict(),
  z.object({ type: z.literal("pause") }).strict(),
  z.object({ type: z.literal("resume") }).strict(),
  z.object({ type: z.literal("unseal"), itemId }).strict(),
  z
    .object({
      type: z.literal("settle"),
      itemId,
      settlement: settlementSchema,
      /** The hash of the terms that it was put on the table for; null where the terms don't matter. */
      terms: termsHashSchema.nullable(),
    })
    .strict(),
  z.object({ type: z.literal("confirm"), itemId, number: z.number().int() }).strict(),
  z.object({ type: z.literal("reopen"), itemId }).strict(),
  /** The facilitator takes back their own last step. */
  z.object({ type: z.literal("undo") }).strict(),
] as const;

/** What the server says: with whom it was asked for, and what it alone knows. */
const SAID = [
  /** A workshop begins with whoever prepares it. */
  z
    .object({
      type: z.literal("begin"),
      title: text,
      sides: z.object({ client: idSchema, provider: idSchema }).strict(),
      participantId,
      name: text,
      partyId: idSchema,
    })
    .strict(),
  z
    .object({
      type: z.literal("join"),
      participantId,
      name: text,
      partyId: idSchema,
      member: z.boolean(),
      admitted: z.boolean(),
    })
    .strict(),
  z.object({ type: z.literal("seal"), itemId, forParty: z.boolean() }).strict(),
  /** With what the minutes take from the board, which may rename or delete it later. */
  z.object({ type: z.literal("end"), names: namesSchema }).strict(),
  /** With the duty's standing on the board until then, so that parking can be taken back. */
  z
    .object({
      type: z.literal("park"),
      itemId,
      owner: text,
      until: daySchema,
      standing: standingSchema.nullable(),
    })
    .strict(),
  z.object({ type: z.literal("reveal"), itemId, why: revealReasonSchema, voices: z.array(voiceSchema) }).strict(),
] as const;

const changeSchema = z.discriminatedUnion("type", [...REQUESTED, ...SAID]);
export type Change = z.infer<typeof changeSchema>;
export type ChangeOf<Type extends Change["type"]> = Extract<Change, { type: Type }>;

/**
 * Something that happens in a workshop. `by` is the participant who does it, null for the server's own; `at` is in
 * milliseconds since 1970. An event that seals says who has, and never what.
 */
export type WorkshopEvent = { by: string | null; at: number; change: Change };

export const workshopEventSchema = z.object({ by: idSchema.nullable(), at: z.number(), change: changeSchema });
