import { read, write } from "~/db/client.server";
import { appendRecord } from "~/db/record-store.server";
import { AppError } from "~/domain/errors";
import { typedCode } from "~/domain/text";
import { fingerprintOf } from "~/files/fingerprint.server";
import { qrOf, type QrCode } from "~/files/qr.server";
import { mailProtectionChanged } from "../mail/account-mail.server";
import { recordSignIn } from "../who/accounts.server";
import { headersOf, type Actor, type Caller } from "../who/actor.server";
import { countTry, giveBack } from "../who/attempts.server";
import { auth } from "../who/auth.server";
import { authAnswer, codeIn, cookieAfter, bodyField, userIdIn, type AuthAnswer } from "../who/auth-answer.server";
import { confirmPassword, ownPasswordRefused, wrongPassword } from "./passwords.server";

/** Whether a browser has passed the password and still has to enter a code. */
export function owesSecondFactor(caller: Caller): boolean {
  return caller.cookie.includes("demarc.two_factor=");
}

const WRONG_CODE =
  "This code is not right. Check the clock of your phone: a code holds for half a minute. Then type the one it shows now.";
const WRONG_RECOVERY =
  "This recovery code is not right, or it was used before. Type it as it is written, with the hyphen.";
const WRONG_EITHER =
  "This code is not right. Type the six digits your app shows now, or a recovery code that wasn't used, with its hyphen.";
const LOCKED = "Too many codes were wrong. Wait a quarter of an hour, then sign in again.";
const OVER = "This sign-in took too long or too many tries. Sign in with your password again.";

/** The outcome of entering a code at sign-in: signed in, or to begin again with the password. */
type CodeOutcome = { ok: true; cookies: string[] } | { ok: false; cookies: string[]; message: string };

/**
 * Completes a sign-in with a code of the app, or with a recovery code, which works once. Throws `invalid` for a wrong
 * code.
 */
export async function proveSecondFactor(
  form: { code: string; recovery: boolean },
  caller: Caller,
  now: Date,
): Promise<CodeOutcome> {
  const pending = await pendingUser(caller);
  const account = pending ?? fingerprintOf(caller.cookie);
  const countedTry = await countTry("second-factor", { account, address: caller.address });
  const { api } = await auth();
  const code = form.recovery ? typedCode(form.code) : digitsOf(form.code);
  const call = { body: { code }, headers: headersOf(caller), asResponse: true } as const;
  const answer = await authAnswer(form.recovery ? api.verifyBackupCode(call) : api.verifyTOTP(call));
  const userId = userIdIn(answer.body);
  if (answer.status === 200 && userId !== null) {
    await giveBack(countedTry);
    await recordSignIn(userId, caller, form.recovery ? "recovery-code" : "second-factor", now);
    return { ok: true, cookies: answer.cookies };
  }
  return refusal(answer, form.recovery, pending, caller, now);
}

/** Records a wrong code and throws, or says that the sign-in must begin again. */
async function refusal(
  answer: AuthAnswer,
  recovery: boolean,
  pending: string | null,
  caller: Caller,
  now: Date,
): Promise<CodeOutcome> {
  const code = codeIn(answer.body);
  if (code === "ACCOUNT_TEMPORARILY_LOCKED") throw new AppError("too-many", LOCKED);
  if (code !== "INVALID_CODE" && code !== "INVALID_BACKUP_CODE")
    return { ok: false, cookies: answer.cookies, message: OVER };
  const user =
    pending === null ? null : await read.user.findUnique({ where: { id: pending }, select: { id: true, name: true } });
  if (user)
    await write((tx) =>
      appendRecord(tx, [
        {
          engagementId: null,
          at: now,
          event: "session.refused",
          actorId: user.id,
          actorName: user.name,
          detail: { method: recovery ? "recovery-code" : "second-factor" },
          address: caller.address,
        },
      ]),
    );
  const message = recovery ? WRONG_RECOVERY : WRONG_CODE;
  throw new AppError("invalid", message, { code: message });
}

/**
 * The id of the user whose password this browser has entered, looked up by its cookie; null where the cookie isn't
 * ours.
 */
async function pendingUser({ cookie }: Caller): Promise<string | null> {
  const value = /(?:^|;\s*)(?:__Secure-)?demarc\.two_factor=([^;]+)/.exec(cookie)?.[1];
  const identifier = value === undefined ? "" : (decodeURIComponent(value).split(".")[0] ?? "");
  if (identifier === "") return null;
  return (await (await (await auth()).$context).internalAdapter.findVerificationValue(identifier))?.value ?? null;
}

const ALREADY_ON = "Your second factor is on already.";

/** The secret for an app: as a QR code, and as text to type. */
export type FactorSetUp = { qr: QrCode; secret: string };

/** Begins to set up a second factor. It takes effect once a first code is confirmed. */
export async function beginSecondFactor(actor: Actor, password: string, caller: Caller): Promise<FactorSetUp> {
  const countedTry = await countTry("confirm", { account: actor.userId, address: caller.address });
  const answer = await authAnswer(
    (await auth()).api.enableTwoFactor({ body: { password }, headers: headersOf(caller), asResponse: true }),
  );
  const uri = bodyField(answer.body, "totpURI");
  const alreadyOn = codeIn(answer.body) === "TOTP_ALREADY_ENABLED";
  if (!alreadyOn && (answer.status !== 200 || typeof uri !== "string")) throw await ownPasswordRefused(actor, caller);
  await giveBack(countedTry);
  if (alreadyOn || typeof uri !== "string") throw new AppError("conflict", ALREADY_ON);
  return { qr: qrOf(uri), secret: new URL(uri).searchParams.get("secret") ?? "" };
}

