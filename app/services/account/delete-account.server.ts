import { write } from "~/db/client.server";
import { appendRecord } from "~/db/record-store.server";
import { AppError } from "~/domain/errors";
import { storedEmail } from "~/domain/mail-address";
import { headersOf, type Actor, type Caller } from "../who/actor.server";
import { countTry, giveBack } from "../who/attempts.server";
import { authThatDeletes } from "../who/auth.server";
import { authAnswer, codeIn } from "../who/auth-answer.server";
import { forgetAccount } from "./forget-account.server";
import { ownPasswordRefused, wrongPassword } from "./passwords.server";

/**
 * Deletes the actor's account with its access, sessions and queued mail; the log and the record keep the name. Asks for
 * the password, or for a fresh sign-in where the account has none. Throws `conflict` where the account can't be deleted
 * yet.
 */
export async function deleteAccount(actor: Actor, password: string | null, caller: Caller): Promise<string[]> {
  // better-auth would take a fresh sign-in in place of an empty password.
  if (password === "") throw wrongPassword("current");
  const countedTry = await countTry("confirm", { account: actor.userId, address: caller.address });
  const { api } = await authThatDeletes((userId) => forgetAccount(userId, new Date()));
  const answer = await authAnswer(
    api.deleteUser({ body: password === null ? {} : { password }, headers: headersOf(caller), asResponse: true }),
  );
  if (codeIn(answer.body) === "INVALID_PASSWORD") throw await ownPasswordRefused(actor, caller);
  await giveBack(countedTry);
  if (answer.status !== 200)
    throw new AppError(
      "conflict",
      "Your sign-in is too long ago for this. Sign out, sign in again, then delete the account.",
    );
  return answer.cookies;
}

/**
 * Makes the account of another address the owner of the installation. The caller has confirmed the actor's password.
 */
export async function handOverInstallation(actor: Actor, to: string, now: Date): Promise<void> {
  const email = storedEmail(to);
  await write(async (tx) => {
    // Only people who share an engagement with the actor can be named, so that the answer shows nothing about other
    // accounts.
    const heir = await tx.user.findFirst({
      where: {
        email,
        id: { not: actor.userId },
        members: { some: { engagement: { members: { some: { userId: actor.userId } } } } },
      },
      select: { id: true, name: true },
    });
    const sentence = "Nobody you share an engagement with has this address. Invite them first.";
    if (!heir) throw new AppError("invalid", sentence, { heir: sentence });
    const { count } = await tx.installation.updateMany({
      where: { ownerId: actor.userId },
      data: { ownerId: heir.id },
    });
    if (count === 0) throw new AppError("conflict", "This installation is not in your name.");
    await appendRecord(tx, [
      {
        engagementId: null,
        at: now,
        event: "installation.handed-over",
        actorId: actor.userId,
        actorName: actor.name,
        aboutId: heir.id,
        detail: { to: heir.name },
      },
    ]);
  });
}
