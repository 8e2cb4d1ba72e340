import type { Reader } from "~/db/client.server";
import type { Signer, StatusEvent } from "~/domain/certificate";
import type { SignatureFact } from "~/domain/sign-off";

/** Who is asked to sign a version, who has, and what happened to it on its way. */
export type SigningFacts = { signers: Signer[]; signatures: SignatureFact[]; history: StatusEvent[] };

/** What is known of the signing of a version. Until versions can be sent for signing, nobody is asked and nobody has signed. */
export async function signingFacts(_db: Reader, _matrixId: string, _number: number): Promise<SigningFacts> {
  return { signers: [], signatures: [], history: [] };
}
