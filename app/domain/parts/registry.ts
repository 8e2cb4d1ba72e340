import { DOMAINS } from "./domains";
import { DUTIES } from "./duties";
import type { AnyThing, CollectionName, Part, Things } from "./part";
import { PARTIES } from "./parties";
import { ROLES } from "./roles";

/** The description of each kind of agreed thing. A kind stands after the kinds it refers to. */
export const PARTS: { readonly [Name in CollectionName]: Part<Things[Name]> } = {
  parties: PARTIES,
  roles: ROLES,
  domains: DOMAINS,
  duties: DUTIES,
};

export const COLLECTIONS: readonly CollectionName[] = Object.values(PARTS).map(({ name }) => name);

/** The same descriptions as a list, for code that treats all kinds alike. */
export const PART_LIST: readonly Part<AnyThing>[] = Object.values(PARTS);
