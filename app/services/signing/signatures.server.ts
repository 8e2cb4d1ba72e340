import { z } from "zod";
import { write, type Transaction } from "~/db/client.server";
import type { StoredSignatory } from "~/db/sign-off-store.server";
import { isTimeZone } from "~/domain/days";
import { AppError } from "~/domain/errors";
import { LIMITS } from "~/domain/limits";
import { CONSENT, namingWords } from "~/domain/signing/sign-off";
import { checkReason, checkSigning, type SigningFields } from "~/domain/signing/signing-form";
import { withoutFontSentence } from "~/files/pdf/fonts/missing.server";
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
    timeZone: z.string().max(LIMITS.name).optional(),
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

/** A checked signature. A time zone that isn't known is left out: nobody is kept from signing by it. */
type SignedForm = { fingerprint: string; timeZone: string | null } & SigningFields;

/** The checked form of a signatory. Throws `invalid` with a sentence for each field that needs another look. */
export function checkSignForm(
  form: SignInput,
  { name }: Pick<StoredSignatory, "name">,
): ({ kind: "sign" } & SignedForm) | { kind: "decline"; reason: string } {
  if (form.intent === "decline") {
    const reason = checkReason(form.reason);
    if (!reason.ok)
      throw new AppError("invalid", "Some fields need another look.", { reason: reason.rejection.message });
    return { kind: "decline", reason: reason.value };
  }
  const checked = checkSigning(form, name);
  const errors = { ...(checked.ok ? {} : checked.errors), ...withoutFont(form, name) };
  if (!checked.ok || Object.keys(errors).length > 0)
    throw new AppError("invalid", "Some fields need another look. Nothing is signed yet.", errors);
  const { fingerprint, timeZone = "" } = form;
  return { kind: "sign", fingerprint, timeZone: isTimeZone(timeZone) ? timeZone : null, ...checked.value };
}

/** A sentence for each field with a character that the signed document can't show. */
function withoutFont(form: Extract<SignInput, { intent: "sign" }>, name: string): Record<string, string> {
  const errors: Record<string, string> = {};
  const add = (field: string, called: string, text: string) => {
    const lost = withoutFontSentence(called, text);
    if (lost !== null) errors[field] = lost;
  };
  add("title", "Your title", form.title);
  add("organisation", "Your organisation", form.organisation);
  if (form.way !== "drawn") add("typed", "Your signature", form.typed);
  const lost = withoutFontSentence("Your name", name);
  if (lost !== null)
    errors[form.way === "drawn" ? "drawn" : "typed"] =
      `${lost} An owner of your side can name you again on the version’s page.`;
  return errors;
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
  { fingerprint, timeZone, title, organisation, picture }: SignedForm,
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
        timeZone,
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
