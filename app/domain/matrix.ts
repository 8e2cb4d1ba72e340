import { z } from "zod";

/**
 * The shapes of a matrix, checked wherever one enters: a file, a row, a request.
 * Only the types of this module reach the browser; rules that run there live beside it, free of zod.
 */

/** Ids are minted by whoever creates the thing. The first character keeps an id from naming an object's prototype. */
export const idSchema = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$/, "An id has 1 to 64 letters, digits, - or _.");

/** A calendar day without a time zone, as YYYY-MM-DD. */
export const daySchema = z.iso.date();

export const letterSchema = z.enum(["A", "R", "C", "I"]);
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
});
export type Domain = z.infer<typeof domainSchema>;

export const suggestionSchema = z.object({ does: idSchema.nullable(), answers: idSchema.nullable() });
/** The roles of one party that would do a duty and answer for it; null falls back to the party's lead. */
export type Suggestion = z.infer<typeof suggestionSchema>;

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
  /** Role id → its letters, in the order A R C I, never an empty list. */
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
});
export type Duty = z.infer<typeof dutySchema>;

export const settingsSchema = z.object({
  /** "follows-work": who does a duty answers for it; "stays-with-client": the client keeps answering, whoever does it. */
  accountability: z.enum(["follows-work", "stays-with-client"]),
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

export const matrixSchema = z.object({
  schema: z.literal(1),
  title: z.string(),
  terms: termsSchema,
  settings: settingsSchema,
  parties: z.array(partySchema),
  roles: z.array(roleSchema),
  domains: z.array(domainSchema),
  duties: z.array(dutySchema),
  /** Domain code → the highest number its duties were ever given, so that no code is given twice. Only grows. */
  issued: z.record(z.string(), z.number().int().nonnegative()),
});

/**
 * One responsibility matrix: the draft, or what a version froze. Flat collections; order is array order.
 * Invariants beyond the shape are in `invariants.ts`.
 */
export type Matrix = z.infer<typeof matrixSchema>;
