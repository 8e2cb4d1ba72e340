import { z } from "zod";
import { appendLog } from "~/db/activity-log.server";
import { read, write } from "~/db/client.server";
import { RevisionConflict, saveDiff } from "~/db/matrix-store.server";
import {
  findVersion,
  insertVersion,
  lastVersion,
  listVersionSummaries,
  signingOfVersion,
  type NewVersion,
  type Signing,
  type VersionRow,
  type VersionSummary,
} from "~/db/version-store.server";
import { coveringPartyName } from "~/domain/agreement/agreement";
import { applyCommand } from "~/domain/editing/apply-command";
import { TERMS } from "~/domain/parts/frame";
import { dayIn, earliestToday, datesOfToday } from "~/domain/days";
import { agreedChanges } from "~/domain/changes/agreed-changes";
import { changeSentences } from "~/domain/pack/sentences";
import { countChanges, diffMatrices, isEmptyDiff } from "~/domain/changes/diff";
import { AppError } from "~/domain/errors";
import { findBlockers, type Blocker } from "~/domain/findings/blockers";
import { LIMITS } from "~/domain/limits";
import type { Matrix } from "~/domain/matrix/matrix";
import type { Terms } from "~/domain/matrix/shapes";
import { dateRemarks, precedingVersion, effectiveFrom, agreedVersionInForce } from "~/domain/signing/version-dates";
import { canonicalText } from "~/domain/version/snapshot";
import type { SigningNeed } from "~/domain/signing/sign-readiness";
import { checkText } from "~/domain/text";
import { fingerprintOf } from "~/files/fingerprint.server";
import type { Actor } from "../who/actor.server";
import { countMade } from "../who/attempts.server";
import { matrixFor } from "../who/matrix-access.server";
import { signingNeeds } from "./sign-readiness.server";

const day = z.union([z.literal("").transform(() => null), z.iso.date("Choose a day, as in 2026-03-31.")]);

/** What the publish form sends. `revision` is the draft the person looked at. */
export const publishFormSchema = z.object({
  revision: z.coerce.number().int().nonnegative(),
  reason: z.string(),
  agreementReference: z.string(),
  exhibit: z.string(),
  precedence: z.string(),
  effectiveDate: day,
  reviewDate: day,
});
export type PublishForm = z.infer<typeof publishFormSchema>;

/** What the publish screen shows before anything is published. */
export type PublishView = {
  number: number;
  revision: number;
  terms: Terms;
  authorName: string;
  changes: string[];
  blockers: Blocker[];
  /** What signing it will need, and what is left of that today. It is no part of the version. */ needs: SigningNeed[];
  /** The version it will follow. */ follows: { number: number; effectiveDate: string | null } | null;
};

/** The state of a draft as its next version would freeze it. */
export async function previewVersion(actor: Actor, matrixId: string, now: Date): Promise<PublishView> {
  const { matrix, revision, engagementId } = await matrixFor(read, actor, matrixId, "publish");
  const blockers = findBlockers(matrix);
  const last = await lastVersion(read, matrixId);
  const number = (last?.number ?? 0) + 1;
  const before = precedingVersion(number, await listVersionSummaries(read, matrixId));
  return {
    number,
    revision,
    terms: matrix.terms,
    authorName: actor.name,
    changes: last ? agreedSentences(last.matrix, matrix) : [],
    blockers,
    follows: before && { number: before.number, effectiveDate: before.effectiveDate },
    needs: await signingNeeds(read, { engagementId, matrixId }, { matrix, blockers }, now),
  };
}

/**
 * Freezes the draft as the next version and returns its number. The terms of the form become the draft's own.
 * Blockers do not stop it: the version is proposed and lists what must be cleared before signing.
 */
export async function publishVersion(actor: Actor, matrixId: string, form: PublishForm, now: Date): Promise<number> {
  const { revision: seen, reason: written, agreementReference, exhibit, precedence, effectiveDate, reviewDate } = form;
  const terms = { agreementReference, exhibit, precedence, effectiveDate, reviewDate };
  const reason = checkForm({ reason: written, agreementReference, exhibit, precedence });
  await countMade("version", actor.userId);
  const published = write(async (tx) => {
    const stored = await matrixFor(tx, actor, matrixId, "publish");
    if (stored.revision !== seen) {
      throw draftWentOn();
    }
    const withTerms = applyCommand(stored.matrix, { type: "matrix.terms", set: terms });
    if (!withTerms.ok)
      throw new AppError("invalid", withTerms.rejection.message, { reviewDate: withTerms.rejection.message });
    const matrix = withTerms.value;
    const last = await lastVersion(tx, matrixId);
    // What was declined or withdrawn may be proposed once more as it is.
    if (last && last.status !== "withdrawn" && isEmptyDiff(agreedChanges(last.matrix, matrix))) {
      throw new AppError(
        "conflict",
        `What is agreed has not changed since version ${last.number}: marks and notes of your own are no part of a version. Change something first.`,
      );
    }
    const number = (last?.number ?? 0) + 1;
    const revision = stored.revision + 1;
    const termsDiff = diffMatrices(stored.matrix, matrix);
    await saveDiff(tx, matrixId, {
      expectedRevision: stored.revision,
      revision,
      before: stored.matrix,
      after: matrix,
      diff: termsDiff,
    });
    const text = canonicalText({ matrix, number, previous: last?.fingerprint ?? null });
    const version: NewVersion = {
      number,
      reason,
      authorId: actor.userId,
      authorName: actor.name,
      publishedAt: now.toISOString(),
      fingerprint: fingerprintOf(text),
      previousFingerprint: last?.fingerprint ?? null,
      canonicalText: text,
      revision,
      blockers: findBlockers(matrix),
      changes: last ? countChanges(agreedChanges(last.matrix, matrix)) : null,
      matrix,
    };
    await insertVersion(tx, matrixId, version);
    await appendLog(tx, matrixId, [
      {
        stepId: crypto.randomUUID(),
        revision,
        event: "version.published",
        actorId: actor.userId,
        actorName: actor.name,
        at: now,
        commands: [{ type: "matrix.terms", set: terms }],
        diff: termsDiff,
        detail: { number, fingerprint: version.fingerprint },
      },
    ]);
    return number;
  });
  return published.catch((error: unknown) => {
    throw error instanceof RevisionConflict ? draftWentOn() : error;
  });
}

