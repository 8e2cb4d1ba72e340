import { z } from "zod";
import { idSchema } from "./shapes";

/** The shapes of what the schedule says in words, checked wherever one enters. */

/** Which standard text something stems from; empty where it is the parties' own. */
const keySchema = z.string().regex(/^([a-z][a-z0-9-]{0,40})?$/);

export const clauseSchema = z.object({
  id: idSchema,
  key: keySchema,
  title: z.string(),
  /** Paragraphs, one a line, with fields in braces. */
  text: z.string(),
  /** Whether it is struck: then its number and title stay, and its words don't apply. */
  struck: z.boolean(),
});
/** A clause of the schedule. */
export type Clause = z.infer<typeof clauseSchema>;

export const definitionSchema = z.object({
  id: idSchema,
  key: keySchema,
  /** The word, or several with commas between them that mean the same. */
  term: z.string(),
  /** What it means, with fields in braces. */
  meaning: z.string(),
});
/** A word that the schedule defines. */
export type Definition = z.infer<typeof definitionSchema>;
