import { read, write } from "~/db/client.server";
import { appendRecord } from "~/db/record-store.server";
import { networkOf } from "~/domain/account/network";
import type { Caller } from "./actor.server";

type Refusal =
  | { event: "password.refused"; where: PasswordPlace; userId: string | null; network: string }
  | { event: "access.refused"; answer: string; userId: string; matrixId: string; ability: string }
  | { event: "limit.reached"; of: string; by: "account" | "address"; network: string };

/** The form in which a password was tried. */
type PasswordPlace = "sign-in" | "invitation" | "confirm" | "link";

/** Texts are cut to the length of our longest id, because an id from a request may be any text. */
const ID_LENGTH = 64;

/**
 * Writes a refusal to standard output as one line of JSON, for monitoring. It contains no secret, no account's address
 * and no text from a form.
 */
export function logRefusal(refusal: Refusal): void {
  const short = Object.fromEntries(
    Object.entries(refusal).map(([name, value]) => [
      name,
      typeof value === "string" ? value.slice(0, ID_LENGTH) : value,
    ]),
  );
  console.info(JSON.stringify({ at: new Date().toISOString(), ...short }));
}

/**
 * Records a wrong password: in the record of the account it was tried for, if there is one, and as a line of the log.
 */
export async function recordWrongPassword(
  account: { email: string } | { id: string } | null,
  where: PasswordPlace,
  caller: Caller,
  now: Date,
): Promise<void> {
  const user = account && (await read.user.findUnique({ where: account, select: { id: true, name: true } }));
  logRefusal({ event: "password.refused", where, userId: user?.id ?? null, network: networkOf(caller.address) });
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
