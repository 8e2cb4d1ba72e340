import { z } from "zod";
import { domainSchema, dutySchema, idSchema, letterSchema, suggestionSchema } from "~/domain/matrix/shapes";

export const PRESET_IDS = ["shared", "provider-led", "security-night", "projects", "first-line"] as const;
export type PresetId = (typeof PRESET_IDS)[number];

const placement = z
  .object({ letters: z.record(idSchema, z.array(letterSchema).min(1)), boundary: z.string() })
  .strict();

/**
 * A duty of the library: what a matrix's duty carries, with its letters and boundary note in each preset. Its texts hold
 * words in braces where the name of a party or role comes, as `withNames` says.
 */
const libraryDutySchema = dutySchema
  .pick({
    id: true,
    code: true,
    domainId: true,
    text: true,
    doneWhen: true,
    cadence: true,
    workshopQuestion: true,
    reserved: true,
    cover: true,
    stance: true,
    pressures: true,
    oftenDisputed: true,
    firstWorkshop: true,
    cis: true,
    csf: true,
  })
  .extend({
    suggestions: z.object({ client: suggestionSchema, provider: suggestionSchema }).strict(),
    presets: z.record(z.enum(PRESET_IDS), placement),
  })
  .strict();
export type LibraryDuty = z.infer<typeof libraryDutySchema>;

export const librarySchema = z
  .object({ domains: z.array(domainSchema.strict()), duties: z.array(libraryDutySchema) })
  .strict();
export type Library = z.infer<typeof librarySchema>;
