import type { Reader } from "~/db/client.server";
import type { Signer, StatusEvent } from "~/domain/certificate";
import type { SignatureFact } from "~/domain/sign-off";
import { signaturesOf } from "./signatures.server";

/** Who is asked to sign a version, who has, and what happened to it on its way. */
export type SigningFacts = { signers: Signer[]; signatures: SignatureFact[]; history: StatusEvent[] };

/** What is known of the signing of a version, up to the moment it was agreed; `parties` name those whom the signatories sign for. */
export async function signingFacts(db: Reader, matrixId: string, number: number, parties: readonly { id: string; name: string }[]): Promise<SigningFacts> {
  const version = await db.version.findUnique({
    where: { matrixId_number: { matrixId, number } },
    select: { id: true, createdAt: true, authorName: true, agreedAt: true, withdrawnAt: true, withdrawnByName: true, round: { select: { sentAt: true, sentByName: true, signatories: { where: { state: { not: "removed" } }, orderBy: [{ position: "asc" }, { id: "asc" }] } } } },
  });
  if (!version) return { signers: [], signatures: [], history: [] };
  const { round, createdAt, authorName, agreedAt, withdrawnAt, withdrawnByName } = version;
  const signatures = await signaturesOf(db, version.id);
  const organisationOf = (partyId: string) => parties.find(({ id }) => id === partyId)?.name ?? "";
  const events: (Omit<StatusEvent, "at"> & { at: Date | null })[] = [
    { at: createdAt, what: "Published", by: authorName },
    { at: round?.sentAt ?? null, what: "Sent for signing", by: round?.sentByName ?? "" },
    ...signatures.map(({ signedAt, partyName, name }) => ({ at: new Date(signedAt), what: `Signed for ${partyName}`, by: name })),
    { at: withdrawnAt, what: "Withdrawn", by: withdrawnByName ?? "" },
    { at: agreedAt, what: "Agreed", by: "all who were asked to sign" },
  ];
  return {
    signers: (round?.signatories ?? []).map(({ partyId, name, title, email }) => ({ partyId, name, title, email, organisation: organisationOf(partyId) })),
    signatures,
    history: round ? events.flatMap(({ at, ...event }) => (at ? [{ at: at.toISOString(), ...event }] : [])) : [],
  };
}
