import { read, write } from "~/db/client.server";
import { checkEmail } from "~/domain/mail-address";
import { AppError } from "~/domain/errors";
import { evenly, recordSignIn } from "../who/accounts.server";
import { headersOf, type Caller } from "../who/actor.server";
import { confirmAddress, tellWaysIn } from "../who/address-proof.server";
import { countTry, findBySecret } from "../who/attempts.server";
import { auth, storedLink } from "../who/auth.server";
import { asked, fieldOf, userIdIn } from "../who/auth-answer.server";

/** An address for which a mail was asked, once it is one. Counted, since each try may send a mail. */
export async function addresseeOf(written: string, caller: Caller): Promise<string> {
  const email = checkEmail(written);
  if (!email.ok) throw new AppError("invalid", email.rejection.message, { email: email.rejection.message });
  await countTry("mail", { account: email.value, address: caller.address });
  return email.value;
}

/** Sends a link that signs in, where the address has an account. Nothing about the answer tells whether it has. */
export async function requestLink(written: string, caller: Caller): Promise<void> {
  const email = await addresseeOf(written, caller);
  const { api } = await auth();
  await evenly(() => api.signInMagicLink({ body: { email }, headers: headersOf(caller) }));
}

const OVER =
  "This link doesn't sign in any more: it works once, for 15 minutes, and not for an account with a second factor. Ask for a new one, or use your password.";

/** Signed in by a link; `confirmed` says that it was what first showed the account's address to be the person's own. */
export type Opened = { cookies: string[]; confirmed: boolean };

/** Signs in with the link of a mail. What opened the account before goes on opening it, and whoever couldn't know is told. */
export async function openLink(token: string, caller: Caller, now: Date): Promise<Opened> {
  const person = await findBySecret(caller, () => addressedBy(token));
  // Refused before anything is looked at: the account stays as it is, and the link lasts as long as it would have.
  if (!person || person.twoFactorEnabled) throw new AppError("invalid", OVER);
  // For an address that nobody has confirmed, better-auth would take every other way in from the account. So this comes first.
  const confirmed = await write(async (tx) => {
    if (!(await confirmAddress(tx, person, "link", caller, now))) return false;
    await tellWaysIn(tx, person, now);
    return true;
  });
  const answer = await asked(
    (await auth()).api.magicLinkVerify({ query: { token }, headers: headersOf(caller), asResponse: true }),
  );
  const userId = userIdIn(answer.body);
  if (answer.status !== 200 || userId === null) throw new AppError("invalid", OVER);
  await recordSignIn(userId, caller, "link", now);
  return { cookies: answer.cookies, confirmed };
}

/** Whose link it is, as long as it works; null for any other. */
async function addressedBy(token: string) {
  const kept = await (
    await (
      await auth()
    ).$context
  ).internalAdapter.findVerificationValue(`magic-link:${storedLink(token)}`);
  if (!kept || kept.expiresAt <= new Date()) return null;
  const email = fieldOf(parsed(kept.value), "email");
  return typeof email === "string"
    ? read.user.findUnique({
        where: { email: email.toLowerCase() },
        select: { id: true, name: true, email: true, twoFactorEnabled: true },
      })
    : null;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
