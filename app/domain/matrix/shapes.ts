import { z } from "zod";

/**
 * The shapes of what a matrix is made of, checked wherever one enters: a file, a row, a request.
 * Only the types of this module reach the browser; rules that run there live beside it, free of zod.
 */

/** Ids are minted by whoever creates the thing. The first character keeps an id from naming an object's prototype. */
export const idSchema = z
  .string()
  .regex(/^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$/, "An id has 1 to 64 letters, digits, - or _.");

/** A calendar day without a time zone, as YYYY-MM-DD. */
export const daySchema = z.iso.date();

/** S (supports who does it) is used only where the matrix's scheme is RASCI. */
export const letterSchema = z.enum(["A", "R", "S", "C", "I"]);
export type Letter = z.infer<typeof letterSchema>;

export const partyKindSchema = z.enum(["client", "provider", "third-party"]);
export type PartyKind = z.infer<typeof partyKindSchema>;

export const partySchema = z.object({
  id: idSchema,
  kind: partyKindSchema,
  name: z.string(),
  /** For a third party: the id of the client or provider that engages it and answers for its work. Otherwise null. */
  engagedBy: idSchema.nullable(),
});
export type Party = z.infer<typeof partySchema>;

export const roleSchema = z.object({
  id: idSchema,
  partyId: idSchema,
  name: z.string(),
  /** Exactly one role per party that has roles is its lead: it stands in where a duty suggests nobody. */
  lead: z.boolean(),
});
export type Role = z.infer<typeof roleSchema>;

export const domainSchema = z.object({
  id: idSchema,
  /** Two to six capital letters or digits, the first part of its duties' codes. */
  code: z.string().regex(/^[A-Z][A-Z0-9]{1,5}$/),
  name: z.string(),
  /** The escalation path of its duties, where they name none of their own; null where nothing is agreed. */
  pathId: idSchema.nullable().default(null),
});
export type Domain = z.infer<typeof domainSchema>;

export const suggestionSchema = z.object({ does: idSchema.nullable(), answers: idSchema.nullable() });
/** The roles of one party that would do a duty and answer for it; null falls back to the party's lead. */
export type Suggestion = z.infer<typeof suggestionSchema>;

/** Who decides, in words; what isn't said is absent. `limit` is an amount with its currency, `silence` what holds without an answer. */
export const decisionsSchema = z
  .object({ decides: z.string(), asked: z.string(), told: z.string(), limit: z.string(), silence: z.string() })
  .partial();
export type Decisions = z.infer<typeof decisionsSchema>;

/** How a duty is done before anything changes: discovery, not part of what is signed. What isn't known is absent. */
export const todaySchema = z
  .object({ how: z.string(), tried: z.string(), risk: z.string(), compromise: z.enum(["conscious", "accident"]) })
  .partial();
export type Today = z.infer<typeof todaySchema>;

/** One party covers a duty from one day to another, both included, and gives it back by itself. */
export const coverPeriodSchema = z.object({ partyId: idSchema, from: daySchema, to: daySchema });
export type CoverPeriod = z.infer<typeof coverPeriodSchema>;

/** Why a duty stands outside the ordinary: it doesn't apply, waits for somebody until a day, or is declined at a named person's risk. */
export const standingSchema = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("not-applicable"), reason: z.string() }),
  z.object({ kind: z.literal("parked"), owner: z.string(), until: daySchema }),
  z.object({ kind: z.literal("declined"), reason: z.string(), riskOwner: z.string(), until: daySchema }),
]);
export type Standing = z.infer<typeof standingSchema>;

/** The hash of a duty's terms, as `agreement.ts` computes it. One without `2:` is of letters, boundary note and decisions alone. */
export const termsHashSchema = z.string().regex(/^(2:)?[0-9a-f]{32}$/);

/** One party's mark. It holds as long as the duty's terms have this hash. `position` is what a dispute says. */
const markSchema = z.object({ state: z.enum(["agreed", "disputed"]), terms: termsHashSchema, position: z.string() });
export type Mark = z.infer<typeof markSchema>;

/** What settles a dispute: what was ruled, by whom, on which day, why, on which terms, and which parties confirmed it. */
const rulingSchema = z.object({
  what: z.string(),
  by: z.string(),
  on: daySchema,
  why: z.string(),
  terms: termsHashSchema,
  confirmed: z.array(idSchema),
});
export type Ruling = z.infer<typeof rulingSchema>;

/**
 * A warning accepted as it is. `about` is the hash of what it was about: when that changes, the warning comes back.
 * `partyId` is the party that accepts it; a stored acceptance without one doesn't say.
 */
