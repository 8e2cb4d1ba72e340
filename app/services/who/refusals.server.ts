import { read, write } from "~/db/client.server";
import { appendRecord } from "~/db/record-store.server";
import { networkOf } from "~/domain/account/network";
import type { Caller } from "./actor.server";

type Refusal =
  | { event: "password.refused"; where: PasswordPlace; userId: string | null; network: string }
  | { event: "access.refused"; answer: string; userId: string; matrixId: string; ability: string }
  | { event: "limit.reached"; of: string; by: "account" | "address"; network: string };

/** Where a password was tried. */
type PasswordPlace = "sign-in" | "invitation" | "confirm" | "link";

/** The longest id of ours; what an address names may be anything. */
const ID_LENGTH = 64;

/**
 * Writes what was refused as one line of JSON to standard output, for whoever watches an installation. No secret, no
 * address of an account and no text of a form is in it.
 */
export function tellRefusal(refusal: Refusal): void {
  const short = Object.fromEntries(
    Object.entries(refusal).map(([name, value]) => [
      name,
      typeof value === "string" ? value.slice(0, ID_LENGTH) : value,
    ]),
  );
  console.info(JSON.stringify({ at: new Date().toISOString(), ...short }));
}

/** Keeps that a password was wrong: in the record of the account it was tried for, where there is one, and as a line. */
export async function passwordRefused(
  account: { email: string } | { id: string } | null,
  where: PasswordPlace,
  caller: Caller,
  now: Date,
): Promise<void> {
  const user = account && (await read.user.findUnique({ where: account, select: { id: true, name: true } }));
  tellRefusal({ event: "password.refused", where, userId: user?.id ?? null, network: networkOf(caller.address) });
  if (user)
    await write((tx) =>
      appendRecord(tx, [
        {
          engagementId: null,
          at: now,
          event: "session.refused",
          actorId: user.id,
          actorName: user.name,
          detail: { method: where === "confirm" ? "confirm" : "password" },
          address: caller.address,
        },
      ]),
    );
}