/**
 * The same set-up for a form that is shown again, from the secret in the form, which only its sender sees; null where
 * that isn't a secret.
 */
export function setUpAgain(actor: Actor, secret: string): FactorSetUp | null {
  if (!/^[A-Z2-7]{16,128}$/.test(secret)) return null;
  const query = new URLSearchParams({ secret, issuer: "Demarc", digits: "6", period: "30" });
  return { qr: qrOf(`otpauth://totp/Demarc:${encodeURIComponent(actor.email)}?${query}`), secret };
}

/**
 * Turns the second factor on with a first code. Other sessions end; the returned cookies carry this one on. The
 * recovery codes are returned this once.
 */
export async function confirmSecondFactor(
  actor: Actor,
  code: string,
  caller: Caller,
  now: Date,
): Promise<{ codes: string[]; cookies: string[] }> {
  // With the second factor on, a code would show the recovery codes again.
  if (
    (await read.user.findUniqueOrThrow({ where: { id: actor.userId }, select: { twoFactorEnabled: true } }))
      .twoFactorEnabled
  )
    throw new AppError("conflict", ALREADY_ON);
  const countedTry = await countTry("second-factor", { account: actor.userId, address: caller.address });
  const { api } = await auth();
  const answer = await authAnswer(
    api.verifyTOTP({ body: { code: digitsOf(code) }, headers: headersOf(caller), asResponse: true }),
  );
  if (answer.status !== 200) throw new AppError("invalid", WRONG_CODE, { code: WRONG_CODE });
  await giveBack(countedTry);
  await authAnswer(
    api.revokeOtherSessions({
      headers: headersOf({ ...caller, cookie: cookieAfter(caller.cookie, answer.cookies) }),
      asResponse: true,
    }),
  );
  const { backupCodes } = await api.viewBackupCodes({ body: { userId: actor.userId } });
  await recordEvent(actor, "account.second-factor", { on: true }, caller, now);
  await write((tx) => mailProtectionChanged(tx, actor, "second-factor-on", now));
  return { codes: backupCodes, cookies: answer.cookies };
}

/** The confirmation for weakening a second factor: the password, and a code of the app or a recovery code. */
type PasswordAndCode = { current: string; code: string };

/**
 * Replaces the recovery codes and returns the new ones, this once. It asks for a code, because a new recovery code
 * could otherwise be used in place of one.
 */
export async function renewRecoveryCodes(
  actor: Actor,
  form: PasswordAndCode,
  caller: Caller,
  now: Date,
): Promise<string[]> {
  await confirmBoth(actor, form, caller);
  const answer = await authAnswer(
    (await auth()).api.generateBackupCodes({
      body: { password: form.current },
      headers: headersOf(caller),
      asResponse: true,
    }),
  );
  const codes = bodyField(answer.body, "backupCodes");
  if (answer.status !== 200 || !Array.isArray(codes)) throw wrongPassword("current");
  await recordEvent(actor, "account.recovery-codes", {}, caller, now);
  return codes.filter((code) => typeof code === "string");
}

/** Turns the second factor off. The returned cookies carry this session on, without a second factor. */
export async function endSecondFactor(
  actor: Actor,
  form: PasswordAndCode,
  caller: Caller,
  now: Date,
): Promise<string[]> {
  await confirmBoth(actor, form, caller);
  const answer = await authAnswer(
    (await auth()).api.disableTwoFactor({
      body: { password: form.current },
      headers: headersOf(caller),
      asResponse: true,
    }),
  );
  if (answer.status !== 200) throw wrongPassword("current");
  await recordEvent(actor, "account.second-factor", { on: false }, caller, now);
  await write((tx) => mailProtectionChanged(tx, actor, "second-factor-off", now));
  return answer.cookies;
}

/** Throws unless both are right. The password is checked first, so that a wrong one uses up no recovery code. */
async function confirmBoth(actor: Actor, { current, code }: PasswordAndCode, caller: Caller): Promise<void> {
  await confirmPassword(actor, current, caller);
  const countedTry = await countTry("second-factor", { account: actor.userId, address: caller.address });
  const { api } = await auth();
  const digits = digitsOf(code);
  const recovery = !/^\d{6}$/.test(digits);
  const answer = await authAnswer(
    recovery
      ? api.verifyBackupCode({ body: { code: typedCode(code) }, headers: headersOf(caller), asResponse: true })
      : api.verifyTOTP({ body: { code: digits }, headers: headersOf(caller), asResponse: true }),
  );
  if (answer.status !== 200) throw new AppError("invalid", WRONG_EITHER, { code: WRONG_EITHER });
  await giveBack(countedTry);
}

async function recordEvent(
  actor: Actor,
  event: "account.second-factor" | "account.recovery-codes",
  detail: Record<string, boolean>,
  caller: Caller,
  now: Date,
): Promise<void> {
  await write((tx) =>
    appendRecord(tx, [
      {
        engagementId: null,
        at: now,
        event,
        actorId: actor.userId,
        actorName: actor.name,
        detail,
        address: caller.address,
      },
    ]),
  );
}

/** The digits of a code, which people type in groups. */
function digitsOf(code: string): string {
  return typedCode(code).replaceAll("-", "");
}
