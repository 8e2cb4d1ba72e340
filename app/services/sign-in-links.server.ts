import { checkEmail } from "~/domain/account";
import { AppError } from "~/domain/errors";
import { fingerprintOf } from "~/files/fingerprint.server";
import { evenly, recordSignIn } from "./accounts.server";
import { headersOf, type Caller } from "./actor.server";
import { countTry } from "./attempts.server";
import { auth } from "./auth.server";
import { asked, userIdIn } from "./auth-answer.server";

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

const OVER = "This link doesn't sign in any more: it works once, for 15 minutes, and not for an account with a second factor. Have a new one sent, or use your password.";

/** Signs in with the link of a mail; returns the session's cookies. */
export async function openLink(token: string, caller: Caller, now: Date): Promise<string[]> {
  await countTry("link", { account: fingerprintOf(token), address: caller.address });
  const answer = await asked((await auth()).api.magicLinkVerify({ query: { token }, headers: headersOf(caller), asResponse: true }));
  const userId = userIdIn(answer.body);
  if (answer.status !== 200 || userId === null) throw new AppError("invalid", OVER);
  await recordSignIn(userId, caller, "link", now);
  return answer.cookies;
}
