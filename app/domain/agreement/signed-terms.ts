import { termsHash } from "./agreement";
import type { Matrix } from "../matrix/matrix";
import type { Duty } from "../matrix/shapes";

type Structure = Pick<Matrix, "parties" | "roles">;

/** The terms that both sides have signed, with the number of the signed version. */
export type SignedTerms = {
  number: number;
  /** The hash of a duty's signed terms by the duty's id; null when the version doesn't contain the duty. */
  of: (dutyId: string) => string | null;
};

/**
 * A compact form of the signed terms that goes to the browser with a draft. `others` holds, by duty id, only the hashes
 * that differ from the draft's; null for a duty that the version doesn't contain.
 */
export type CompactSignedTerms = { number: number; others: Record<string, string | null> };

/** The signed terms of a version, in the compact form for a draft. */
export function compactSignedTerms(number: number, version: Matrix, draft: Matrix): CompactSignedTerms {
  const signed = new Map(version.duties.map((duty) => [duty.id, termsHash(version, duty)]));
  const others = draft.duties.flatMap((duty): [string, string | null][] => {
    const hash = signed.get(duty.id) ?? null;
    return hash === termsHash(draft, duty) ? [] : [[duty.id, hash]];
  });
  return { number, others: Object.fromEntries(others) };
}

/** Expands the compact form with the draft it was made for. Hashes are computed on demand. */
export function expandedSignedTerms({ number, others }: CompactSignedTerms, draft: Matrix): SignedTerms {
  const duties = new Map(draft.duties.map((duty) => [duty.id, duty]));
  const of = (dutyId: string) => {
    if (Object.hasOwn(others, dutyId)) return others[dutyId] ?? null;
    const duty = duties.get(dutyId);
    return duty ? termsHash(draft, duty) : null;
  };
  return { number, of };
}

/** Whether both sides have signed the duty's present terms. */
export function isSigned(matrix: Structure, duty: Duty, signed: SignedTerms | null): boolean {
  return signed !== null && signed.of(duty.id) === termsHash(matrix, duty);
}
