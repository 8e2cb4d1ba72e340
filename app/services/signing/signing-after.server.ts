import type { Transaction } from "~/db/client.server";
import { loadSignOff } from "~/db/sign-off-store.server";
import { utcDay } from "~/domain/days";
import type { Actor } from "../who/actor.server";
import { logSigning, type Doer, type SigningProcess } from "./signing-core.server";
import { askNext, tellAgreed, type LinkToHandOver } from "./signing-mail.server";

/** The outcome of a change as a sentence, and what the owner must hand over where no mail is sent: links, or a code. */
export type SigningAnswer = { said: string; handed: LinkToHandOver[]; code?: { name: string; digits: string } };

/**
 * Does what follows a change: asks the next signatories in order, or, once everybody has signed, tells everybody.
 * Returns the links to hand over.
 */
export async function followUp(
  tx: Transaction,
  signing: SigningProcess,
  agreed: boolean,
  by: Doer,
  now: Date,
): Promise<LinkToHandOver[]> {
  const after = await reloadSigning(tx, signing);
  if (!agreed) return askNext(tx, after, now);
  await logSigning(tx, signing, "version.agreed", by, now);
  const replaced = after.stored.register.versions.find(
    ({ supersededBy, number }) =>
      supersededBy === signing.version.number &&
      signing.stored.register.versions.some((earlier) => earlier.number === number && earlier.status === "agreed"),
  );
  const { effectiveDate } = signing.version.matrix.terms;
  const from = effectiveDate !== null && effectiveDate > utcDay(now) ? effectiveDate : null;
  if (replaced)
    await logSigning(
      tx,
      { ...signing, version: { ...signing.version, number: replaced.number } },
      "version.superseded",
      by,
      now,
      { to: signing.version.number, ...(from === null ? {} : { from }) },
    );
  await tellAgreed(tx, after, now);
  return [];
}

/** Loads the sign-off again, as this transaction has changed it. */
export async function reloadSigning(tx: Transaction, signing: SigningProcess): Promise<SigningProcess> {
  return {
    ...signing,
    stored: await loadSignOff(tx, signing, signing.version.number, signing.stored.register.parties),
  };
}

/** The actor as the doer of a change. */
export function doerOf({ userId, name }: Actor): Doer {
  return { id: userId, name };
}
