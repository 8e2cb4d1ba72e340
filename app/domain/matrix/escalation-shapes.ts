import { z } from "zod";
import { LIMITS } from "../limits";
import { daySchema, idSchema, markSchema, rulingSchema } from "./shapes";

/** The shapes of what is agreed about escalation, checked wherever one enters. */

/** Which kind of trouble a path is for. */
const pathKindSchema = z.enum(["incident", "security", "decision", "risk", "disagreement"]);
export type PathKind = z.infer<typeof pathKindSchema>;

/** How somebody is reached. A level names its channels in the order in which they are tried. */
const channelSchema = z.enum(["phone", "bridge", "sms", "chat", "ticket", "email"]);
export type Channel = z.infer<typeof channelSchema>;

/** Where a call leads: to more authority, to more skill, or to the other organisation. */
const directionSchema = z.enum(["up", "sideways", "across"]);
export type Direction = z.infer<typeof directionSchema>;

/** One level of a path: who is called how many minutes after its start, and what they may do. */
const levelSchema = z.object({
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
const clockSchema = z.discriminatedUnion("kind", [
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
  /** Minutes after which a round without an answer is over; null: as long after the last level as that one comes after the level before it. */
  roundMinutes: minutesSchema,
  /** Minutes between two updates; null where nobody promised any. */
  updateMinutes: minutesSchema,
  /** Targets in minutes from the start of the path: until somebody may decide, and until it is contained or restored. */
  decisionTarget: minutesSchema,
  restoreTarget: minutesSchema,
  /** What is handed over with each call. */
  handover: z.string(),
  /** What holds where nobody answers. */
  lastResort: z.string(),
  /** The marks by party id. Only the client and the provider mark paths. */
  marks: z.record(idSchema, markSchema),
  ruling: rulingSchema.nullable(),
});
/** An escalation path. */
export type EscalationPath = z.infer<typeof pathSchema>;

/** What an authority is about. */
const authorityKindSchema = z.enum(["spend", "access", "change", "containment", "out-of-hours", "disclosure", "other"]);
export type AuthorityKind = z.infer<typeof authorityKindSchema>;

export const authoritySchema = z.object({
  id: idSchema,
  kind: authorityKindSchema,
  /** What may be approved, in words. */
  name: z.string(),
  /** The role that may approve it; null while nobody is named. */
  roleId: idSchema.nullable(),
  /** The role that may when the first one can't be reached. */
  deputyId: idSchema.nullable(),
  /** Up to which amount, in whole units of the currency; null where there is no limit of money. */
  upTo: z.number().int().min(0).max(1_000_000_000_000).nullable(),
  /** Three letters, as in EUR; empty where there is no amount. */
  currency: z.string().regex(/^([A-Z]{3})?$/),
  condition: z.string(),
});
/** Who may approve what. */
export type Authority = z.infer<typeof authoritySchema>;

/** What is done about an action of containment before anybody is asked. */
const stanceSchema = z.enum(["act", "call-first", "never"]);
export type ContainmentStance = z.infer<typeof stanceSchema>;

export const containmentSchema = z.object({
  id: idSchema,
  /** What is done, such as isolating a laptop. */
  action: z.string(),
  stance: stanceSchema,
  /** The role that acts; null while nobody is named. */
  roleId: idSchema.nullable(),
  /** The role that is called first, where somebody is. */
  callsId: idSchema.nullable(),
  condition: z.string(),
});
/** An action of containment, and whether it may be taken without asking. */
export type Containment = z.infer<typeof containmentSchema>;

export const offLimitsSchema = z.object({ id: idSchema, system: z.string(), reason: z.string() });
/** A system that nobody touches in an incident without asking. */
export type OffLimits = z.infer<typeof offLimitsSchema>;

/** What a conversation is. */
const conversationKindSchema = z.enum([
  "operations",
  "service-review",
  "business-review",
  "roadmap",
  "security",
  "other",
]);
export type ConversationKind = z.infer<typeof conversationKindSchema>;

export const conversationSchema = z.object({
  id: idSchema,
  kind: conversationKindSchema,
  name: z.string(),
  /** Who speaks to whom: a role of each side. */
  clientRoleId: idSchema.nullable(),
  providerRoleId: idSchema.nullable(),
  /** The role that leads it, one of the two. */
  leadsId: idSchema.nullable(),
  /** How often, and where. */
  cadence: z.string(),
  place: z.string(),
  agenda: z.string(),
  /** What is prepared for it, and by whom. */
  inputs: z.string(),
  /** What is shared in it. */
  shared: z.string(),
  /** What each side may not share. */
  clientHolds: z.string(),
  providerHolds: z.string(),
});
/** A conversation that both sides keep to. */
export type Conversation = z.infer<typeof conversationSchema>;

const dayHoursSchema = z.array(z.object({ from: z.string().max(5), to: z.string().max(5) })).max(24);

/** Hours of a week by its days; a day without hours has an empty list. */
const weekSchema = z.object({
  mon: dayHoursSchema,
  tue: dayHoursSchema,
  wed: dayHoursSchema,
  thu: dayHoursSchema,
  fri: dayHoursSchema,
  sat: dayHoursSchema,
  sun: dayHoursSchema,
});
export type Week = z.infer<typeof weekSchema>;

export const partyHoursSchema = z.object({
  id: idSchema,
  partyId: idSchema,
  /** A name of the IANA time zone database. */
  timeZone: z.string(),
  week: weekSchema,
  /** Day as YYYY-MM-DD → the holiday's name. What counts is this list, whatever a calendar of the country says. */
  holidays: z.record(daySchema, z.string()),
  /** What is billed for work outside these hours. */
  billable: z.string(),
});
/** The working hours of a party. */
export type PartyHours = z.infer<typeof partyHoursSchema>;

export const offDutySchema = z.object({
  id: idSchema,
  roleId: idSchema,
  timeZone: z.string(),
  week: weekSchema,
  /** Whole days, as YYYY-MM-DD. */
  days: z.array(daySchema),
  reason: z.string(),
});
/** When a role is agreed to be off duty: nobody is missing then. */
export type AgreedOffDuty = z.infer<typeof offDutySchema>;
