import { sameJson } from "../equal";
import { hashText, sortedJson } from "../hash";
import { FULL_HASH_PREFIX, hashOfTerms, isConfirmed, markStates, validMarkOf, validRulingOf } from "./marked";
import { inOrder } from "../matrix/letters";
import type { Matrix } from "../matrix/matrix";
import type { DeletedDuty, Duty, Mark, Party, Ruling } from "../matrix/shapes";
import { indexOf } from "../matrix/owner";
import { DUTIES } from "../parts/duties";
import { signedNames } from "../parts/signed";

/** The agreement status of a duty, which follows from both parties' marks, the ruling and the duty's standing. */
export type Agreement = "proposed" | "agreed" | "disputed" | "parked" | "declined" | "not-applicable";

type Structure = Pick<Matrix, "parties" | "roles">;
const SIGNED_FIELDS = signedNames(DUTIES.fields).concat("id");
const hashes = new WeakMap<Duty, { roles: Matrix["roles"]; parties: Matrix["parties"]; hash: string }>();

/**
 * The hash of a duty's terms: everything of the duty that is signed, and the parties of the roles with letters. A mark
 * is valid only while this hash stays the same.
 */
export function termsHash(matrix: Structure, duty: Duty): string {
  const cached = hashes.get(duty);
  if (cached && cached.roles === matrix.roles && cached.parties === matrix.parties) return cached.hash;
  const hash = hashOfTerms(matrix, duty, DUTIES.fields, SIGNED_FIELDS);
  hashes.set(duty, { roles: matrix.roles, parties: matrix.parties, hash });
  return hash;
}

/** Whether a stored hash is an older one, which covers only letters, boundary note and decisions. */
export function isEarlierHash(terms: string): boolean {
  return !terms.startsWith(FULL_HASH_PREFIX);
}

function earlierTermsHash({ letters, boundary, decisions }: Duty): string {
  const ordered = Object.fromEntries(Object.entries(letters).map(([roleId, cell]) => [roleId, inOrder(cell)]));
  return hashText(sortedJson({ letters: ordered, boundary, decisions }));
}

/**
 * Converts a stored hash to one of everything that is signed. An older hash gives the duty's present hash while
 * letters, boundary note and decisions are unchanged; otherwise it gives a hash that no duty can have.
 */
export function fullTermsHash(matrix: Structure, duty: Duty, terms: string): string {
  if (!isEarlierHash(terms)) return terms;
  return terms === earlierTermsHash(duty) ? termsHash(matrix, duty) : FULL_HASH_PREFIX + terms;
}

/** Whether a stored hash matches the duty's present terms. */
export function matchesTerms(matrix: Structure, duty: Duty, terms: string): boolean {
  return fullTermsHash(matrix, duty, terms) === termsHash(matrix, duty);
}

/** A party's mark while it is valid. Null when the party hasn't marked the duty, or its terms have changed since. */
export function validMark(matrix: Structure, duty: Duty, partyId: string): Mark | null {
  return validMarkOf(duty, partyId, (terms) => matchesTerms(matrix, duty, terms));
}

/** Whether a party marked a duty and a later change of its terms made the mark invalid. */
export function isReopened(matrix: Structure, duty: Duty, partyId: string): boolean {
  return Object.hasOwn(duty.marks, partyId) && validMark(matrix, duty, partyId) === null;
}

/**
 * The ruling of a duty while it is valid: it matches the present terms, and both sides confirmed it. The name of the
 * person who ruled isn't checked, since anybody could write it.
 */
export function validRuling(matrix: Structure, duty: Duty): Ruling | null {
  return validRulingOf(matrix, duty, (terms) => matchesTerms(matrix, duty, terms));
}

/**
 * Whether two rulings are equal apart from their confirmations. A confirmation refers to all other fields of a ruling.
 */
export function sameRuling(one: Ruling, other: Ruling): boolean {
  return sameJson({ ...one, confirmed: [] }, { ...other, confirmed: [] });
}

/**
 * Whether a text is the name of the person who rules on disputes in this matrix. A member who records that person's
 * ruling thereby confirms it for their own side.
 */
