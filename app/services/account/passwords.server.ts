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
import { asked, codeIn, cookieAfter } from "../who/auth-answer.server";
import { passwordRefused } from "../who/refusals.server";
import { addresseeOf } from "./sign-in-links.server";

/** Sends a link to choose a new password, where the address has an account. Nothing about the answer tells whether it has. */
export async function requestReset(written: string, caller: Caller): Promise<void> {
  const email = await addresseeOf(written, caller);
  const { api } = await auth();
  await evenly(() => api.requestPasswordReset({ body: { email }, headers: headersOf(caller) }));
}

const OVER = "This link can't be used any more: it works once, for an hour. Ask for a new one.";

/** Sets a new password by the link of a mail. Every session of the account ends. */
export async function resetPassword(token: string, password: string, caller: Caller, now: Date): Promise<void> {
  const { api, $context } = await auth();
  const user = await findBySecret(caller, async () => {
    const userId =
      (await (await $context).internalAdapter.findVerificationValue(`reset-password:${token}`))?.value ?? "";
    return read.user.findUnique({ where: { id: userId }, select: { id: true, name: true, email: true } });
  });
  if (!user) throw new AppError("invalid", OVER);
  await acceptable(password, user);
  const answer = await asked(
    api.resetPassword({ body: { token, newPassword: password }, headers: headersOf(caller), asResponse: true }),
  );
  if (answer.status !== 200) throw new AppError("invalid", OVER);
  await forgetTries("sign-in", user.email);
  await write((tx) => confirmAddress(tx, user, "reset", caller, now));
  await told({ ...user, userId: user.id }, caller, "reset", now);
}

/** Changes the password of somebody who knows the one before. Every other session ends; the cookies carry this one on under a new secret. */
export async function changePassword(
  actor: Actor,
  form: { current: string; password: string },
  caller: Caller,
  now: Date,
): Promise<string[]> {
  await acceptable(form.password, actor);
  const tried = await countTry("confirm", { account: actor.userId, address: caller.address });
  const answer = await asked(
    (await auth()).api.changePassword({
      body: { currentPassword: form.current, newPassword: form.password, revokeOtherSessions: true },
      headers: headersOf(caller),
      asResponse: true,
    }),
  );
  if (answer.status !== 200) throw await ownPasswordRefused(actor, caller);
  await giveBack(tried);
  await told(actor, caller, "changed", now);
  return answer.cookies;
}

/** Gives an account that only a directory signs in a password of its own. The sign-in must be fresh; every other session ends. */
export async function setPassword(actor: Actor, password: string, caller: Caller, now: Date): Promise<string[]> {
  await acceptable(password, actor);
  const { api } = await auth();
  const answer = await asked(
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
  await asked(api.revokeOtherSessions({ headers, asResponse: true }));
  await told(actor, caller, "set", now);
  return answer.cookies;
}

/** Throws unless the password is the actor's own. Tries are counted, since a session alone must not let anybody guess. */
export async function confirmPassword(actor: Actor, password: string, caller: Caller): Promise<void> {
  const tried = await countTry("confirm", { account: actor.userId, address: caller.address });
  const answer = await asked(
    (await auth()).api.verifyPassword({ body: { password }, headers: headersOf(caller), asResponse: true }),
  );
  if (answer.status !== 200) throw await ownPasswordRefused(actor, caller);
  await giveBack(tried);
}

/** What a form says of a password that isn't the account's. */
export function wrongPassword(field: string): AppError {
  const sentence = "This is not your password. Try again.";
  return new AppError("invalid", sentence, { [field]: sentence });
}

/** The same, kept in the account's record: somebody may have taken over a session and be guessing. */
export async function ownPasswordRefused(actor: Actor, caller: Caller): Promise<AppError> {
  await passwordRefused({ id: actor.userId }, "confirm", caller, new Date());
  return wrongPassword("current");
}

/** Whether an account has a password of its own, beside or instead of a directory. */
export async function hasPassword(userId: string): Promise<boolean> {
  return (await passwordSince(userId)) !== null;
}

async function acceptable(password: string, person: { email: string; name: string }): Promise<void> {
  const judged = checkPassword(password, person, await commonPasswords());
  if (!judged.ok) throw new AppError("invalid", judged.rejection.message, { password: judged.rejection.message });
}

async function told(
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