function draftWentOn(): AppError {
  return new AppError(
    "conflict",
    "The draft was changed after you opened this form. Look at the changes once more, then publish.",
  );
}

/** A version as it is listed; `remarks` say what is out of order in its dates. */
export type VersionListed = VersionSummary & { remarks: string[] };

/** The versions of a matrix, newest first. */
export async function listVersions(actor: Actor, matrixId: string): Promise<VersionListed[]> {
  await matrixFor(read, actor, matrixId, "read");
  const versions = await listVersionSummaries(read, matrixId);
  return versions.map((version) => ({ ...version, remarks: dateRemarks(version, versions) }));
}

/** Which version is in force on a day; from when, as the day that was chosen or the moment at which it was agreed; and which duties another party covers on that day. */
export type InForce = {
  day: string;
  version: {
    number: number;
    since: string;
    covers: { dutyId: string; code: string; text: string; by: string }[];
  } | null;
};

/** A day somebody asks about, and the zone they ask from. */
export type AskedDay = { day: string; zone: string };

/** The version in force on the day that was asked for; else on each day that is today's somewhere on earth, of which the reader's own is one. */
export async function versionInForce(
  actor: Actor,
  matrixId: string,
  asked: AskedDay | null,
  now: Date,
): Promise<InForce[]> {
  await matrixFor(read, actor, matrixId, "read");
  const versions = await listVersionSummaries(read, matrixId);
  // What is agreed by now is agreed today, whichever day its reader has.
  const dayOf = asked ? (at: Date) => dayIn(asked.zone, at) : earliestToday;
  const days = (asked ? [asked.day] : datesOfToday(now)).map((day) => ({
    day,
    found: agreedVersionInForce(versions, day, dayOf),
  }));
  const numbers = [...new Set(days.flatMap(({ found }) => (found ? [found.number] : [])))];
  const matrices = new Map(
    await Promise.all(
      numbers.map(async (number) => [number, (await findVersion(read, matrixId, number))?.matrix] as const),
    ),
  );
  return days.map(({ day, found }) => {
    const matrix = found && matrices.get(found.number);
    if (!found?.agreedAt || !matrix) return { day, version: null };
    const covers = matrix.duties.flatMap((duty) => {
      const by = coveringPartyName(matrix, duty, day);
      return by === null ? [] : [{ dutyId: duty.id, code: duty.code, text: duty.text, by }];
    });
    return {
      day,
      version: {
        number: found.number,
        since: effectiveFrom({ agreedAt: found.agreedAt, effectiveDate: found.effectiveDate }, dayOf),
        covers,
      },
    };
  });
}

/** One version with its snapshot and the sentences that say what changed since the version before. */
type VersionView = {
  facts: VersionListed;
  blockers: Blocker[];
  matrix: Matrix;
  canonicalText: string;
  changes: string[];
};

/** A version by its number; not yours and not there are the same answer. */
export async function loadVersion(actor: Actor, matrixId: string, number: number): Promise<VersionView> {
  await matrixFor(read, actor, matrixId, "read");
  const row = await findVersion(read, matrixId, number);
  if (!row) throw new AppError("not-found", `There is no version ${number} of this matrix. Open the list of versions.`);
  const previous = number > 1 ? await findVersion(read, matrixId, number - 1) : null;
  const facts = summaryOf(row, await signingOfVersion(read, row.id));
  return {
    facts: { ...facts, remarks: dateRemarks(facts, await listVersionSummaries(read, matrixId)) },
    blockers: row.blockers,
    matrix: row.matrix,
    canonicalText: row.canonicalText,
    changes: previous ? agreedSentences(previous.matrix, row.matrix) : [],
  };
}

function summaryOf(
  { id: _id, canonicalText: _text, matrix, blockers, revision: _revision, authorId: _author, ...facts }: VersionRow,
  signing: Signing | null,
): VersionSummary {
  return {
    ...facts,
    signing,
    effectiveDate: matrix.terms.effectiveDate,
    reviewDate: matrix.terms.reviewDate,
    blockers: blockers.length,
  };
}

/** What two editions agree differently, in sentences. */
export function agreedSentences(before: Matrix, after: Matrix): string[] {
  return changeSentences(before, after, agreedChanges(before, after));
}

const FORM_TEXTS = {
  reason: { called: "The reason", max: LIMITS.reason, lines: true, optional: false },
  agreementReference: TERMS.agreementReference.rule,
  exhibit: TERMS.exhibit.rule,
  precedence: TERMS.precedence.rule,
} as const;

/** The reason as stored; every text that can't be stored is named under its field. */
function checkForm(form: Record<keyof typeof FORM_TEXTS, string>): string {
  const errors: Record<string, string> = {};
  const stored = { reason: "", agreementReference: "", exhibit: "", precedence: "" };
  for (const field of ["reason", "agreementReference", "exhibit", "precedence"] as const) {
    const checked = checkText(form[field], FORM_TEXTS[field]);
    if (checked.ok) stored[field] = checked.value;
    else errors[field] = checked.rejection.message;
  }
  if (Object.keys(errors).length > 0) throw new AppError("invalid", "Some fields need another look.", errors);
  return stored.reason;
}
