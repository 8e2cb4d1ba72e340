import { z } from "zod";
import { LIMITS } from "../limits";
import { daySchema, idSchema, partyKindSchema, standingSchema, termsHashSchema } from "../matrix/shapes";

/** The schemas of a workshop: what is stored of it, and what people send to it. */

const text = z.string().max(LIMITS.formBytes);

/** How far a workshop is. One that goes on another day is prepared again. */
const stageSchema = z.enum(["prepared", "open", "ended"]);
export type Stage = z.infer<typeof stageSchema>;

/** What an item is about: a duty of the matrix, or one of its escalation paths. */
const subjectSchema = z.object({ kind: z.enum(["duty", "path"]), id: idSchema }).strict();
export type Subject = z.infer<typeof subjectSchema>;

/** Who does a duty, and which of the two sides answers for it, by ids of parties. Both sides doing it is shared. */
const splitShape = { does: z.array(idSchema).min(1).max(LIMITS.parties), answers: idSchema };

/** What somebody proposes: a split of a duty; of a path that it stands as written or has to change; or that they aren't sure. */
const choiceSchema = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("split"), ...splitShape }).strict(),
  z.object({ kind: z.literal("stands") }).strict(),
  z.object({ kind: z.literal("change") }).strict(),
  z.object({ kind: z.literal("not-sure") }).strict(),
]);
export type Choice = z.infer<typeof choiceSchema>;

/** A choice with a sentence of reason, which may be empty. */
export const proposalSchema = z.object({ choice: choiceSchema, reason: text }).strict();
export type Proposal = z.infer<typeof proposalSchema>;

/** How an item is settled: by a split with its boundary note, by a path as it is written, parked, or as a dispute with both positions. */
export const settlementSchema = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("split"), ...splitShape, boundary: text }).strict(),
  z.object({ kind: z.literal("stands") }).strict(),
  z.object({ kind: z.literal("park"), owner: text, until: daySchema }).strict(),
  /** What each side holds, by the ids of the client and the provider. */
  z.object({ kind: z.literal("dispute"), positions: z.record(idSchema, text) }).strict(),
]);
export type Settlement = z.infer<typeof settlementSchema>;

/** Somebody who takes part. Whoever isn't admitted yet is waiting; whoever left keeps their name in the minutes. */
const participantSchema = z.object({
  id: idSchema,
  name: z.string(),
  /** The name with a number behind it where somebody of the same name is there already. */
  label: z.string(),
  partyId: idSchema,
  /** Whether they came with an account that has access to the matrix; others are guests. */
  member: z.boolean(),
  state: z.enum(["waiting", "in", "left"]),
});
export type Participant = z.infer<typeof participantSchema>;

/** A proposal after its reveal, and whether a host made it for the whole party. */
export const voiceSchema = z.object({ participantId: idSchema, forParty: z.boolean(), proposal: proposalSchema });
export type Voice = z.infer<typeof voiceSchema>;

/** Why an item was revealed: all had sealed, the time to propose was over, or the facilitator said so. */
export const revealReasonSchema = z.enum(["all", "timer", "facilitator"]);

const itemSchema = z.object({
  id: idSchema,
  subject: subjectSchema,
  /** The time for proposing and settling together. */
  minutes: z.number().int(),
  /** Who has sealed a proposal. What it says is kept elsewhere until the reveal. */
  sealed: z.array(z.object({ participantId: idSchema, forParty: z.boolean() })),
  revealed: z
    .object({
      at: z.number(),
      why: revealReasonSchema,
      /** Whoever was there and had not sealed. */
      leftOut: z.array(idSchema),
      voices: z.array(voiceSchema),
    })
    .nullable(),
  /** What is on the table. Each has a number of its own, so that a host confirms what they saw. */
  settling: z
    .object({
      number: z.number().int(),
      settlement: settlementSchema,
      terms: termsHashSchema.nullable(),
      /** Which participant has confirmed it for each party. */
      confirmed: z.record(idSchema, idSchema),
    })
    .nullable(),
  settled: z
    .object({
      settlement: settlementSchema,
      at: z.number(),
      /** Which participant confirmed it for each party; empty for what is parked. */
      confirmed: z.record(idSchema, idSchema),
    })
    .nullable(),
  skipped: z.boolean(),
  /** How long it was talked about, without the time that is running. */
  spentMs: z.number(),
  /** How long it had been talked about when the present round of proposals began. */
  roundFromMs: z.number(),
});
export type Item = z.infer<typeof itemSchema>;

/** What a step changed of its item, as it was before; what it left alone isn't there. */
const itemBeforeSchema = itemSchema
  .pick({ sealed: true, revealed: true, settling: true, settled: true, skipped: true, roundFromMs: true })
  .partial();
export type ItemBefore = z.infer<typeof itemBeforeSchema>;

/** A step of the facilitator, with what taking it back needs. */
const stepSchema = z.object({
  type: z.enum(["go", "skip", "settle", "park", "reopen", "reveal"]),
  itemId: idSchema,
  before: itemBeforeSchema,
  /** What was talked about before, and whether its time ran; null where the step left both alone. */
  clock: z.object({ current: idSchema.nullable(), ran: z.boolean() }).nullable(),
  /** The duty's standing on the board before it was parked. */
  standing: standingSchema.nullable(),
});
export type Step = z.infer<typeof stepSchema>;

/** What the minutes take from the board: what items are called, what the board keeps of them, by their ids, and the parties. */
export const namesSchema = z.object({
  /** A duty by its code and text, a path by its name; what was deleted isn't there. */
  items: z.record(idSchema, z.object({ code: z.string(), text: z.string(), board: z.string() })),
  parties: z.array(z.object({ id: idSchema, kind: partyKindSchema, name: z.string() })),
});
export type Names = z.infer<typeof namesSchema>;

/**
 * What everybody in a workshop shares. No proposal is in it before its reveal, so whatever is built from it can't show
 * one too early.
 */
export const workshopSchema = z.object({
  stage: stageSchema,
  title: z.string(),
  /** The ids of the client and the provider, whose hosts confirm. */
  sides: z.object({ client: idSchema, provider: idSchema }),
  /** The minutes that there are in all; null where nobody said. */
  minutes: z.number().int().nullable(),
  items: z.array(itemSchema),
  participants: z.array(participantSchema),
  facilitatorId: idSchema,
  /** Who may take over from the facilitator. */
  secondIds: z.array(idSchema),
  /** The host of each party that has one. */
  hosts: z.record(idSchema, idSchema),
  /** The item that is talked about. */
  current: idSchema.nullable(),
  /** Since when the time of the current item runs, in milliseconds since 1970; null while it is paused. */
  runningSince: z.number().nullable(),
  doorOpen: z.boolean(),
  openedAt: z.number().nullable(),
  endedAt: z.number().nullable(),
  /** The number of what was last put on the table. */
  lastNumber: z.number().int(),
  /** The facilitator's last steps, oldest first, which can be taken back one after the other. */
  steps: z.array(stepSchema),
  /** What the minutes took from the board when it ended; null before. */
  names: namesSchema.nullable(),
});
export type Workshop = z.infer<typeof workshopSchema>;

/** An item to be talked about, as the facilitator plans it. */
export const planItemSchema = z.object({ id: idSchema, subject: subjectSchema, minutes: z.number() }).strict();
