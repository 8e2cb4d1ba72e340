import { z } from "zod";
import { LIMITS } from "../limits";
import { idSchema } from "./shapes";

/** The shapes of what is agreed about escalation, checked wherever one enters. */

/** Which kind of trouble a path is for. */
export const pathKindSchema = z.enum(["incident", "security", "decision", "risk", "disagreement"]);
export type PathKind = z.infer<typeof pathKindSchema>;

/** How somebody is reached. A level names its channels in the order in which they are tried. */
export const channelSchema = z.enum(["phone", "bridge", "sms", "chat", "ticket", "email"]);
export type Channel = z.infer<typeof channelSchema>;

/** Where a call leads: to more authority, to more skill, or to the other organisation. */
export const directionSchema = z.enum(["up", "sideways", "across"]);
export type Direction = z.infer<typeof directionSchema>;

/** One level of a path: who is called how many minutes after its start, and what they may do. */
export const levelSchema = z.object({
  /** Minutes from the start of the path, on the path's clock. */
  minutes: z.number().int().min(0).max(LIMITS.pathMinutes),
  /** Roles called at the same moment, each once. */
  calls: z.array(z.object({ roleId: idSchema, direction: directionSchema })).max(LIMITS.levelCalls),
  /** In the order in which they are tried. */
  channels: z.array(channelSchema).max(6),
  /** Whether whoever is reached here may decide what the path is for. */
  decides: z.boolean(),
  /** What this level may do, in words. */
  may: z.string(),
});
export type Level = z.infer<typeof levelSchema>;

/** Whose time a path's minutes are: every minute of the week, or the working hours of one party. */
export const clockSchema = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("always") }),
  z.object({ kind: z.literal("working-hours"), partyId: idSchema }),
]);
export type Clock = z.infer<typeof clockSchema>;

/** Minutes that may not be said. A year has fewer. */
const minutesSchema = z.number().int().min(1).max(LIMITS.pathMinutes).nullable();

export const pathSchema = z.object({
  id: idSchema,
  kind: pathKindSchema,
  /** What the path is called, such as S1. */
  name: z.string(),
  /** When it begins, in business words. */
  trigger: z.string(),
  examples: z.string(),
  clock: clockSchema,
  /** Level id → level. Levels are told in the order of their minutes. */
  levels: z.record(idSchema, levelSchema),
  /** How often the levels are gone through again where nobody answered. */
  repeats: z.number().int().min(0).max(9),
  /** Minutes between two updates; null where nobody promised any. */
  updateMinutes: minutesSchema,
  /** Targets in minutes from the start of the path: until somebody may decide, and until it is contained or restored. */
  decisionTarget: minutesSchema,
  restoreTarget: minutesSchema,
  /** What is handed over with each call. */
  handover: z.string(),
  /** What holds where nobody answers. */
  lastResort: z.string(),
});
/** An escalation path. */
export type EscalationPath = z.infer<typeof pathSchema>;
