import { read, write } from "~/db/client.server";
import { ownsInstallation } from "~/db/owner-store.server";
import { appendRecord } from "~/db/record-store.server";
import { checkPersonName } from "~/domain/account/account";
import { AppError } from "~/domain/errors";
import { checkEmail } from "~/domain/mail-address";
import { fingerprintOf } from "~/files/fingerprint.server";
import { mailEmailChanged } from "../mail/account-mail.server";
import { evenly, isTaken } from "../who/accounts.server";
import { headersOf, type Actor, type Caller } from "../who/actor.server";
import { confirmAddress, passwordSince } from "../who/address-proof.server";
import { countTry, giveBack } from "../who/attempts.server";
import { auth, FRESH_MINUTES } from "../who/auth.server";
import { asked, fieldOf } from "../who/auth-answer.server";
import { directoryLabels } from "./directories.server";
import { mailIsSent } from "../mail/mailer.server";
import { confirmPassword, hasPassword } from "./passwords.server";
import { OPERATOR } from "./recovery.server";
import { isFresh, listSessions, type SessionRow } from "./sessions.server";

/** What the page about one's own account shows. */
export type OwnAccount = {
  name: string;
  email: string;
  hasPassword: boolean;
  /** Since when; null where it has none. */
  passwordSince: string | null;
  twoFactor: boolean;
  /** Directories this account has signed in with, as they are called. */
  directories: string[];
  sessions: SessionRow[];
  ownsInstallation: boolean;
  mailIsSent: boolean;
};

/** Everything the page about one's own account shows. */
export async function ownAccount(actor: Actor, caller: Caller, now: Date): Promise<OwnAccount> {
  const { name, email, twoFactorEnabled, accounts } = await read.user.findUniqueOrThrow({
    where: { id: actor.userId },
    select: { name: true, email: true, twoFactorEnabled: true, accounts: { select: { providerId: true } } },
  });
  const since = await passwordSince(actor.userId);
  return {
    name,
    email,
    hasPassword: since !== null,
    passwordSince: since?.toISOString() ?? null,
    twoFactor: twoFactorEnabled,
    directories: directoryLabels(accounts.map(({ providerId }) => providerId)),
    sessions: await listSessions(actor, caller, now),
    ownsInstallation: await ownsInstallation(read, actor.userId),
    mailIsSent: mailIsSent(),
  };
}

/** Changes how the actor is called from now on; what they did keeps the name they had. */
export async function changeName(actor: Actor, written: string, caller: Caller): Promise<void> {
  const name = checkPersonName(written);
  if (!name.ok) throw new AppError("invalid", name.rejection.message, { name: name.rejection.message });
  await (await auth()).api.updateUser({ body: { name: name.value }, headers: headersOf(caller) });
}

/** Throws unless the actor gives the password, or has just signed in where there is none. */
export async function confirmSelf(actor: Actor, password: string, caller: Caller, now: Date): Promise<void> {
  if (await hasPassword(actor.userId)) return confirmPassword(actor, password, caller);
  if (!(await isFresh(caller, now, FRESH_MINUTES)))
    throw new AppError(
      "conflict",
      "Your sign-in is too long ago for this. Sign out, sign in again, then try once more.",
    );
}

/** Asks a new address whether it is the actor's; it counts once it says yes. Whether somebody has it already isn't told. */
export async function requestEmailChange(
  actor: Actor,
  form: { email: string; current: string },
  caller: Caller,
  now: Date,
): Promise<void> {
  const email = checkEmail(form.email);
  if (!email.ok) throw new AppError("invalid", email.rejection.message, { email: email.rejection.message });
  if (email.value === actor.email)
    throw new AppError("invalid", "This is your address already.", { email: "This is your address already." });
  await confirmSelf(actor, form.current, caller, now);
  await countTry("mail", { account: actor.userId, address: caller.address });
  const { api } = await auth();
  await evenly(() => api.changeEmail({ body: { newEmail: email.value }, headers: headersOf(caller) }));
}

const OVER =
  "This link doesn't confirm an address any more: it works for an hour, for one change. Ask for the change again under Your account.";
const FOREIGN = "You are signed in with another account. Sign out, then open this link again.";

/** Makes the confirmed address the account's, and tells the one before. Links sent to that one end. */
export async function confirmEmailChange(token: string, caller: Caller, now: Date): Promise<void> {
  const tried = await countTry("link", { account: fingerprintOf(token), address: caller.address });
  const { userId, askedAt } = claimed(token);
  const before = await read.user.findUnique({ where: { id: userId }, select: { id: true, name: true, email: true } });
  if (!before || (await shutOutSince(before.id, askedAt))) throw new AppError("invalid", OVER);
  const answer = await asked(
    (await auth()).api.verifyEmail({ query: { token }, headers: headersOf(caller), asResponse: true }),
  ).catch((error: unknown) => {
    // The address was given to another account in between.
    if (isTaken(error)) return null;
    throw error;
  });
  const foreign = answer !== null && fieldOf(answer.body, "code") === "INVALID_USER";
  if (foreign || answer?.status === 200) await giveBack(tried);
  if (foreign) throw new AppError("conflict", FOREIGN);
  const after = await read.user.findUnique({ where: { id: before.id }, select: { email: true } });
  if (answer?.status !== 200 || !after || after.email === before.email) throw new AppError("invalid", OVER);
  await write(async (tx) => {
    await tx.verification.deleteMany({ where: { value: before.id } });
    await confirmAddress(tx, before, "change", caller, now);
    await mailEmailChanged(tx, before, after.email, now);
    await appendRecord(tx, [
      {
        engagementId: null,
        at: now,
        event: "account.email-changed",
        actorId: before.id,
        actorName: before.name,
        detail: { from: before.email, to: after.email },
        address: caller.address,
      },
    ]);
  });
}

/** Whom a token says it is about, and when it was asked for, in whole seconds. What it says counts only once better-auth has checked it. */
function claimed(token: string): { userId: string; askedAt: Date } {
  try {
    const payload: unknown = JSON.parse(Buffer.from(token.split(".")[1] ?? "", "base64url").toString());
    const [userId, seconds] = [fieldOf(payload, "userId"), fieldOf(payload, "iat")];
    if (typeof userId === "string" && Number.isSafeInteger(seconds))
      return { userId, askedAt: new Date(Number(seconds) * 1_000) };
  } catch {
    // It is none of ours.
  }
  return { userId: "", askedAt: new Date(0) };
}

/** Whether somebody has shut others out of an account since then, with a new password or through whoever runs the installation: whoever asked for a change before may be the one it shut out. */
async function shutOutSince(userId: string, then: Date): Promise<boolean> {
  const acts = [
    { actorId: userId, event: "account.password-changed" },
    { actorId: OPERATOR.actorId, aboutId: userId, event: "account.recovered" },
  ];
  return (await read.recordEntry.findFirst({ where: { at: { gte: then }, OR: acts }, select: { id: true } })) !== null;
}
