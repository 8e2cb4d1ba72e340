import { read } from "~/db/client.server";
import { versionsOfFile } from "~/db/signed-file-store.server";
import { versionsByFingerprint, type FoundVersion } from "~/db/verification-store.server";
import { findVersion, listVersionSummaries } from "~/db/version-store.server";
import { describeDiff } from "~/domain/verify/earlier/describe-change";
import { AppError } from "~/domain/errors";
import { blockerWords } from "~/domain/findings/blockers";
import type { Answer } from "~/domain/verify/answer";
import type { WithOrdinal } from "~/domain/verify/amendment";
import type { KnownVersion } from "~/domain/verify/facts";
import { bytesHash } from "~/files/fingerprint.server";
import { runVerify, VerifyStopped } from "~/files/thread/verify-thread.server";
import type { VersionToCompare } from "~/files/verify/verify.server";
import type { Caller } from "../who/actor.server";
import { countTry } from "../who/attempts.server";
import { signingFacts } from "../version/signing-facts.server";
import { agreedSentences } from "../version/versions.server";

/** Counts one more file that somebody has checked, before any of it is read. Throws `too-many` with how long to wait. */
export async function countVerification(caller: Caller): Promise<void> {
  await countTry("verify", { account: null, address: caller.address });
}

/**
 * Checks a file that anybody brings. Nothing of it is kept. About a version that has the fingerprint of what the file
 * carries, its number, its status, its days and for which party nobody confirmed who signed are told; every name and value
 * comes from the file itself.
 */
export async function verifyUpload(
  { name, bytes }: { name: string; bytes: Uint8Array },
  now: Date,
  closed?: AbortSignal,
): Promise<Answer> {
  try {
    const sha256 = bytesHash(bytes);
    return await runVerify(
      { name, bytes },
      (fingerprint, previous, amends) => lookUp({ sha256, fingerprint, previous, amends }, now),
      closed,
    );
  } catch (error) {
    if (error instanceof VerifyStopped)
      throw new AppError("busy", "Several files are being checked right now. Try again in a moment.");
    throw error;
  }
}

type Wanted = { sha256: string; fingerprint: string; previous: string | null; amends: number | null };

async function lookUp({ sha256, fingerprint, previous, amends }: Wanted, now: Date): Promise<VersionToCompare> {
  const [found, keepers] = await Promise.all([
    versionsByFingerprint(read, previous === null ? [fingerprint] : [fingerprint, previous]),
    versionsOfFile(read, sha256),
  ]);
  const meant = found.filter(
    (version) => version.fingerprint === fingerprint && (keepers.length === 0 || keepers.includes(version.id)),
  );
  const known = await Promise.all(meant.map((version) => knownVersion(version, found)));
  return {
    kind: "here",
    known,
    now,
    kept: keepers.length > 0 && known.length > 0,
    bases: amends === null ? [] : await basesOf(found, fingerprint, amends),
  };
}

/** The versions that an amendment can be of: those with the number it names, of the matrices whose texts the file carries or names. */
async function basesOf(found: readonly FoundVersion[], fingerprint: string, number: number): Promise<WithOrdinal[]> {
  const matrices = [...new Set(found.map(({ matrixId }) => matrixId))];
  const bases = await Promise.all(
    matrices.map(async (matrixId) => {
      const base = await findVersion(read, matrixId, number);
      if (!base) return [];
      const own =
        found.find((version) => version.matrixId === matrixId && version.fingerprint === fingerprint)?.number ??
        Infinity;
      const agreed = (await listVersionSummaries(read, matrixId)).filter(
        (version) => version.number < own && (version.status === "agreed" || version.status === "superseded"),
      ).length;
      return [
        {
          matrix: base.matrix,
          number,
          status: base.status,
          publishedAt: base.publishedAt,
          fingerprint: base.fingerprint,
          ordinal: Math.max(1, agreed),
        },
      ];
    }),
  );
  return bases.flat();
}

async function knownVersion(version: FoundVersion, found: readonly FoundVersion[]): Promise<KnownVersion> {
  const {
    number,
    status,
    reason,
    authorName,
    publishedAt,
    effectiveDate,
    blockers,
    agreedAt,
    supersededBy,
    supersededAt,
  } = version;
  const { signatures, history } = await signingFacts(read, version.matrixId, number, version.matrix().parties);
  const before = found.find((other) => other.matrixId === version.matrixId && other.number === number - 1);
  return {
    number,
    status: status === "agreed" || status === "superseded" || status === "withdrawn" ? status : "proposed",
    reason,
    authorName,
    publishedAt,
    changes: before ? agreedSentences(before.matrix(), version.matrix()) : [],
    earlierChanges: before ? describeDiff(before.matrix(), version.matrix()) : [],
    blockers: blockers.map(blockerWords),
    signatures,
    history,
    agreedAt,
    effectiveDate,
    supersededBy: supersededBy === null ? null : { number: supersededBy, at: supersededAt },
  };
}
