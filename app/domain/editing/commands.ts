import { z } from "zod";
import { matrixDiffSchema } from "../changes/diff-schema";
import { LIMITS } from "../limits";
import { THING_COMMANDS } from "./thing-commands";
import {
  acceptanceSchema,
  coverPeriodSchema,
  daySchema,
  decisionsSchema,
  domainSchema,
  dutySchema,
  findingKeySchema,
  idSchema,
  legalSchema,
  letterSchema,
  markSchema,
  settingsSchema,
  standingSchema,
  suggestionSchema,
  termsHashSchema,
  todaySchema,
} from "../matrix/shapes";

/**
 * The commands that edit a draft. The server parses them, the browser applies them at once, and the activity log stores
 * them. Commands set values and never toggle or increment, so that sending one twice changes nothing more.
 * `applyCommand` checks the length and wording of texts, so that a refusal is a sentence and not a malformed request.
 */

const text = z.string().max(LIMITS.batchBytes);
/**
 * The text that the writer saw when they began to edit. The command is refused if somebody else changed it to a third
 * text meanwhile. It applies to commands that set a single text.
 */
const was = text.optional();
const beforeIdSchema = idSchema.nullable().describe("Stands before this one; null stands last");

const targetSchema = z.union([z.literal("unassigned"), z.literal("shared"), z.object({ partyId: idSchema }).strict()]);

const dutyFields = z
  .object({
    text,
    description: text,
    doneWhen: text,
    cadence: text,
    workshopQuestion: text,
    boundary: text,
    reserved: z.boolean(),
    cover: dutySchema.shape.cover,
    stance: dutySchema.shape.stance,
    pressures: dutySchema.shape.pressures.unwrap(),
    oftenDisputed: z.boolean(),
    firstWorkshop: z.boolean(),
    cis: dutySchema.shape.cis.max(40),
    csf: dutySchema.shape.csf.max(40),
    tools: text,
    documentation: text,
    knowledge: text,
    searchWords: text,
    earlyWin: daySchema.nullable(),
    coverPeriod: coverPeriodSchema.strict().nullable(),
    standing: standingSchema.nullable(),
    pathId: idSchema.nullable(),
    authorityId: idSchema.nullable(),
    /** The given entries are set; an empty text removes an entry; the others stay. */
    decisions: decisionsSchema.strict(),
    today: todaySchema.extend({ compromise: z.enum(["conscious", "accident", ""]).optional() }).strict(),
  })
  .strict()
  .partial();