export function isRuler({ settings }: Pick<Matrix, "settings">, name: string): boolean {
  return settings.ruler !== "" && name.trim().toLowerCase() === settings.ruler.toLowerCase();
}

/**
 * The agreement status of a duty. `signed` is true when both sides signed its present terms; then it is agreed unless a
 * side disputes it. The status is derived and never stored.
 */
export function agreementOf(matrix: Structure, duty: Duty, signed = false): Agreement {
  if (duty.standing) return duty.standing.kind;
  if (validRuling(matrix, duty)) return "agreed";
  const states = validMarkStates(matrix, duty);
  if (states.includes("disputed")) return "disputed";
  return signed || states.every((state) => state === "agreed") ? "agreed" : "proposed";
}

function validMarkStates(matrix: Structure, duty: Duty): (Mark["state"] | null)[] {
  return markStates(matrix, duty, (terms) => matchesTerms(matrix, duty, terms));
}

/**
 * Whether a side disputes the present terms of a duty and no valid ruling settles that. The duty's standing doesn't
 * matter.
 */
export function isDisputed(matrix: Structure, duty: Duty): boolean {
  return validMarkStates(matrix, duty).includes("disputed") && validRuling(matrix, duty) === null;
}

/**
 * The party that bears the risk of a declined duty, and alone confirms that it is declined; null for any other duty.
 * What nobody does falls on the client. Where the provider bears the consequences, it answers for the duty, which then
 * isn't declined.
 */
export function riskPartyOf(matrix: Structure, { standing }: Pick<Duty, "standing">): Party | null {
  return standing?.kind === "declined" ? indexOf(matrix).client : null;
}

/** Whether the party that bears the risk confirmed that the duty is declined, as its terms stand. */
export function isDecliningConfirmed(matrix: Structure, duty: Duty): boolean {
  const party = riskPartyOf(matrix, duty);
  const mark = party && validMark(matrix, duty, party.id);
  return mark?.state === "agreed" && mark.confirms === "declining";
}

/** Whether a duty is declined and the party that bears the risk hasn't confirmed that. */
export function awaitsConfirmation(matrix: Structure, duty: Duty): boolean {
  return duty.standing?.kind === "declined" && !isDecliningConfirmed(matrix, duty);
}

/** The parties that disputed a duty before its terms changed and haven't marked it since. */
export function partiesWithOpenDispute(matrix: Structure, duty: Duty): Party[] {
  if (validRuling(matrix, duty)) return [];
  return matrix.parties.filter(({ id }) => isReopened(matrix, duty, id) && duty.marks[id]?.state === "disputed");
}

/**
 * Whether the dispute over a deleted duty is still open: a party disputed the duty, no ruling settled that, and not
 * both sides have closed the dispute since.
 */
export function isOpenDispute(matrix: Structure, { duty, terms, closed: closedBy }: DeletedDuty): boolean {
  const { client, provider } = indexOf(matrix);
  const disputed = Object.values(duty.marks).some(({ state }) => state === "disputed");
  const settled = duty.ruling !== null && duty.ruling.terms === terms && isConfirmed(matrix, duty.ruling);
  const closed = [client, provider].every((party) => party !== null && closedBy.includes(party.id));
  return disputed && !settled && !closed;
}

/** The name of the party that covers a duty on a day (YYYY-MM-DD); null when none does. */
export function coveringPartyName(
  matrix: Structure,
  { coverPeriod }: Pick<Duty, "coverPeriod">,
  today: string,
): string | null {
  if (!coverPeriod || today < coverPeriod.from || today > coverPeriod.to) return null;
  return indexOf(matrix).party.get(coverPeriod.partyId)?.name ?? null;
}

/**
 * Whether a duty is struck from who does what: it doesn't apply, is declined or parked. Its letters rest until it
 * applies again.
 */
export function isStruck({ standing }: Pick<Duty, "standing">): boolean {
  return standing !== null;
}

/** Whether the rules about letters apply to a duty. A duty that doesn't apply or is declined needs nobody. */
export function isActive(duty: Pick<Duty, "standing">): boolean {
  return duty.standing?.kind !== "not-applicable" && duty.standing?.kind !== "declined";
}
