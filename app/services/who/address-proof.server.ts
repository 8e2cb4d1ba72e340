import { read, type Writer } from "~/db/client.server";
import { appendRecord } from "~/db/record-store.server";
import { mailAddressConfirmed } from "../mail/account-mail.server";
import type { Caller } from "./actor.server";

/** What showed that an address is the account's own: a link sent there that signs in, lets a password be chosen, changes the address, or invites. */
type AddressProof = "link" | "reset" | "change" | "invitation";

/** An account as this needs it. */
type Person = { id: string; name: string; email: string };

/**
 * Keeps that somebody who has a link sent to an account's address showed it to be theirs; false where it was known.
 * Nothing else of the account changes: a password or a session may be their own from before, and they have no other way
 * to find out which.
 */
export async function confirmAddress(
  tx: Writer,
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

/** Tells somebody whose address a link confirmed what opened their account before that, and still does. Nothing where nothing did. */
export async function tellWaysIn(tx: Writer, person: Person, now: Date): Promise<void> {
  const since = await passwordSince(person.id);
  const sessions = await tx.session.count({ where: { userId: person.id, expiresAt: { gt: now } } });
  if (since || sessions > 0) await mailAddressConfirmed(tx, person, { since, sessions }, now);
}

/** Since when an account has a password, in whoever's hands; null where it has none. */
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
