import { read, write } from "~/db/client.server";
import { appendRecord } from "~/db/record-store.server";
import { AppError } from "~/domain/errors";
import { storedEmail } from "~/domain/mail-address";
import { mailRecovered } from "../mail/account-mail.server";

/** Who runs an installation, in the record: known by having its database, and by no account. */
export const OPERATOR = { actorId: "operator", actorName: "Whoever runs this Demarc" };

/**
 * Lets somebody back in who has lost their second factor: takes it away, ends every session and every sign-in under way,
 * keeps that in the record of each engagement they have access to, and tells them. Whoever calls it has the database, so
 * nobody is asked. Returns the name of the account and how many sessions ended.
 */
export async function recoverAccount(written: string, now: Date): Promise<{ name: string; sessions: number }> {
  const email = storedEmail(written);
  const user = await read.user.findUnique({ where: { email }, select: { id: true, name: true, email: true } });
  if (!user || email === "")
    throw new AppError("not-found", `There is no account with the address ${email}. Write the one that signs in.`);
  return write(async (tx) => {
    // This comes first: what a transaction reads before it writes, a server that runs beside it may change meanwhile.
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
    // Codes and links under way name the account by its id, but for a change of address, which what is recorded below ends.
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
