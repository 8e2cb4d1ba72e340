import { read, write } from "~/db/client.server";
import { checkEmail } from "~/domain/mail-address";
import { AppError } from "~/domain/errors";
import { evenly, recordSignIn } from "../who/accounts.server";
import { headersOf, type Caller } from "../who/actor.server";
import { confirmAddress, tellWaysIn } from "../who/address-proof.server";
import { countTry, findBySecret } from "../who/attempts.server";
import { auth, storedLink } from "../who/auth.server";
import { authAnswer, bodyField, userIdIn } from "../who/auth-answer.server";

/** Checks an address that a mail was asked for, and counts the request, because each may send a mail. */
export async function addresseeOf(address: string, caller: Caller): Promise<string> {
  const email = checkEmail(address);
  if (!email.ok) throw new AppError("invalid", email.rejection.message, { email: email.rejection.message });
  await countTry("mail", { account: email.value, address: caller.address });
  return email.value;
}

/** Mails a link to sign in, where the address has an account. Neither the answer nor its time shows whether it has. */
export async function requestLink(address: string, caller: Caller): Promise<void> {
  const email = await addresseeOf(address, caller);
  const { api } = await auth();
  await evenly(() => api.signInMagicLink({ body: { email }, headers: headersOf(caller) }));
}

const OVER =
  "This link doesn't sign in any more: it works once, for 15 minutes, and not for an account with a second factor. Ask for a new one, or use your password.";

/** A sign-in by link; `confirmed` says that it was the first proof of the account's address. */
type LinkSignIn = { cookies: string[]; confirmed: boolean };

/**
 * Signs in with a mailed link. Where that first proves the address, earlier ways to sign in stay, and a mail names
 * them. Throws `invalid` where the link has ended.
 */
export async function openSignInLink(token: string, caller: Caller, now: Date): Promise<LinkSignIn> {
  const person = await findBySecret(caller, () => addressedBy(token));
  // The refusal comes before better-auth is asked, so that nothing changes and the link stays valid as long as it was.
  if (!person || person.twoFactorEnabled) throw new AppError("invalid", OVER);
  // This comes before better-auth is asked: for an unproved address it would remove every other way to sign in from the
  // account.
  const confirmed = await write(async (tx) => {
    if (!(await confirmAddress(tx, person, "link", caller, now))) return false;
    await tellWaysIn(tx, person, now);
    return true;
  });
  const answer = await authAnswer(
    (await auth()).api.magicLinkVerify({ query: { token }, headers: headersOf(caller), asResponse: true }),
  );
  const userId = userIdIn(answer.body);
  if (answer.status !== 200 || userId === null) throw new AppError("invalid", OVER);
  await recordSignIn(userId, caller, "link", now);
  return { cookies: answer.cookies, confirmed };
}

/** The account a valid link belongs to; null for any other link. */
async function addressedBy(token: string) {
  const stored = await (
    await (
      await auth()
    ).$context
  ).internalAdapter.findVerificationValue(`magic-link:${storedLink(token)}`);
  if (!stored || stored.expiresAt <= new Date()) return null;
  const email = bodyField(parsedJson(stored.value), "email");
  return typeof email === "string"
    ? read.user.findUnique({
        where: { email: email.toLowerCase() },
        select: { id: true, name: true, email: true, twoFactorEnabled: true },
      })
    : null;
}

function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
