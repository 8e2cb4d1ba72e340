import { read, type Transaction } from "~/db/client.server";
import { appendRecord } from "~/db/record-store.server";
import { mailAddressConfirmed } from "../mail/account-mail.server";
import type { Caller } from "./actor.server";

/**
 * Which link, sent to an account's address and opened, proved the address: one to sign in, to reset the password, to
 * change the address, or an invitation.
 */
type AddressProof = "link" | "reset" | "change" | "invitation";

type Person = { id: string; name: string; email: string };

/**
 * Records that somebody proved an account's address by opening a link sent there. Returns false where it was proved
 * before. Password and sessions stay: they may be the person's own from before. `tellWaysIn` tells the person about
 * them.
 */
export async function confirmAddress(
  tx: Transaction,
  { id, name }: Person,
  by: AddressProof,
  caller: Caller,
  now: Date,
): Promise<boolean> {
  const { count } = await tx.user.updateMany({ where: { id, emailVerified: false }, data: { emailVerified: true } });
  if (count === 0) return false;
  await appendRecord(tx, [
    {
      engagementId: null,
      at: now,
      event: "account.email-confirmed",
      actorId: id,
      actorName: name,
      detail: { by },
      address: caller.address,
    },
  ]);
  return true;
}

/**
 * Mails a person who has just proved their address what opened the account before and still does: a password, open
 * sessions. Mails nothing where there is neither.
 */
export async function tellWaysIn(tx: Transaction, person: Person, now: Date): Promise<void> {
  const since = await passwordSince(person.id);
  const sessions = await tx.session.count({ where: { userId: person.id, expiresAt: { gt: now } } });
  if (since || sessions > 0) await mailAddressConfirmed(tx, person, { since, sessions }, now);
}

/** When an account's password was set, by whomever; null where it has none. */
export async function passwordSince(userId: string): Promise<Date | null> {
  return (
    (
      await read.account.findFirst({
        where: { userId, providerId: "credential", password: { not: null } },
        select: { createdAt: true },
      })
    )?.createdAt ?? null
  );
}
