import { read, write } from "~/db/client.server";
import { appendRecord } from "~/db/record-store.server";
import { checkPassword } from "~/domain/account/account";
import { AppError } from "~/domain/errors";
import { mailProtectionChanged } from "../mail/account-mail.server";
import { evenly } from "../who/accounts.server";
import { headersOf, type Actor, type Caller } from "../who/actor.server";
import { confirmAddress, passwordSince } from "../who/address-proof.server";
import { countTry, findBySecret, forgetTries, giveBack } from "../who/attempts.server";
import { auth } from "../who/auth.server";
import { commonPasswords } from "../who/common-passwords.server";
import { authAnswer, codeIn, cookieAfter } from "../who/auth-answer.server";
import { recordWrongPassword } from "../who/refusals.server";
import { addresseeOf } from "./sign-in-links.server";

/**
 * Mails a link to choose a new password, where the address has an account. Neither the answer nor its time shows
 * whether it has.
 */
export async function requestReset(address: string, caller: Caller): Promise<void> {
  const email = await addresseeOf(address, caller);
  const { api } = await auth();
  await evenly(() => api.requestPasswordReset({ body: { email }, headers: headersOf(caller) }));
}

const OVER = "This link can't be used any more: it works once, for an hour. Ask for a new one.";

/** Sets a new password with a mailed link. All sessions of the account end. */
export async function resetPassword(token: string, password: string, caller: Caller, now: Date): Promise<void> {
  const { api, $context } = await auth();
  const user = await findBySecret(caller, async () => {
    const userId =
      (await (await $context).internalAdapter.findVerificationValue(`reset-password:${token}`))?.value ?? "";
    return read.user.findUnique({ where: { id: userId }, select: { id: true, name: true, email: true } });
  });
  if (!user) throw new AppError("invalid", OVER);
  await checkNewPassword(password, user);
  const answer = await authAnswer(
    api.resetPassword({ body: { token, newPassword: password }, headers: headersOf(caller), asResponse: true }),
  );
  if (answer.status !== 200) throw new AppError("invalid", OVER);
  await forgetTries("sign-in", user.email);
  await write((tx) => confirmAddress(tx, user, "reset", caller, now));
  await recordPasswordChange({ ...user, userId: user.id }, caller, "reset", now);
}

/** Changes the actor's password. Other sessions end; the returned cookies carry this one on. */
export async function changePassword(
  actor: Actor,
  form: { current: string; password: string },
  caller: Caller,
  now: Date,
): Promise<string[]> {
  await checkNewPassword(form.password, actor);
  const countedTry = await countTry("confirm", { account: actor.userId, address: caller.address });
  const answer = await authAnswer(
    (await auth()).api.changePassword({
      body: { currentPassword: form.current, newPassword: form.password, revokeOtherSessions: true },
      headers: headersOf(caller),
      asResponse: true,
    }),
  );
  if (answer.status !== 200) throw await ownPasswordRefused(actor, caller);
  await giveBack(countedTry);
  await recordPasswordChange(actor, caller, "changed", now);
  return answer.cookies;
}

/**
 * Sets the first password of an account that signs in by a directory only. The sign-in must be fresh; other sessions
 * end.
 */
export async function setPassword(actor: Actor, password: string, caller: Caller, now: Date): Promise<string[]> {
  await checkNewPassword(password, actor);
  const { api } = await auth();
  const answer = await authAnswer(
    api.setPassword({ body: { newPassword: password }, headers: headersOf(caller), asResponse: true }),
  );
  if (answer.status !== 200)
    throw new AppError(
      "conflict",
      codeIn(answer.body) === "PASSWORD_ALREADY_SET"
        ? "Your account has a password already. Change it instead."
        : "The password could not be set. Sign in again, then try once more.",
    );
  const headers = headersOf({ ...caller, cookie: cookieAfter(caller.cookie, answer.cookies) });
  await authAnswer(api.revokeOtherSessions({ headers, asResponse: true }));
  await recordPasswordChange(actor, caller, "set", now);
  return answer.cookies;
}

/**
 * Throws unless the password is the actor's. Tries are counted, because whoever has only the session must not be able
 * to guess it.
 */
export async function confirmPassword(actor: Actor, password: string, caller: Caller): Promise<void> {
  const countedTry = await countTry("confirm", { account: actor.userId, address: caller.address });
  const answer = await authAnswer(
    (await auth()).api.verifyPassword({ body: { password }, headers: headersOf(caller), asResponse: true }),
  );
  if (answer.status !== 200) throw await ownPasswordRefused(actor, caller);
  await giveBack(countedTry);
}

/** The error for a wrong password, under the field with this name. */
export function wrongPassword(field: string): AppError {
  const sentence = "This is not your password. Try again.";
  return new AppError("invalid", sentence, { [field]: sentence });
}

/** The same error, recorded in the account's record: somebody with a stolen session may be guessing. */
export async function ownPasswordRefused(actor: Actor, caller: Caller): Promise<AppError> {
  await recordWrongPassword({ id: actor.userId }, "confirm", caller, new Date());
  return wrongPassword("current");
}

/** Whether an account has a password, besides or instead of a directory. */
export async function hasPassword(userId: string): Promise<boolean> {
  return (await passwordSince(userId)) !== null;
}

async function checkNewPassword(password: string, person: { email: string; name: string }): Promise<void> {
  const checked = checkPassword(password, person, await commonPasswords());
  if (!checked.ok) throw new AppError("invalid", checked.rejection.message, { password: checked.rejection.message });
}

async function recordPasswordChange(
  { userId, name, email }: { userId: string; name: string; email: string },
  caller: Caller,
  how: "reset" | "changed" | "set",
  now: Date,
): Promise<void> {
  await write(async (tx) => {
    await appendRecord(tx, [
      {
        engagementId: null,
        at: now,
        event: "account.password-changed",
        actorId: userId,
        actorName: name,
        detail: { how },
        address: caller.address,
      },
    ]);
    await mailProtectionChanged(tx, { email, name }, "password", now);
  });
}
