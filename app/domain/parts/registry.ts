import { AUTHORITIES, CONTAINMENTS, OFF_LIMITS } from "./authorities";
import { CLAUSES, DEFINITIONS } from "./wording/clauses";
import { CONVERSATIONS } from "./conversations";
import { DOMAINS } from "./domains";
import { DUTIES } from "./duties";
import { OFF_DUTIES, PARTY_HOURS } from "./hours";
import type { AnyThing, CollectionName, Collections, Part, Things } from "./part";
import { PARTIES } from "./parties";
import { PATHS } from "./paths";
import { ROLES } from "./roles";

/** The description of each kind of agreed thing. A kind stands after the kinds it refers to. */
export const PARTS: { readonly [Name in CollectionName]: Part<Things[Name]> } = {
  parties: PARTIES,
  roles: ROLES,
  domains: DOMAINS,
  duties: DUTIES,
  paths: PATHS,
  authorities: AUTHORITIES,
  containments: CONTAINMENTS,
  offLimits: OFF_LIMITS,
  hours: PARTY_HOURS,
  offDuties: OFF_DUTIES,
  conversations: CONVERSATIONS,
  clauses: CLAUSES,
  definitions: DEFINITIONS,
};

export const COLLECTIONS: readonly CollectionName[] = Object.values(PARTS).map(({ name }) => name);

/** The same descriptions as a list, for code that treats all kinds alike. */
export const PART_LIST: readonly Part<AnyThing>[] = Object.values(PARTS);

/** The collections of a matrix that says nothing yet. */
export const NO_THINGS: Readonly<Collections> = {
  parties: [],
  roles: [],
  domains: [],
  duties: [],
  paths: [],
  authorities: [],
  containments: [],
  offLimits: [],
  hours: [],
  offDuties: [],
  conversations: [],
  clauses: [],
  definitions: [],
};
