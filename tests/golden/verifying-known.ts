import { verifyUpload } from "~/services/pack/verification.server";
import { asBefore, type AsBefore } from "./verifying";

/** The moment at which the files of a set are checked: version 2 holds, version 3 isn't signed. */
const AT = new Date("2026-06-01T09:00:00.000Z");

/** What the page that checks files answers where the versions of a set are kept. */
export async function knownAnswer(name: string, bytes: Uint8Array = new Uint8Array()): Promise<AsBefore> {
  return asBefore(await verifyUpload({ name, bytes }, AT));
}
