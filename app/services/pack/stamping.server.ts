import { read, write } from "~/db/client.server";
import { findStamp, keepStamp, versionsToStamp } from "~/db/signed-file-store.server";
import { AppError } from "~/domain/errors";
import { fileName } from "~/files/file-name";
import { stampFingerprint } from "~/files/timestamp.server";
import type { Actor } from "../who/actor.server";
import type { ExportedFile } from "./pack-writing.server";
import { matrixFor } from "../who/matrix-access.server";

/** How many versions are stamped in one run; each takes a request to the authority. */
const AT_ONCE = 5;

/**
 * Gets RFC 3161 time stamps for the fingerprints of agreed versions that have none, and stores them. Throws where the
 * authority refuses one; the rest is tried again in the next run.
 */
export async function stampAgreed(authority: string): Promise<void> {
  for (const { id, fingerprint } of await versionsToStamp(read, AT_ONCE)) {
    const token = await stampFingerprint(authority, fingerprint);
    if (!token.ok) throw new Error(token.rejection.message);
    await write((tx) => keepStamp(tx, id, token.value));
  }
}

/** A version's time stamp as a file: an RFC 3161 token in DER. Throws `not-found` where there is none. */
export async function exportStamp(actor: Actor, matrixId: string, number: number): Promise<ExportedFile> {
  await matrixFor(read, actor, matrixId, "export");
  const bytes = await findStamp(read, matrixId, number);
  if (!bytes)
    throw new AppError(
      "not-found",
      `Version ${number} has no time stamp. An agreed version gets one where this installation names an authority.`,
    );
  return { name: fileName([], [`version ${number}`, "time stamp"], "tst"), type: "application/timestamp-token", bytes };
}
