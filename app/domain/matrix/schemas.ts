import { z } from "zod";
import {
  authoritySchema,
  containmentSchema,
  conversationSchema,
  offDutySchema,
  offLimitsSchema,
  partyHoursSchema,
  pathSchema,
} from "./escalation-shapes";
import { domainSchema, dutySchema, partySchema, roleSchema } from "./shapes";
import { clauseSchema, definitionSchema } from "./wording-shapes";

/**
 * The schema of each collection of a matrix. A new kind of agreed thing needs an entry here and a description in
 * `parts/registry.ts`. Its schema must default to an empty array, because matrices without that collection are already
 * stored.
 */
export const COLLECTION_SCHEMAS = {
  parties: z.array(partySchema),
  roles: z.array(roleSchema),
  domains: z.array(domainSchema),
  duties: z.array(dutySchema),
  paths: z.array(pathSchema).default([]),
  authorities: z.array(authoritySchema).default([]),
  containments: z.array(containmentSchema).default([]),
  offLimits: z.array(offLimitsSchema).default([]),
  hours: z.array(partyHoursSchema).default([]),
  offDuties: z.array(offDutySchema).default([]),
  conversations: z.array(conversationSchema).default([]),
  clauses: z.array(clauseSchema).default([]),
  definitions: z.array(definitionSchema).default([]),
};

/** The schema of a single thing, by the name of its collection. */
export const THING_SCHEMAS: ReadonlyMap<string, z.ZodObject> = new Map(
  Object.entries(COLLECTION_SCHEMAS).map(([name, collection]) => [name, elementOf(collection)]),
);

function elementOf(collection: z.ZodArray<z.ZodObject> | z.ZodDefault<z.ZodArray<z.ZodObject>>): z.ZodObject {
  return collection instanceof z.ZodDefault ? collection.unwrap().element : collection.element;
}
