import { hashText, sortedJson } from "../hash";
import type { Matrix } from "../matrix/matrix";
import { indexOf } from "../matrix/owner";
import type { Mark, Ruling } from "../matrix/shapes";
import { markedValues, type AnyFields } from "../parts/signed";

type Structure = Pick<Matrix, "parties" | "roles">;

/** What the parties say of a thing: their marks by party id, and the ruling on a dispute. */
export type Marked = { marks: Readonly<Record<string, Mark>>; ruling: Ruling | null };

/** Whether a stored hash of terms is that of the present terms. */
type IsPresent = (terms: string) => boolean;

/**
 * The prefix of a hash that covers everything that is signed. Stored hashes without it are older and cover only
 * letters, boundary note and decisions of a duty.
 */
export const FULL_HASH_PREFIX = "2:";

/** The hash of the terms of a thing: the values of the named fields, as a mark covers them. */
export function hashOfTerms(matrix: Structure, thing: object, fields: AnyFields, names: readonly string[]): string {
  // Empty values are left out. A field that a later release adds, and that is empty, then changes no hash and reopens
  // no mark.
  const signed = Object.entries(markedValues(thing, fields, names, matrix)).filter(([, value]) => hasValue(value));
  return FULL_HASH_PREFIX + hashText(sortedJson(Object.fromEntries(signed)));
}

function hasValue(value: unknown): boolean {
  if (typeof value !== "object") return value !== "" && value !== false;
  return value !== null && Object.keys(value).length > 0;
}

/** A party's mark while it is valid; null where it made none, or where the terms have changed since. */
export function validMarkOf({ marks }: Marked, partyId: string, isPresent: IsPresent): Mark | null {
  const mark = Object.hasOwn(marks, partyId) ? marks[partyId] : undefined;
  return mark && isPresent(mark.terms) ? mark : null;
}

/** The states of the valid marks of client and provider, in this order; null where a side has none. */
export function markStates(matrix: Structure, marked: Marked, isPresent: IsPresent): (Mark["state"] | null)[] {
  const { client, provider } = indexOf(matrix);
  return [client, provider].map((party) => (party && validMarkOf(marked, party.id, isPresent)?.state) ?? null);
}

/** The ruling while it is valid: it is on the present terms, and both sides confirmed it. */
export function validRulingOf(matrix: Structure, { ruling }: Marked, isPresent: IsPresent): Ruling | null {
  return ruling && isPresent(ruling.terms) && isConfirmed(matrix, ruling) ? ruling : null;
}

/** Whether client and provider both confirmed a ruling. */
export function isConfirmed(matrix: Structure, { confirmed }: Ruling): boolean {
  const { client, provider } = indexOf(matrix);
  return [client, provider].every((party) => party !== null && confirmed.includes(party.id));
}
