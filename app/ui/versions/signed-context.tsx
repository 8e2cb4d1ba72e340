import { createContext, useContext, useMemo, type ReactNode } from "react";
import type { Matrix } from "~/domain/matrix/matrix";
import type { Duty } from "~/domain/matrix/shapes";
import {
  isSigned,
  expandedSignedTerms,
  type CompactSignedTerms,
  type SignedTerms,
} from "~/domain/agreement/signed-terms";

const SignedContext = createContext<SignedTerms | null>(null);

/**
 * Provides the terms of the newest signed version to every view of the draft. `loaded` is the draft that the brief was
 * computed from.
 */
export function SignedProvider({
  brief,
  loaded,
  children,
}: {
  brief: CompactSignedTerms | null;
  loaded: Matrix;
  children: ReactNode;
}) {
  const signed = useMemo(() => brief && expandedSignedTerms(brief, loaded), [brief, loaded]);
  return <SignedContext.Provider value={signed}>{children}</SignedContext.Provider>;
}

/** The terms of the newest signed version; null if there is none, and in the views of a version. */
export function useSigned(): SignedTerms | null {
  return useContext(SignedContext);
}

/** Whether both sides have signed a duty's current terms. */
export function useIsSigned(structure: Pick<Matrix, "parties" | "roles">, duty: Duty): boolean {
  return isSigned(structure, duty, useSigned());
}
