import { sameJson } from "../equal";
import { hashText, sortedJson } from "../hash";
import { inOrder } from "../matrix/letters";
import type { Matrix } from "../matrix/matrix";
import type { DeletedDuty, Duty, Mark, Party, Ruling } from "../matrix/shapes";
import { indexOf } from "../matrix/owner";
import { DUTIES } from "../parts/duties";
import { markedValues, signedNames } from "../parts/signed";

/** What both parties together say of a duty. */
export type Agreement = "proposed" | "agreed" | "disputed" | "parked" | "declined" | "not-applicable";

type Structure = Pick<Matrix, "parties" | "roles">;
const SIGNED = signedNames(DUTIES.fields).concat("id");
const hashes = new WeakMap<Duty, { roles: Matrix["roles"]; parties: Matrix["parties"]; hash: string }>();

/** What stands before a hash of everything that is signed; a stored hash without it is of letters, boundary note and decisions. */
const OF_EVERYTHING = "2:";

/**
 * The hash of what the parties agree to: everything of the duty that is signed, and whose roles its letters are. A mark
 * holds as long as it stays the same.
 */
export function termsHash(matrix: Structure, duty: Duty): string {
  const kept = hashes.get(duty);
  if (kept && kept.roles === matrix.roles && kept.parties === matrix.parties) return kept.hash;
  // What isn't said is left out, so that a field which comes later, and of which nothing is said, reopens nothing.
  const signed = Object.entries(markedValues(duty, DUTIES.fields, SIGNED, matrix)).filter(([, value]) => isSaid(value));
  const hash = OF_EVERYTHING + hashText(sortedJson(Object.fromEntries(signed)));
  hashes.set(duty, { roles: matrix.roles, parties: matrix.parties, hash });
  return hash;
}

function isSaid(value: unknown): boolean {
  if (typeof value !== "object") return value !== "" && value !== false;
  return value !== null && Object.keys(value).length > 0;
}

/** Whether a stored hash is of letters, boundary note and decisions alone. */
export function isEarlier(terms: string): boolean {
  return !terms.startsWith(OF_EVERYTHING);
}

function earlierHash({ letters, boundary, decisions }: Duty): string {
  const ordered = Object.fromEntries(Object.entries(letters).map(([roleId, cell]) => [roleId, inOrder(cell)]));
  return hashText(sortedJson({ letters: ordered, boundary, decisions }));
}

/**
 * The terms that a stored hash stands for, as a hash of everything. One of letters, boundary note and decisions stands
 * for the duty as it is as long as those are the same; where they aren't, for terms that no duty has.
 */
export function termsMeant(matrix: Structure, duty: Duty, terms: string): string {
  if (!isEarlier(terms)) return terms;
  return terms === earlierHash(duty) ? termsHash(matrix, duty) : OF_EVERYTHING + terms;
}

/** Whether a stored hash is of a duty's terms as they stand. */
export function isOfTerms(matrix: Structure, duty: Duty, terms: string): boolean {
  return termsMeant(matrix, duty, terms) === termsHash(matrix, duty);
}

/** A party's mark where it holds; null where there is none or the terms have changed since. */
export function heldMark(matrix: Structure, duty: Duty, partyId: string): Mark | null {
  const mark = Object.hasOwn(duty.marks, partyId) ? duty.marks[partyId] : undefined;
  return mark && isOfTerms(matrix, duty, mark.terms) ? mark : null;
}

/** Whether a party marked a duty and a change of its terms has reopened that. */
export function isReopened(matrix: Structure, duty: Duty, partyId: string): boolean {
  return Object.hasOwn(duty.marks, partyId) && heldMark(matrix, duty, partyId) === null;
}

/** The ruling where it holds and counts: both sides confirmed it. A name written beside it proves nothing, whoever's it is. */
export function countingRuling(matrix: Structure, duty: Duty): Ruling | null {
  const { ruling } = duty;
  return ruling && isOfTerms(matrix, duty, ruling.terms) && isConfirmed(matrix, ruling) ? ruling : null;
}

function isConfirmed(matrix: Structure, { confirmed }: Ruling): boolean {
  const { client, provider } = indexOf(matrix);
  return [client, provider].every((party) => party !== null && confirmed.includes(party.id));
}

/** Whether two rulings say the same, whoever confirmed them: a confirmation is of every part of it. */
export function sameRuling(one: Ruling, other: Ruling): boolean {
  return sameJson({ ...one, confirmed: [] }, { ...other, confirmed: [] });
}

/** Whether a text names the person the matrix lets rule. Who writes down what that person ruled confirms it for their own side. */
export function isRuler({ settings }: Pick<Matrix, "settings">, name: string): boolean {
  return settings.ruler !== "" && name.trim().toLowerCase() === settings.ruler.toLowerCase();
}

/** What a duty's marks, ruling and standing come to; `signed` says that both sides signed its terms as they stand, which agrees to them as long as neither disputes. Derived, never stored. */
export function agreementOf(matrix: Structure, duty: Duty, signed = false): Agreement {
  if (duty.standing) return duty.standing.kind;
  if (countingRuling(matrix, duty)) return "agreed";
  const states = heldStates(matrix, duty);
  if (states.includes("disputed")) return "disputed";
  return signed || states.every((state) => state === "agreed") ? "agreed" : "proposed";
}

function heldStates(matrix: Structure, duty: Duty): (Mark["state"] | null)[] {
  const { client, provider } = indexOf(matrix);
  return [client, provider].map((party) => (party ? (heldMark(matrix, duty, party.id)?.state ?? null) : null));
}

/** Whether a side disputes a duty as it stands and no ruling settles that, wherever the duty stands. */
export function isDisputed(matrix: Structure, duty: Duty): boolean {
  return heldStates(matrix, duty).includes("disputed") && countingRuling(matrix, duty) === null;
}

/** The parties that disputed a duty as it was before, and have said nothing of it as it is. */
export function unanswered(matrix: Structure, duty: Duty): Party[] {
  if (countingRuling(matrix, duty)) return [];
  return matrix.parties.filter(({ id }) => isReopened(matrix, duty, id) && duty.marks[id]?.state === "disputed");
}

/** Whether a duty was deleted while a party disputed it, no ruling settled that, and not both sides have closed it since. */
export function isOpenDispute(matrix: Structure, { duty, terms, closed: closers }: DeletedDuty): boolean {
  const { client, provider } = indexOf(matrix);
  const disputed = Object.values(duty.marks).some(({ state }) => state === "disputed");
  const settled = duty.ruling !== null && duty.ruling.terms === terms && isConfirmed(matrix, duty.ruling);
  const closed = [client, provider].every((party) => party !== null && closers.includes(party.id));
  return disputed && !settled && !closed;
}

/** The name of the party that covers a duty on a day; null on every other day. */
export function coveringToday(
  matrix: Structure,
  { coverPeriod }: Pick<Duty, "coverPeriod">,
  today: string,
): string | null {
  if (!coverPeriod || today < coverPeriod.from || today > coverPeriod.to) return null;
  return indexOf(matrix).party.get(coverPeriod.partyId)?.name ?? null;
}

/** Whether the letter rules say anything of a duty: what doesn't apply or is declined needs nobody. */
export function isActive(duty: Pick<Duty, "standing">): boolean {
  return duty.standing?.kind !== "not-applicable" && duty.standing?.kind !== "declined";
}
