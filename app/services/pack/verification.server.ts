import { read } from "~/db/client.server";
import { versionsOfFile } from "~/db/signed-file-store.server";
import { versionsByFingerprint, type VersionForVerifying } from "~/db/verification-store.server";
import { findVersion, listVersionSummaries } from "~/db/version-store.server";
import { describeDiff } from "~/domain/verify/earlier/describe-change";
import { utcDay } from "~/domain/days";
import { successorOf } from "~/domain/signing/version-dates";
import { AppError } from "~/domain/errors";
import { disputeRows } from "~/domain/pack/disputes";
import { agreedSentences } from "~/domain/pack/sentences";
import { blockerWords } from "~/domain/findings/blockers";
import type { Answer } from "~/domain/verify/answer";
import type { WithOrdinal } from "~/domain/verify/amendment";
import type { StoredVersion } from "~/domain/verify/facts";
import { bytesHash } from "~/files/fingerprint.server";
import { runVerify, VerifyStopped } from "~/files/thread/verify-thread.server";
import type { VersionToCompare } from "~/files/verify/verify.server";
import type { Caller } from "../who/actor.server";
import { countTry } from "../who/attempts.server";
import { signingFacts } from "../version/signing-facts.server";

/** Counts a file to be checked, before any of it is read. Throws `too-many` with how long to wait. */
export async function countVerification(caller: Caller): Promise<void> {
  await countTry("verify", { account: null, address: caller.address });
}

/**
 * Checks a file that anybody uploads, and stores nothing of it. Of a stored version with the fingerprint of the file's
 * text, the answer shows the number, the status, the days, and the party for which nobody confirmed who signed; every
 * name and value in it comes from the file.
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

type LookUp = { sha256: string; fingerprint: string; previous: string | null; amends: number | null };

/** What the database knows of the versions that a file may be of. */
async function lookUp({ sha256, fingerprint, previous, amends }: LookUp, now: Date): Promise<VersionToCompare> {
  const [versions, versionIdsWithFile] = await Promise.all([
    versionsByFingerprint(read, previous === null ? [fingerprint] : [fingerprint, previous]),
    versionsOfFile(read, sha256),
  ]);
  const matching = versions.filter(
    (version) =>
      version.fingerprint === fingerprint &&
      (versionIdsWithFile.length === 0 || versionIdsWithFile.includes(version.id)),
  );
  const knownVersions = await Promise.all(matching.map((version) => knownVersion(version, versions)));
  return {
    kind: "here",
    known: knownVersions,
    now,
    kept: versionIdsWithFile.length > 0 && knownVersions.length > 0,
    bases: amends === null ? [] : await basesOf(versions, fingerprint, amends),
  };
}

/**
 * The versions that an amendment may amend: those with the number it names, of each matrix that has one of the file's
 * texts.
 */
async function basesOf(
  versions: readonly VersionForVerifying[],
  fingerprint: string,
  number: number,
): Promise<WithOrdinal[]> {
  const matrices = [...new Set(versions.map(({ matrixId }) => matrixId))];
  const bases = await Promise.all(
    matrices.map(async (matrixId) => {
      const base = await findVersion(read, matrixId, number);
      if (!base) return [];
      const ownNumber =
        versions.find((version) => version.matrixId === matrixId && version.fingerprint === fingerprint)?.number ??
        Infinity;
      const agreed = (await listVersionSummaries(read, matrixId)).filter(
        (version) => version.number < ownNumber && (version.status === "agreed" || version.status === "superseded"),
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

/** The agreed version that takes the place of a superseded one, and the day on which it does so where that is later. */
async function successor({
  matrixId,
  number,
}: VersionForVerifying): Promise<{ number: number; agreedAt: string | null; from: string | null } | null> {
  const versions = await listVersionSummaries(read, matrixId);
  const next = successorOf({ number }, versions, utcDay);
  const agreedAt = versions.find((version) => version.number === next?.number)?.agreedAt ?? null;
  return next && { number: next.number, agreedAt, from: next.start.at === agreedAt ? null : next.start.at };
}

async function knownVersion(
  version: VersionForVerifying,
  versions: readonly VersionForVerifying[],
): Promise<StoredVersion> {
  const { number, status, reason, authorName, publishedAt, effectiveDate, blockers, agreedAt } = version;
  const next = status === "superseded" ? await successor(version) : null;
  const { signatures, history } = await signingFacts(read, version.matrixId, number, version.matrix().parties);
  const before = versions.find((other) => other.matrixId === version.matrixId && other.number === number - 1);
  return {
    number,
    status: status === "agreed" || status === "superseded" || status === "withdrawn" ? status : "proposed",
    reason,
    authorName,
    publishedAt,
    changes: before ? agreedSentences(before.matrix(), version.matrix()) : [],
    earlierChanges: before ? describeDiff(before.matrix(), version.matrix()) : [],
    secondChanges: before ? agreedSentences(before.matrix(), version.matrix(), 2) : [],
    blockers: blockers.map(blockerWords),
    disputes: disputeRows(version.matrix()),
    signatures,
    history,
    agreedAt,
    effectiveDate,
    supersededBy: next ? { number: next.number, at: next.agreedAt, from: next.from } : null,
  };
}
