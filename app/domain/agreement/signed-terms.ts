import { termsHash } from "./agreement";
import type { Matrix } from "../matrix/matrix";
import type { Duty } from "../matrix/shapes";

type Structure = Pick<Matrix, "parties" | "roles">;

/** The terms of duties that both sides have signed, in which version. */
export type SignedTerms = {
  number: number;
  /** The hash of a duty's signed terms by its id; null for one that the version doesn't have. */ of: (
    dutyId: string,
  ) => string | null;
};

/** The same for a draft, told briefly: by id, only duties whose terms are others than in the draft, or that the version doesn't have. */
export type SignedBrief = { number: number; others: Record<string, string | null> };

/** What the signatures under a version agreed to, beside a draft. */
export function signedBrief(number: number, version: Matrix, draft: Matrix): SignedBrief {
  const signed = new Map(version.duties.map((duty) => [duty.id, termsHash(version, duty)]));
  const others = draft.duties.flatMap((duty): [string, string | null][] => {
    const hash = signed.get(duty.id) ?? null;
    return hash === termsHash(draft, duty) ? [] : [[duty.id, hash]];
  });
  return { number, others: Object.fromEntries(others) };
}

/** The signed terms that a brief tells of, beside the draft it was made for. Hashes are made when they are asked for. */
export function signedTerms({ number, others }: SignedBrief, draft: Matrix): SignedTerms {
  const duties = new Map(draft.duties.map((duty) => [duty.id, duty]));
  const of = (dutyId: string) => {
    if (Object.hasOwn(others, dutyId)) return others[dutyId] ?? null;
    const duty = duties.get(dutyId);
    return duty ? termsHash(draft, duty) : null;
  };
  return { number, of };
}

/** Whether both sides have signed a duty's terms as they stand. */
export function isSigned(matrix: Structure, duty: Duty, signed: SignedTerms | null): boolean {
  return signed !== null && signed.of(duty.id) === termsHash(matrix, duty);
}
