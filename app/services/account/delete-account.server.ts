import { write } from "~/db/client.server";
import { appendRecord } from "~/db/record-store.server";
import { AppError } from "~/domain/errors";
import { storedEmail } from "~/domain/mail-address";
import { headersOf, type Actor, type Caller } from "../who/actor.server";
import { countTry, giveBack } from "../who/attempts.server";
import { authThatDeletes } from "../who/auth.server";
import { asked, codeIn } from "../who/auth-answer.server";
import { forgetAccount } from "./forget-account.server";
import { ownPasswordRefused, wrongPassword } from "./passwords.server";

/**
 * Deletes the actor's account: access, sessions and what waits to be mailed end, while the log and the record keep the
 * name. Asks for the password, or for a fresh sign-in where there is none. Refused while somebody else depends on it.
 */
export async function deleteAccount(actor: Actor, password: string | null, caller: Caller): Promise<string[]> {
  // Left empty, a fresh sign-in would do instead of it.
  if (password === "") throw wrongPassword("current");
  const tried = await countTry("confirm", { account: actor.userId, address: caller.address });
  const { api } = await authThatDeletes((userId) => forgetAccount(userId, new Date()));
  const answer = await asked(
    api.deleteUser({ body: password === null ? {} : { password }, headers: headersOf(caller), asResponse: true }),
  );
  if (codeIn(answer.body) === "INVALID_PASSWORD") throw await ownPasswordRefused(actor, caller);
  await giveBack(tried);
  if (answer.status !== 200)
    throw new AppError(
      "conflict",
      "Your sign-in is too long ago for this. Sign out, sign in again, then delete the account.",
    );
  return answer.cookies;
}

/** Hands the installation to the account of an address. Asks for the password, as for anything that can't be taken back. */
export async function handOverInstallation(actor: Actor, to: string, now: Date): Promise<void> {
  const email = storedEmail(to);
  await write(async (tx) => {
    // Only people one works with can be named, so that this tells nothing about who else has an account.
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
