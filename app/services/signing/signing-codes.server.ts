import { read, write, type Reader } from "~/db/client.server";
import { ownersOf } from "~/db/owner-store.server";
import type { StoredSignatory } from "~/db/sign-off-store.server";
import { AppError } from "~/domain/errors";
import { shortNameList } from "~/domain/name-list";
import { isTheirTurn } from "~/domain/signing/sign-off";
import type { Actor } from "../who/actor.server";
import { hashOfSecret } from "../who/link-secret.server";
import { mailIsSent } from "../mail/mailer.server";
import { doerOf, type SigningAnswer } from "./signing-after.server";
import {
  logSigning,
  partyOf,
  sideOfParty,
  signatoryOf,
  signingFor,
  speaksFor,
  type SigningProcess,
} from "./signing-core.server";

/** For how many minutes a code that proves a signatory's address is valid. */
export const CODE_MINUTES = 15;

/** A new code for a signatory, and the columns to store, which replace the code before it. */
export function newCode(
  signatoryId: string,
  now: Date,
): { code: string; stored: { codeHash: string; codeExpires: Date; codeTries: number } } {
  const code = String(100_000 + ((crypto.getRandomValues(new Uint32Array(1))[0] ?? 0) % 900_000));
  return {
    code,
    stored: {
      codeHash: hashOfCode(signatoryId, code),
      codeExpires: new Date(now.getTime() + CODE_MINUTES * 60_000),
      codeTries: 0,
    },
  };
}

/** The stored hash of a signatory's code. */
export function hashOfCode(signatoryId: string, code: string): string {
  return hashOfSecret(`${signatoryId} ${code}`);
}

/**
 * Whether an owner of the party `ownPartyId` may see a signatory's code to pass it on. That is so only where no mail is
 * sent: for owners of the signatory's party, and for those of the other party while the signatory's has no owner.
 */
export function passesCodeOn(
  { stored, version }: Pick<SigningProcess, "stored" | "version">,
  { id, partyId, userId, state, askedAt }: StoredSignatory,
  ownPartyId: string | null,
): boolean {
  const { register } = stored;
  const round = register.versions.find(({ number }) => number === version.number)?.round;
  if (mailIsSent() || ownPartyId === null || userId !== null || askedAt === null || !round) return false;
  const canSign = state === "waiting" && version.status === "proposed" && isTheirTurn(register, round, { id });
  return (canSign || state === "signed") && (ownPartyId === partyId || !register.owned.includes(partyId));
}

/**
 * Makes a new code and shows it to an owner, who passes it on to the signatory by another way than the link. It is
 * shown once, and stored with the owner's name.
 */
export async function showSigningCode(
  actor: Actor,
  matrixId: string,
  number: number,
  signatoryId: string,
  now: Date,
): Promise<SigningAnswer> {
  return write(async (tx) => {
    const signing = await signingFor(tx, actor, matrixId, number, "publish");
    const signatory = signatoryOf(signing, signatoryId);
    const party = partyOf(signing, signatory.partyId);
    if (mailIsSent())
      throw new AppError("conflict", "Codes go by mail here: whoever has the link has it sent to their address.");
    if (signing.partyId !== party.id && signing.stored.register.owned.includes(party.id))
      throw new AppError("forbidden", `${party.name} has an owner, who passes the code on. Ask them.`);
    if (!passesCodeOn(signing, signatory, signing.partyId))
      throw new AppError("conflict", `${signatory.name} has no link that asks for a code now. Look at the page again.`);
    const { code, stored } = newCode(signatory.id, now);
    await tx.signatory.update({
      where: { id: signatory.id },
      data: { ...stored, codeShownTo: speaksFor(signing, actor).words },
    });
    await logSigning(tx, signing, "version.code-shown", doerOf(actor), now, {
      name: signatory.name,
      party: party.name,
    });
    const said = `The code holds for ${CODE_MINUTES} minutes, once, and is shown this once. Tell it to ${signatory.name} yourself, by another way than the link: by phone, or in person. What they sign says that you passed it on.`;
    return { said, handed: [], code: { name: signatory.name, digits: `${code.slice(0, 3)} ${code.slice(3)}` } };
  });
}

/** The names of those whom a signatory can ask for a code where no mail is sent. */
export async function whoHasCode(
  signing: SigningProcess,
  { partyId }: StoredSignatory,
  db: Reader = read,
): Promise<string> {
  const owners = (await ownersOf(db, signing.engagementId)).filter(
    ({ side }) => side === sideOfParty(signing, partyId),
  );
  return owners.length > 0
    ? shortNameList(owners.map(({ name }) => name))
    : (signing.stored.round?.sentBy ?? "whoever sent you the link");
}
