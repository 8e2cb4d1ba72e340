import { z } from "zod";
import { write, type Transaction } from "~/db/client.server";
import type { StoredSignatory } from "~/db/sign-off-store.server";
import { AppError } from "~/domain/errors";
import { CONSENT, namingWords } from "~/domain/signing/sign-off";
import { checkReason, checkSigning, type SigningFields } from "~/domain/signing/signing-form";
import type { Actor, Caller } from "../who/actor.server";
import { mailIsSent } from "../mail/mailer.server";
import {
  applyEvent,
  logSigning,
  ownSignatory,
  partyOf,
  signingFor,
  type Doer,
  type SigningProcess,
} from "./signing-core.server";
import { tellEnded } from "./signing-mail.server";
import { followUp, doerOf } from "./signing-after.server";

/**
 * The form of the signing page: a signature, or the reason for declining. `fingerprint` is that of the text the page
 * showed.
 */
export const signForm = z.discriminatedUnion("intent", [
  z.object({
    intent: z.literal("sign"),
    fingerprint: z.string(),
    title: z.string().default(""),
    organisation: z.string().default(""),
    consent: z.string().default(""),
    way: z.string().default("typed"),
    typed: z.string().default(""),
    drawn: z.string().default(""),
  }),
  z.object({ intent: z.literal("decline"), reason: z.string() }),
]);
export type SignInput = z.infer<typeof signForm>;

/**
 * Signs or declines as a signatory with an account. Signing twice changes nothing, and the answer says that it is done.
 */
export async function signVersion(
  actor: Actor,
  matrixId: string,
  number: number,
  form: SignInput,
  caller: Caller,
  now: Date,
): Promise<{ said: string }> {
  return write(async (tx) => {
    const signing = await signingFor(tx, actor, matrixId, number, "sign");
    const signatory = ownSignatory(signing, actor, signing.partyId);
    if (!signatory)
      throw new AppError(
        "forbidden",
        "You aren't asked to sign this version. An owner of your side says who is, on its page.",
      );
    const checked = checkSignForm(form, signatory);
    const context = { proof: "account" as const, handedBy: null, email: actor.email, caller, now };
    return checked.kind === "sign"
      ? sign(tx, signing, signatory, checked, { ...context, by: doerOf(actor) })
      : decline(tx, signing, signatory, checked.reason, doerOf(actor), now);
  });
}

/** The checked form of a signatory. Throws `invalid` with a sentence for each field that needs another look. */
export function checkSignForm(
  form: SignInput,
  { name }: Pick<StoredSignatory, "name">,
): ({ kind: "sign"; fingerprint: string } & SigningFields) | { kind: "decline"; reason: string } {
  if (form.intent === "decline") {
    const reason = checkReason(form.reason);
    if (!reason.ok)
      throw new AppError("invalid", "Some fields need another look.", { reason: reason.rejection.message });
    return { kind: "decline", reason: reason.value };
  }
  const checked = checkSigning(form, name);
  if (!checked.ok)
    throw new AppError("invalid", "Some fields need another look. Nothing is signed yet.", checked.errors);
  return { kind: "sign", fingerprint: form.fingerprint, ...checked.value };
}

/** How a signatory proved who they are, and from where they sign. */
type SigningContext = {
  proof: "account" | "code" | "handed";
  handedBy: string | null;
  email: string;
  caller: Caller;
  now: Date;
  by: Doer;
};

/** Stores a signature with what proves it, in the caller's transaction. */
export async function sign(
  tx: Transaction,
  signing: SigningProcess,
  signatory: StoredSignatory,
  { fingerprint, title, organisation, picture }: { fingerprint: string } & SigningFields,
  { proof, handedBy, email, caller, now, by }: SigningContext,
): Promise<{ said: string }> {
  const { changed, agreed } = await applyEvent(
    tx,
    signing,
    { type: "sign", signatoryId: signatory.id, fingerprint },
    { at: now, by },
  );
  if (!changed) return { said: "You have signed this version already. Nothing was changed." };
  const party = partyOf(signing, signatory.partyId);
  await tx.signature.create({
    data: {
      ...{
        id: crypto.randomUUID(),
        signatoryId: signatory.id,
        versionId: signing.version.id,
        partyId: party.id,
        partyName: party.name,
        named: namingWords(signatory, party.name),
        name: signatory.name,
        title,
        organisation,
        email,
        proof,
        handedBy,
        signedAt: now,
        createdAt: now,
      },
      ...{
        address: caller.address,
        browser: caller.userAgent,
        consentVersion: CONSENT.version,
        consentText: CONSENT.text,
        fingerprint: signing.version.fingerprint,
      },
      ...(picture.kind === "typed"
        ? { picture: "typed", pictureText: picture.text }
        : { picture: "drawn", pictureText: "", pictureBytes: Uint8Array.from(picture.png) }),
    },
  });
  await logSigning(tx, signing, "version.signed", by, now, { party: party.name });
  await followUp(tx, signing, agreed, by, now);
  return {
    said: agreed
      ? `Signed. Everybody has signed, so version ${signing.version.number} is agreed.`
      : `Signed. ${mailIsSent() ? "You hear of it" : "This page says so"} when everybody has.`,
  };
}

/** Records that a signatory declines, in the caller's transaction. That ends the signing of the version. */
export async function decline(
  tx: Transaction,
  signing: SigningProcess,
  signatory: StoredSignatory,
  reason: string,
  by: Doer,
  now: Date,
): Promise<{ said: string }> {
  await applyEvent(tx, signing, { type: "decline", signatoryId: signatory.id, reason }, { at: now, by });
  await logSigning(tx, signing, "version.declined", by, now, {
    party: partyOf(signing, signatory.partyId).name,
    reason,
  });
  await tellEnded(tx, signing, "signing-declined", { by, reason }, now);
  return {
    said: mailIsSent()
      ? "Declined. Everybody who was asked, and the owners of both sides, hear of it with your reason."
      : "Declined. The page of the version says so, with your reason. No mail is sent from here, so tell whoever sent it to you.",
  };
}
