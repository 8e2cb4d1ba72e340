import { z } from "zod";
import { PRESSURES, STANCES } from "./kinds";

/**
 * The zod schemas of everything in a matrix. They check data where it enters: from a file, a database row or a request.
 * The browser imports only the types of this module, so that zod stays out of its bundle.
 */

/**
 * The client that creates a thing chooses its id. The first character must be a letter or digit, so that no id can be
 * the name of a prototype property such as `__proto__`.
 */
export const idSchema = z
  .string()
  .regex(/^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$/, "An id has 1 to 64 letters, digits, - or _.");

/** A calendar day without a time zone, as YYYY-MM-DD. */
export const daySchema = z.iso.date();

/** S (supports the role that does the duty) is used only when the matrix's scheme is RASCI. */
export const letterSchema = z.enum(["A", "R", "S", "C", "I"]);
export type Letter = z.infer<typeof letterSchema>;

export const partyKindSchema = z.enum(["client", "provider", "third-party"]);
export type PartyKind = z.infer<typeof partyKindSchema>;

/**
 * What a party is by law: its legal name, legal form, number in a register, and address. Empty texts are absent. The
 * party's short name is used everywhere else.
 */
export const legalSchema = z
  .object({ name: z.string(), form: z.string(), register: z.string(), address: z.string() })
  .partial();
export type Legal = z.infer<typeof legalSchema>;

export const partySchema = z.object({
  id: idSchema,
  kind: partyKindSchema,
  name: z.string(),
  /**
   * For a third party, the id of the client or provider that engages it and answers for its work. Null for the client
   * and the provider.
   */
  engagedBy: idSchema.nullable(),
  legal: legalSchema.default({}),
});
export type Party = z.infer<typeof partySchema>;

export const roleSchema = z.object({
  id: idSchema,
  partyId: idSchema,
  name: z.string(),
  /**
   * Exactly one role of each party that has roles is its lead. The lead is used when a duty suggests no role of the
   * party.
   */
  lead: z.boolean(),
});
export type Role = z.infer<typeof roleSchema>;

export const domainSchema = z.object({
  id: idSchema,
  /** Two to six capital letters or digits. It is the prefix of its duties' codes. */
  code: z.string().regex(/^[A-Z][A-Z0-9]{1,5}$/),
  name: z.string(),
  /** The escalation path of its duties, where they name none of their own; null where nothing is agreed. */
  pathId: idSchema.nullable().default(null),
});
export type Domain = z.infer<typeof domainSchema>;

export const suggestionSchema = z.object({ does: idSchema.nullable(), answers: idSchema.nullable() });
/** The roles of one party that would do a duty and answer for it. Null means the party's lead. */
export type Suggestion = z.infer<typeof suggestionSchema>;

/**
 * Texts about who decides on a duty. Empty texts are absent. `limit` is an amount with its currency; `silence` says
 * what applies when nobody answers.
 */
export const decisionsSchema = z
  .object({ decides: z.string(), asked: z.string(), told: z.string(), limit: z.string(), silence: z.string() })
  .partial();
export type Decisions = z.infer<typeof decisionsSchema>;

/**
 * How a duty is done today, noted while the parties explore the work. It is not part of what is signed. Unknown entries
 * are absent.
 */
export const todaySchema = z
  .object({ how: z.string(), tried: z.string(), risk: z.string(), compromise: z.enum(["conscious", "accident"]) })
  .partial();
export type Today = z.infer<typeof todaySchema>;

/** A party covers a duty for a period and then hands it back. `from` and `to` are the first and the last day. */
export const coverPeriodSchema = z.object({ partyId: idSchema, from: daySchema, to: daySchema });
export type CoverPeriod = z.infer<typeof coverPeriodSchema>;

/**
 * The special status of a duty. It doesn't apply; or it is parked until a day, when its owner takes it up; or it is
 * declined until a day, and a named person of the client bears the risk. Meanwhile its letters rest: nobody does it or
 * answers for it.
 */
export const standingSchema = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("not-applicable"), reason: z.string() }),
  z.object({ kind: z.literal("parked"), owner: z.string(), until: daySchema }),
  z.object({ kind: z.literal("declined"), reason: z.string(), riskOwner: z.string(), until: daySchema }),
]);
export type Standing = z.infer<typeof standingSchema>;

/**
 * The hash of a duty's terms, as `agreement/agreement.ts` computes it. A hash with the prefix `2:` covers everything
 * that is signed; a hash without it is older and covers only letters, boundary note and decisions.
 */
export const termsHashSchema = z.string().regex(/^(2:)?[0-9a-f]{32}$/);

/**
 * One party's mark on a duty. It is valid as long as the hash of the duty's terms equals `terms`. `position` is the
 * text of a dispute. `confirms` says that the party, which bears the risk, confirms that the duty is declined. Marks
 * without it, such as those of earlier releases, agree to the terms and confirm nothing.
 */
export const markSchema = z.object({
  state: z.enum(["agreed", "disputed"]),
  terms: termsHashSchema,
  position: z.string(),
  confirms: z.literal("declining").optional(),
});
export type Mark = z.infer<typeof markSchema>;

/**
 * The ruling that settles a dispute: its text, who ruled, the day, the reason, the hash of the terms it is about, and
 * the ids of the parties that confirmed it.
 */
export const rulingSchema = z.object({
  what: z.string(),
  by: z.string(),
  on: daySchema,
  why: z.string(),
  terms: termsHashSchema,
  confirmed: z.array(idSchema),
});
export type Ruling = z.infer<typeof rulingSchema>;

