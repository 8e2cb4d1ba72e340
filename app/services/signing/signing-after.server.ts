import type { Writer } from "~/db/client.server";
import { loadSignOff } from "~/db/sign-off-store.server";
import type { Actor } from "../who/actor.server";
import { logSigning, type Doer, type Signing } from "./signing-core.server";
import { askNext, tellAgreed, type Handed } from "./signing-mail.server";

/** What came of it, and the links or the code to hand over where no mail carries them. */
export type SigningAnswer = { said: string; handed: Handed[]; code?: { name: string; digits: string } };

/** What follows an event: the next one in order is asked; once everybody has signed, everybody hears of it. */
export async function afterwards(
  tx: Writer,
  signing: Signing,
  agreed: boolean,
  by: Doer,
  now: Date,
): Promise<Handed[]> {
  const after = await reloaded(tx, signing);
  if (!agreed) return askNext(tx, after, now);
  await logSigning(tx, signing, "version.agreed", by, now);
  const replaced = after.stored.register.versions.find(
    ({ supersededBy, number }) =>
      supersededBy === signing.version.number &&
      signing.stored.register.versions.some((was) => was.number === number && was.status === "agreed"),
  );
  if (replaced)
    await logSigning(
      tx,
      { ...signing, version: { ...signing.version, number: replaced.number } },
      "version.superseded",
      by,
      now,
      { to: signing.version.number },
    );
  await tellAgreed(tx, after, now);
  return [];
}

/** A sign-off as this transaction has left it. */
export async function reloaded(tx: Writer, signing: Signing): Promise<Signing> {
  return {
    ...signing,
    stored: await loadSignOff(tx, signing, signing.version.number, signing.stored.register.parties),
  };
}

/** An account as who does something. */
export function doerOf({ userId, name }: Actor): Doer {
  return { id: userId, name };
}
