import { createContext, useContext, useMemo, type ReactNode } from "react";
import type { Matrix } from "~/domain/matrix";
import type { Duty } from "~/domain/parts/shapes";
import { isSigned, signedTerms, type SignedBrief, type SignedTerms } from "~/domain/signed-terms";

const SignedContext = createContext<SignedTerms | null>(null);

/** Hands to every view of the draft what the newest signed version agreed to. `loaded` is the draft that the brief was made for. */
export function SignedProvider({ brief, loaded, children }: { brief: SignedBrief | null; loaded: Matrix; children: ReactNode }) {
  const signed = useMemo(() => brief && signedTerms(brief, loaded), [brief, loaded]);
  return <SignedContext.Provider value={signed}>{children}</SignedContext.Provider>;
}

/** What the newest signed version agreed to; null where there is none, and in views of a version itself. */
export function useSigned(): SignedTerms | null {
  return useContext(SignedContext);
}

/** Whether both sides have signed a duty's terms as they stand. */
export function useIsSigned(structure: Pick<Matrix, "parties" | "roles">, duty: Duty): boolean {
  return isSigned(structure, duty, useSigned());
}
