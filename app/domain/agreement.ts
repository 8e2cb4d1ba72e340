import { sameJson } from "./equal";
import { hashText, sortedJson } from "./hash";
import { inOrder } from "./letters";
import type { Duty, Mark, Matrix, Ruling } from "./matrix";
import { indexOf } from "./owner";

/** What both parties together say of a duty. */
export type Agreement = "proposed" | "agreed" | "disputed" | "parked" | "declined" | "not-applicable";

type Terms = Pick<Duty, "letters" | "boundary" | "decisions">;
const hashes = new WeakMap<Terms, string>();

/** The hash of what the parties agree to: letters, boundary note, decisions. A mark holds as long as it stays the same. */
export function termsHash(duty: Terms): string {
  const kept = hashes.get(duty);
  if (kept !== undefined) return kept;
  const letters = Object.fromEntries(Object.entries(duty.letters).map(([roleId, cell]) => [roleId, inOrder(cell)]));
  const hash = hashText(sortedJson({ letters, boundary: duty.boundary, decisions: duty.decisions }));
  hashes.set(duty, hash);
  return hash;
}

/** A party's mark where it holds; null where there is none or the terms have changed since. */
export function heldMark(duty: Duty, partyId: string): Mark | null {
  const mark = Object.hasOwn(duty.marks, partyId) ? duty.marks[partyId] : undefined;
  return mark && mark.terms === termsHash(duty) ? mark : null;
}

/** Whether a party marked a duty and a change of its terms has reopened that. */
export function isReopened(duty: Duty, partyId: string): boolean {
  return Object.hasOwn(duty.marks, partyId) && heldMark(duty, partyId) === null;
}

/** The ruling where it holds and counts: both sides confirmed it. A name written beside it proves nothing, whoever's it is. */
export function countingRuling(matrix: Pick<Matrix, "parties" | "roles">, duty: Duty): Ruling | null {
  const { ruling } = duty;
  if (!ruling || ruling.terms !== termsHash(duty)) return null;
  const { client, provider } = indexOf(matrix);
  const confirmed = [client, provider].every((party) => party !== null && ruling.confirmed.includes(party.id));
  return confirmed ? ruling : null;
}

/** Whether two rulings say the same, whoever confirmed them: a confirmation is of every part of it. */
export function sameRuling(one: Ruling, other: Ruling): boolean {
  return sameJson({ ...one, confirmed: [] }, { ...other, confirmed: [] });
}

/** Whether a text names the person the matrix lets rule. Who writes down what that person ruled confirms it for their own side. */
export function isRuler({ settings }: Pick<Matrix, "settings">, name: string): boolean {
  return settings.ruler !== "" && name.trim().toLowerCase() === settings.ruler.toLowerCase();
}

/** What a duty's marks, ruling and standing come to. Derived, never stored. */
export function agreementOf(matrix: Pick<Matrix, "parties" | "roles">, duty: Duty): Agreement {
  if (duty.standing) return duty.standing.kind;
  if (countingRuling(matrix, duty)) return "agreed";
  const { client, provider } = indexOf(matrix);
  const marks = [client, provider].map((party) => (party ? (heldMark(duty, party.id)?.state ?? null) : null));
  if (marks.includes("disputed")) return "disputed";
  return marks.every((state) => state === "agreed") ? "agreed" : "proposed";
}

/** The name of the party that covers a duty on a day; null on every other day. */
export function coveringToday(matrix: Pick<Matrix, "parties" | "roles">, { coverPeriod }: Pick<Duty, "coverPeriod">, today: string): string | null {
  if (!coverPeriod || today < coverPeriod.from || today > coverPeriod.to) return null;
  return indexOf(matrix).party.get(coverPeriod.partyId)?.name ?? null;
}

/** Whether the letter rules say anything of a duty: what doesn't apply or is declined needs nobody. */
export function isActive(duty: Pick<Duty, "standing">): boolean {
  return duty.standing?.kind !== "not-applicable" && duty.standing?.kind !== "declined";
}