export const matrixCommandSchema = z.discriminatedUnion("type", [
  z
    .object({ type: z.literal("duty.assign"), dutyId: idSchema, lens: z.enum(["does", "answers"]), to: targetSchema })
    .strict(),
  z
    .object({ type: z.literal("duty.add"), dutyId: idSchema, domainId: idSchema, text, beforeId: beforeIdSchema })
    .strict(),
  z.object({ type: z.literal("duty.edit"), dutyId: idSchema, set: dutyFields, was }).strict(),
  z
    .object({
      type: z.literal("duty.letters"),
      dutyId: idSchema,
      roleId: idSchema,
      letters: z.array(letterSchema).max(8),
    })
    .strict(),
  /**
   * Several cells of one duty are stored as given. Pasted letters may break the rules; they then appear as findings.
   */
  z
    .object({
      type: z.literal("duty.cells"),
      dutyId: idSchema,
      cells: z.record(idSchema, z.array(letterSchema).max(8)),
    })
    .strict(),
  z
    .object({
      type: z.literal("duty.suggest"),
      dutyId: idSchema,
      partyId: idSchema,
      suggestion: suggestionSchema.strict(),
    })
    .strict(),
  z.object({ type: z.literal("duty.move"), dutyId: idSchema, domainId: idSchema, beforeId: beforeIdSchema }).strict(),
  z.object({ type: z.literal("duty.copy"), dutyId: idSchema, copyId: idSchema }).strict(),
  z.object({ type: z.literal("duty.delete"), dutyId: idSchema }).strict(),
  /** A kept deleted duty comes back with its marks and its ruling. */
  z.object({ type: z.literal("duty.restore"), dutyId: idSchema }).strict(),
  /**
   * `terms` is the hash of the terms that the person saw. The command is refused if they have changed. `confirms` also
   * confirms that the duty is declined, which only the party that bears the risk does.
   */
  z
    .object({
      type: z.literal("duty.mark"),
      dutyId: idSchema,
      partyId: idSchema,
      state: z.enum(["agreed", "disputed", "open"]),
      position: text,
      terms: termsHashSchema,
      confirms: markSchema.shape.confirms,
    })
    .strict(),
  z
    .object({
      type: z.literal("duty.rule"),
      dutyId: idSchema,
      ruling: z.object({ what: text, by: text, on: daySchema, why: text, terms: termsHashSchema }).strict().nullable(),
    })
    .strict(),
  z.object({ type: z.literal("duty.confirm"), dutyId: idSchema, partyId: idSchema, terms: termsHashSchema }).strict(),
  z.object({ type: z.literal("duty.unconfirm"), dutyId: idSchema, partyId: idSchema }).strict(),
  z.object({ type: z.literal("duty.close"), dutyId: idSchema, partyId: idSchema }).strict(),
  z
    .object({
      type: z.literal("domain.add"),
      domainId: idSchema,
      name: text,
      code: domainSchema.shape.code,
      beforeId: beforeIdSchema,
    })
    .strict(),
  z.object({ type: z.literal("domain.rename"), domainId: idSchema, name: text, was }).strict(),
  /** Sets the escalation path of the domain's duties; null sets none. */
  z.object({ type: z.literal("domain.escalate"), domainId: idSchema, pathId: idSchema.nullable() }).strict(),
  z.object({ type: z.literal("domain.place"), domainId: idSchema, beforeId: beforeIdSchema }).strict(),
  z.object({ type: z.literal("domain.merge"), domainId: idSchema, intoId: idSchema }).strict(),
  z.object({ type: z.literal("domain.delete"), domainId: idSchema }).strict(),
  z
    .object({
      type: z.literal("party.add"),
      partyId: idSchema,
      name: text,
      engagedBy: idSchema,
      roleId: idSchema,
      roleName: text,
    })
    .strict(),
  z.object({ type: z.literal("party.rename"), partyId: idSchema, name: text, was }).strict(),
  /** The given entries are set; an empty text removes an entry; the others stay. */
  z.object({ type: z.literal("party.describe"), partyId: idSchema, set: legalSchema.strict(), was }).strict(),
  z.object({ type: z.literal("party.engage"), partyId: idSchema, engagedBy: idSchema }).strict(),
  z.object({ type: z.literal("party.delete"), partyId: idSchema }).strict(),
  z.object({ type: z.literal("role.add"), roleId: idSchema, partyId: idSchema, name: text }).strict(),
  z.object({ type: z.literal("role.rename"), roleId: idSchema, name: text, was }).strict(),
  z.object({ type: z.literal("role.lead"), roleId: idSchema }).strict(),
  z.object({ type: z.literal("role.place"), roleId: idSchema, partyId: idSchema, beforeId: beforeIdSchema }).strict(),
  z.object({ type: z.literal("role.merge"), roleId: idSchema, intoId: idSchema }).strict(),
  z.object({ type: z.literal("role.delete"), roleId: idSchema }).strict(),
  z.object({ type: z.literal("matrix.rename"), title: text, was }).strict(),
  z
    .object({ type: z.literal("matrix.settings"), set: settingsSchema.omit({ scheme: true }).strict().partial(), was })
    .strict(),
  /**
   * When a matrix changes from RASCI to RACI, every S becomes the letter in `supportBecomes`, or is removed when that
   * is null.
   */
  z
    .object({
      type: z.literal("matrix.scheme"),
      scheme: settingsSchema.shape.scheme,
      supportBecomes: z.enum(["R", "C", "I"]).nullable(),
    })
    .strict(),
  /** A null `acceptance` takes the acceptance back. */
  z
    .object({
      type: z.literal("finding.accept"),
      key: findingKeySchema,
      acceptance: acceptanceSchema.strict().nullable(),
    })
    .strict(),
  z
    .object({
      type: z.literal("matrix.terms"),
      set: z
        .object({
          agreementReference: text,
          exhibit: text,
          precedence: text,
          effectiveDate: daySchema.nullable(),
          reviewDate: daySchema.nullable(),
        })
        .strict()
        .partial(),
    })
    .strict(),
  ...THING_COMMANDS,
  /**
   * Undo and redo apply a whole diff. It is refused if the same fields were changed since. Clients of earlier releases
   * send `undoes`, which is ignored.
   */
  z
    .object({ type: z.literal("diff.apply"), diff: matrixDiffSchema, undoes: z.null().optional() })
    .strict()
    .transform(({ type, diff }) => ({ type, diff })),
]);

export type MatrixCommand = z.infer<typeof matrixCommandSchema>;
/** The command with a given `type`. */
export type CommandOf<Type extends MatrixCommand["type"]> = Extract<MatrixCommand, { type: Type }>;

/**
 * One action of a person. Its commands are applied in order and undone together. The server recognises a repeated step
 * by its id.
 */
export const stepSchema = z
  .object({ id: idSchema, commands: z.array(matrixCommandSchema).min(1).max(LIMITS.commandsPerStep) })
  .strict();
export type Step = z.infer<typeof stepSchema>;