/**
 * An accepted warning. `about` is the hash of the facts that the warning was about; when they change, the warning is
 * open again. `partyId` is the party that accepted it. Acceptances stored by earlier releases don't have it.
 */
export const acceptanceSchema = z.object({
  reason: z.string(),
  by: z.string(),
  on: daySchema,
  about: z.string().regex(/^[0-9a-f]{32}$/),
  partyId: idSchema.optional(),
});
export type Acceptance = z.infer<typeof acceptanceSchema>;

/** The key of a finding: the name of its rule and, after a dot, the id of the duty, role or person it is about. */
export const findingKeySchema = z.string().regex(/^[a-z][a-z0-9-]{2,40}(\.[A-Za-z0-9][A-Za-z0-9_-]{0,63})?$/);

export const dutySchema = z.object({
  id: idSchema,
  /** The code that people see, such as IAM-03. `duty.add` assigns it, and the matrix never gives it to another duty. */
  code: z.string().regex(/^[A-Z][A-Z0-9]{1,5}-\d{2,6}$/),
  domainId: idSchema,
  text: z.string(),
  description: z.string(),
  doneWhen: z.string(),
  cadence: z.string(),
  workshopQuestion: z.string(),
  /** The letters of each role by role id, in the order A R S C I. The lists are never empty. */
  letters: z.record(idSchema, z.array(letterSchema)),
  /** For a shared duty: which part is whose, and where the handover is. Empty when no note was written. */
  boundary: z.string(),
  /** The suggested roles by party id. They are not part of what is signed. */
  suggestions: z.record(idSchema, suggestionSchema),
  /**
   * True for a duty about direction, priorities, budget or risk. The client answers for it unless the client knowingly
   * agrees otherwise.
   */
  reserved: z.boolean(),
  cover: z.enum(["24x7", "office-hours"]),
  stance: z.enum(STANCES),
  /** Which of the five pressures make it matter, once each and in their order. Duties stored before this field existed have none. */
  pressures: z.array(z.enum(PRESSURES)).max(PRESSURES.length).default([]),
  oftenDisputed: z.boolean(),
  firstWorkshop: z.boolean(),
  /** CIS Controls v8.1 safeguard numbers, such as 5.3. */
  cis: z.array(z.string().regex(/^\d{1,2}\.\d{1,2}$/)),
  /** NIST CSF 2.0 category codes, such as PR.AA. */
  csf: z.array(z.string().regex(/^[A-Z]{2}\.[A-Z]{2}$/)),
  /** The tools to use and the standards that apply. */
  tools: z.string(),
  /** Where the documentation is: an address or a place. */
  documentation: z.string(),
  /** The person who knows how the duty is done. */
  knowledge: z.string(),
  /**
   * Phrases, separated by commas, that people use when they mean this duty. They are not part of what is signed. Duties
   * stored before this field existed have none.
   */
  searchWords: z.string().default(""),
  decisions: decisionsSchema,
  /** The authority by which it is decided; null where none is named. */
  authorityId: idSchema.nullable().default(null),
  today: todaySchema,
  /** The day by which an early win should be visible. Null when the duty isn't an early win. */
  earlyWin: daySchema.nullable(),
  coverPeriod: coverPeriodSchema.nullable(),
  standing: standingSchema.nullable(),
  /** The escalation path that applies; null means that of the domain. */
  pathId: idSchema.nullable().default(null),
  /** The marks by party id. Only the client and the provider mark duties. */
  marks: z.record(idSchema, markSchema),
  ruling: rulingSchema.nullable(),
});
export type Duty = z.infer<typeof dutySchema>;

/**
 * A deleted duty that is kept because it was marked, ruled on or reserved, so that deleting it removes nobody's
 * statement. `terms` is the hash of its terms when it was deleted; `closed` holds the ids of the parties that closed
 * its dispute.
 */
export const deletedDutySchema = z.object({
  duty: dutySchema.strict(),
  terms: termsHashSchema,
  closed: z.array(idSchema),
});
export type DeletedDuty = z.infer<typeof deletedDutySchema>;

export const settingsSchema = z.object({
  /**
   * "follows-work": the party that does a duty answers for it. "stays-with-client": the client answers for every duty,
   * whoever does it.
   */
  accountability: z.enum(["follows-work", "stays-with-client"]),
  /** RASCI adds the letter S, "supports". */
  scheme: z.enum(["RACI", "RASCI"]),
  /**
   * The name of the person who rules on disputes; empty when nobody was chosen. A ruling counts once both parties
   * confirm it, whoever made it.
   */
  ruler: z.string(),
  /** A duty that more roles do than this gets a warning. */
  manyDoers: z.number().int().min(1).max(60),
  /** A duty on which more roles are asked than this gets a warning. */
  manyAsked: z.number().int().min(1).max(60),
  /** A role that answers for more than this percentage of all duties gets a warning. */
  answererShare: z.number().int().min(1).max(100),
  /** A person who alone does or answers for more duties than this gets a warning. */
  personDuties: z.number().int().min(1).max(2_000),
});
export type Settings = z.infer<typeof settingsSchema>;

/**
 * The contract facts printed on the cover. They stay in the draft from one version to the next. An empty text or null
 * means "not set".
 */
export const termsSchema = z.object({
  agreementReference: z.string(),
  exhibit: z.string(),
  precedence: z.string(),
  effectiveDate: daySchema.nullable(),
  reviewDate: daySchema.nullable(),
});
export type Terms = z.infer<typeof termsSchema>;
