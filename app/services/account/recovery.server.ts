import { read, write } from "~/db/client.server";
import { appendRecord } from "~/db/record-store.server";
import { AppError } from "~/domain/errors";
import { storedEmail } from "~/domain/mail-address";
import { mailRecovered } from "../mail/account-mail.server";

/** The operator of an installation in the record. They have no account; having the database is their proof. */
export const OPERATOR = { actorId: "operator", actorName: "Whoever runs this Demarc" };

/**
 * Removes the second factor of somebody who has lost it, ends their sessions and pending sign-ins, records that in each
 * engagement they have access to, and mails them. The caller has the database, so no permission is checked. Returns the
 * account's name and how many sessions ended. Throws `not-found` or `conflict`.
 */
export async function recoverAccount(address: string, now: Date): Promise<{ name: string; sessions: number }> {
  const email = storedEmail(address);
  const user = await read.user.findUnique({ where: { email }, select: { id: true, name: true, email: true } });
  if (!user || email === "")
    throw new AppError("not-found", `There is no account with the address ${email}. Write the one that signs in.`);
  return write(async (tx) => {
    // The write comes first: a server that runs beside this could change what the transaction reads before it.
    const { count } = await tx.user.updateMany({
      where: { id: user.id, twoFactorEnabled: true },
      data: { twoFactorEnabled: false },
    });
    if (count === 0)
      throw new AppError(
        "conflict",
        `The account of ${user.name} has no second factor. It signs in with its password, a link or a directory.`,
      );
    await tx.twoFactor.deleteMany({ where: { userId: user.id } });
    const { count: sessions } = await tx.session.deleteMany({ where: { userId: user.id } });
    // Pending codes and links hold the account's id as their value. A pending change of address doesn't; the record
    // entry below ends it.
    await tx.verification.deleteMany({ where: { value: user.id } });
    const engagements = await tx.member.findMany({ where: { userId: user.id }, select: { engagementId: true } });
    const entry = {
      ...OPERATOR,
      at: now,
      event: "account.recovered",
      aboutId: user.id,
      detail: { name: user.name },
    } as const;
    await appendRecord(
      tx,
      [null, ...engagements.map(({ engagementId }) => engagementId)].map((engagementId) => ({
        ...entry,
        engagementId,
      })),
    );
    await mailRecovered(tx, user, now);
    return { name: user.name, sessions };
  });
}
