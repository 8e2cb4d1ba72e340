import { z } from "zod";
import { matrixDiffSchema } from "../changes/diff-schema";
import { LIMITS } from "../limits";
import { THING_COMMANDS } from "../parts/thing-commands";
import {
  acceptanceSchema,
  coverPeriodSchema,
  daySchema,
  decisionsSchema,
  domainSchema,
  dutySchema,
  findingKeySchema,
  idSchema,
  letterSchema,
  settingsSchema,
  standingSchema,
  suggestionSchema,
  termsHashSchema,
  todaySchema,
} from "../matrix/shapes";

/**
 * Every edit of a draft is one of these values. The same union is parsed on the server, applied at once in the
 * browser and kept in the activity log. Commands set, they never toggle or increment: sending one twice changes nothing.
 * Length and wording of texts are judged by `applyCommand`, so that a refusal is a sentence and not a malformed request.
 */

const text = z.string().max(LIMITS.batchBytes);
/** What the one text that is set said as its writer began. Where somebody else made it say a third thing since, the command is refused. */
const was = text.optional();
const before = idSchema.nullable().describe("Stands before this one; null stands last");

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
    /** Entries named are set, an empty text takes one away; the others stay. */
    decisions: decisionsSchema.strict(),
    today: todaySchema.extend({ compromise: z.enum(["conscious", "accident", ""]).optional() }).strict(),
  })
  .strict()
  .partial();

export const matrixCommandSchema = z.discriminatedUnion("type", [
  z
    .object({ type: z.literal("duty.assign"), dutyId: idSchema, lens: z.enum(["does", "answers"]), to: targetSchema })
    .strict(),
  z.object({ type: z.literal("duty.add"), dutyId: idSchema, domainId: idSchema, text, beforeId: before }).strict(),
  z.object({ type: z.literal("duty.edit"), dutyId: idSchema, set: dutyFields, was }).strict(),
  z
    .object({
      type: z.literal("duty.letters"),
      dutyId: idSchema,
      roleId: idSchema,
      letters: z.array(letterSchema).max(8),
    })
    .strict(),
  /** Several cells of one duty as they are given: what is pasted may break the rules and then shows as findings. */
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
  z.object({ type: z.literal("duty.move"), dutyId: idSchema, domainId: idSchema, beforeId: before }).strict(),
  z.object({ type: z.literal("duty.copy"), dutyId: idSchema, copyId: idSchema }).strict(),
  z.object({ type: z.literal("duty.delete"), dutyId: idSchema }).strict(),
  /** Brings back a deleted duty that is kept, with what was said of it. */
  z.object({ type: z.literal("duty.restore"), dutyId: idSchema }).strict(),
  /** `terms` is the hash of what the person saw: marking something else is refused. */
  z
    .object({
      type: z.literal("duty.mark"),
      dutyId: idSchema,
      partyId: idSchema,
      state: z.enum(["agreed", "disputed", "open"]),
      position: text,
      terms: termsHashSchema,
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
  /** One party takes its confirmation of the ruling back. */
  z.object({ type: z.literal("duty.unconfirm"), dutyId: idSchema, partyId: idSchema }).strict(),
  /** One party lets go of the dispute over a duty that was deleted. */
  z.object({ type: z.literal("duty.close"), dutyId: idSchema, partyId: idSchema }).strict(),
  z
    .object({
      type: z.literal("domain.add"),
      domainId: idSchema,
      name: text,
      code: domainSchema.shape.code,
      beforeId: before,
    })
    .strict(),
  z.object({ type: z.literal("domain.rename"), domainId: idSchema, name: text, was }).strict(),
  /** Names the escalation path of the domain's duties; null names none. */
  z.object({ type: z.literal("domain.escalate"), domainId: idSchema, pathId: idSchema.nullable() }).strict(),
  z.object({ type: z.literal("domain.place"), domainId: idSchema, beforeId: before }).strict(),
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
  z.object({ type: z.literal("party.engage"), partyId: idSchema, engagedBy: idSchema }).strict(),
  z.object({ type: z.literal("party.delete"), partyId: idSchema }).strict(),
  z.object({ type: z.literal("role.add"), roleId: idSchema, partyId: idSchema, name: text }).strict(),
  z.object({ type: z.literal("role.rename"), roleId: idSchema, name: text, was }).strict(),
  z.object({ type: z.literal("role.lead"), roleId: idSchema }).strict(),
  z.object({ type: z.literal("role.place"), roleId: idSchema, partyId: idSchema, beforeId: before }).strict(),
  z.object({ type: z.literal("role.merge"), roleId: idSchema, intoId: idSchema }).strict(),
  z.object({ type: z.literal("role.delete"), roleId: idSchema }).strict(),
  z.object({ type: z.literal("matrix.rename"), title: text, was }).strict(),
  z
    .object({ type: z.literal("matrix.settings"), set: settingsSchema.omit({ scheme: true }).strict().partial(), was })
    .strict(),
  /** From RASCI to RACI every S becomes the letter named, or nothing. */
  z
    .object({
      type: z.literal("matrix.scheme"),
      scheme: settingsSchema.shape.scheme,
      supportBecomes: z.enum(["R", "C", "I"]).nullable(),
    })
    .strict(),
  /** Null takes the acceptance back. */
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
  /** Undo and redo: a diff applied as a whole, refused where the same fields were touched since. Windows opened before an update may still send `undoes`, which says nothing. */
  z
    .object({ type: z.literal("diff.apply"), diff: matrixDiffSchema, undoes: z.null().optional() })
    .strict()
    .transform(({ type, diff }) => ({ type, diff })),
]);

export type MatrixCommand = z.infer<typeof matrixCommandSchema>;

/** One intention of a person: its commands are applied in order and undone together. The id makes a repeat harmless. */
export const stepSchema = z
  .object({ id: idSchema, commands: z.array(matrixCommandSchema).min(1).max(LIMITS.commandsPerStep) })
  .strict();
export type Step = z.infer<typeof stepSchema>;