export const acceptanceSchema = z.object({
  reason: z.string(),
  by: z.string(),
  on: daySchema,
  about: z.string().regex(/^[0-9a-f]{32}$/),
  partyId: idSchema.optional(),
});
export type Acceptance = z.infer<typeof acceptanceSchema>;

/** A finding's key: its rule, and the duty or role it is about. */
export const findingKeySchema = z.string().regex(/^[a-z][a-z0-9-]{2,40}(\.[A-Za-z0-9][A-Za-z0-9_-]{0,63})?$/);

export const dutySchema = z.object({
  id: idSchema,
  /** Visible code such as IAM-03, minted by `duty.add` and never given again in its matrix. */
  code: z.string().regex(/^[A-Z][A-Z0-9]{1,5}-\d{2,6}$/),
  domainId: idSchema,
  text: z.string(),
  description: z.string(),
  doneWhen: z.string(),
  cadence: z.string(),
  workshopQuestion: z.string(),
  /** Role id → its letters, in the order A R S C I, never an empty list. */
  letters: z.record(idSchema, z.array(letterSchema)),
  /** For a shared duty: which part is whose, and where the handover is. Empty when nothing is written. */
  boundary: z.string(),
  /** Party id → suggested roles. Not part of what is signed. */
  suggestions: z.record(idSchema, suggestionSchema),
  /** Direction, priorities, budget or risk: accountability stays with the client unless somebody knowingly says otherwise. */
  reserved: z.boolean(),
  cover: z.enum(["24x7", "office-hours"]),
  stance: z.enum(["defend", "invest"]),
  oftenDisputed: z.boolean(),
  firstWorkshop: z.boolean(),
  /** CIS Controls v8.1 safeguard numbers, such as 5.3. */
  cis: z.array(z.string().regex(/^\d{1,2}\.\d{1,2}$/)),
  /** NIST CSF 2.0 category codes, such as PR.AA. */
  csf: z.array(z.string().regex(/^[A-Z]{2}\.[A-Z]{2}$/)),
  /** Which tools and whose standards apply. */
  tools: z.string(),
  /** Where it is written down: an address or a place. */
  documentation: z.string(),
  /** Who holds the knowledge. */
  knowledge: z.string(),
  /** What people say who mean this duty: phrases, with commas between. Not part of what is signed; a stored duty without them has none. */
  searchWords: z.string().default(""),
  decisions: decisionsSchema,
  today: todaySchema,
  /** The day by which an early win should show; null where it isn't one. */
  earlyWin: daySchema.nullable(),
  coverPeriod: coverPeriodSchema.nullable(),
  standing: standingSchema.nullable(),
  /** The escalation path that applies; null takes that of the domain. */
  pathId: idSchema.nullable().default(null),
  /** Party id → its mark. Only the client and the provider mark. */
  marks: z.record(idSchema, markSchema),
  ruling: rulingSchema.nullable(),
});
export type Duty = z.infer<typeof dutySchema>;

/**
 * A deleted duty that a party has said something of, or that is reserved: nobody's word goes with it. `terms` is the hash
 * of its terms when it was deleted, `closed` are the parties that closed its dispute.
 */
export const deletedDutySchema = z.object({
  duty: dutySchema.strict(),
  terms: termsHashSchema,
  closed: z.array(idSchema),
});
export type DeletedDuty = z.infer<typeof deletedDutySchema>;

export const settingsSchema = z.object({
  /** "follows-work": who does a duty answers for it; "stays-with-client": the client keeps answering, whoever does it. */
  accountability: z.enum(["follows-work", "stays-with-client"]),
  /** RASCI adds S: supports who does it. */
  scheme: z.enum(["RACI", "RASCI"]),
  /** The person who is asked to rule on a dispute; empty: nobody in particular. A ruling counts once both parties confirm it, whoever made it. */
  ruler: z.string(),
  /** A duty with more roles doing it than this is a warning. */
  manyDoers: z.number().int().min(1).max(60),
  /** A duty with more roles asked than this is a warning. */
  manyAsked: z.number().int().min(1).max(60),
  /** A role that answers for more than this share of all duties, in percent, is a warning. */
  answererShare: z.number().int().min(1).max(100),
  /** A person who is the only one to do or to answer for more duties than this is a warning. */
  personDuties: z.number().int().min(1).max(2_000),
});
export type Settings = z.infer<typeof settingsSchema>;

/** The contract facts printed on the cover, remembered from one publication to the next. Empty text and null mean "not set". */
export const termsSchema = z.object({
  agreementReference: z.string(),
  exhibit: z.string(),
  precedence: z.string(),
  effectiveDate: daySchema.nullable(),
  reviewDate: daySchema.nullable(),
});
export type Terms = z.infer<typeof termsSchema>;
