import { z } from "zod";
import { appendLog } from "~/db/activity-log.server";
import { read, write } from "~/db/client.server";
import { RevisionConflict, saveDiff } from "~/db/matrix-store.server";
import {
  findVersion,
  insertVersion,
  lastVersion,
  listVersionSummaries,
  signingProgressOf,
  type NewVersion,
  type SigningProgress,
  type VersionRow,
  type VersionSummary,
} from "~/db/version-store.server";
import { coveringPartyName } from "~/domain/agreement/agreement";
import { applyCommand } from "~/domain/editing/apply-command";
import { TERMS } from "~/domain/parts/frame";
import { dayIn, earliestToday, datesOfToday } from "~/domain/days";
import { agreedChanges } from "~/domain/changes/agreed-changes";
import { agreedSentences, countAgreedChanges } from "~/domain/pack/sentences";
import { diffMatrices, isEmptyDiff } from "~/domain/changes/diff";
import { AppError } from "~/domain/errors";
import { findBlockers, type Blocker } from "~/domain/findings/blockers";
import { LIMITS } from "~/domain/limits";
import type { Matrix } from "~/domain/matrix/matrix";
import type { Terms } from "~/domain/matrix/shapes";
import {
  dateRemarks,
  precedingVersion,
  effectiveFrom,
  agreedVersionInForce,
  type AgreedVersion,
} from "~/domain/signing/version-dates";
import { canonicalText } from "~/domain/version/snapshot";
import type { SigningNeed } from "~/domain/signing/sign-readiness";
import { checkText } from "~/domain/text";
import { placedTexts } from "~/domain/pack/placed-texts";
import { fingerprintOf } from "~/files/fingerprint.server";
import { charactersWithoutFont, withoutFontSentence } from "~/files/pdf/fonts/missing.server";
import type { Actor } from "../who/actor.server";
import { countMade } from "../who/attempts.server";
import { matrixFor } from "../who/matrix-access.server";
import { drillsSince, type DrillsSince } from "../people/drills.server";
import { signingNeeds } from "./sign-readiness.server";

const day = z.union([z.literal("").transform(() => null), z.iso.date("Choose a day, as in 2026-03-31.")]);

/** The publish form. `revision` is that of the draft the person looked at. */
export const publishFormSchema = z.object({
  revision: z.coerce.number().int().nonnegative(),
  reason: z.string(),
  agreementReference: z.string(),
  exhibit: z.string(),
  precedence: z.string(),
  effectiveDate: day,
  reviewDate: day,
});
export type PublishInput = z.infer<typeof publishFormSchema>;

/** What the publish screen shows. */
export type PublishView = {
  number: number;
  revision: number;
  terms: Terms;
  authorName: string;
  changes: string[];
  blockers: Blocker[];
  /** What signing it needs and still lacks today. It is no part of the version. */ needs: SigningNeed[];
  /** Characters that the PDF of the version would show as boxes, with where they stand. */ withoutFont: string[];
  /** The drills since the last version, and earlier ones of which something isn't done. */ drills: DrillsSince;
  /** The version that it follows. */ follows: { number: number; effectiveDate: string | null } | null;
};

/** The next version as publishing the draft would create it. */
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
    withoutFont: charactersWithoutFont([...placedTexts(matrix), { place: "Your name", text: actor.name }]),
    drills: await drillsSince(read, matrixId, last?.publishedAt ?? null),
    needs: await signingNeeds(read, { engagementId, matrixId }, { matrix, blockers }, now),
  };
}

/**
 * Publishes the draft as the next version and returns its number. The terms of the form become the draft's own.
 * Blockers don't stop it: the version is proposed, and lists what must be cleared before signing. Throws `conflict`
 * where the draft has another revision than the form, or agrees to the same as the last version.
 */
export async function publishVersion(actor: Actor, matrixId: string, form: PublishInput, now: Date): Promise<number> {
  const {
    revision: formRevision,
    reason: enteredReason,
    agreementReference,
    exhibit,
    precedence,
    effectiveDate,
    reviewDate,
  } = form;
  const terms = { agreementReference, exhibit, precedence, effectiveDate, reviewDate };
  const reason = checkForm({ reason: enteredReason, agreementReference, exhibit, precedence });
  await countMade("version", actor.userId);
  const publication = write(async (tx) => {
    const stored = await matrixFor(tx, actor, matrixId, "publish");
    if (stored.revision !== formRevision) {
      throw draftChanged();
    }
    const withTerms = applyCommand(stored.matrix, { type: "matrix.terms", set: terms });
    if (!withTerms.ok)
      throw new AppError("invalid", withTerms.rejection.message, { reviewDate: withTerms.rejection.message });
    const matrix = withTerms.value;
    const last = await lastVersion(tx, matrixId);
    const blockers = findBlockers(matrix);
    // A version that was declined or withdrawn may be published again unchanged, and so may one that can't be signed for
    // a reason that has been settled since without another text, as where a declined duty was confirmed.
    const mayRepeat =
      last?.status === "withdrawn" || (last?.status === "proposed" && last.blockers.length > blockers.length);
    if (last && !mayRepeat && isEmptyDiff(agreedChanges(last.matrix, matrix))) {
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
      blockers,
      changes: last ? countAgreedChanges(last.matrix, matrix) : null,
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
  return publication.catch((error: unknown) => {
    throw error instanceof RevisionConflict ? draftChanged() : error;
  });
}

function draftChanged(): AppError {
  return new AppError(
    "conflict",
    "The draft was changed after you opened this form. Look at the changes once more, then publish.",
  );
}

/**
 * A version of the list; `remarks` are sentences about dates that don't fit together. `newer` are the agreed versions
 * after it, which take its place on their days.
 */
export type VersionListed = VersionSummary & { remarks: string[]; newer: AgreedVersion[] };

/** The versions of a matrix, newest first. */
export async function listVersions(actor: Actor, matrixId: string): Promise<VersionListed[]> {
  await matrixFor(read, actor, matrixId, "read");
  const versions = await listVersionSummaries(read, matrixId);
  return versions.map((version) => listed(version, versions));
}

function listed(version: VersionSummary, versions: readonly VersionSummary[]): VersionListed {
  const newer = versions
    .filter(({ number, agreedAt }) => number > version.number && agreedAt !== null)
    .map(({ number, status, agreedAt, effectiveDate }) => ({ number, status, agreedAt, effectiveDate }));
  return { ...version, remarks: dateRemarks(version, versions), newer };
}

/**
 * The version in force on a day: since when (the effective day, or the moment it was agreed), and which duties another
 * party covers on that day.
 */
export type InForce = {
  day: string;
  version: {
    number: number;
    since: string;
    covers: { dutyId: string; code: string; text: string; by: string; from: string; to: string }[];
  } | null;
};

/** A day to look up, and the time zone of the person who asks. */
export type AskedDay = { day: string; zone: string };

/**
 * The version in force on a given day. Without one, on each day that is today's date in some time zone; the reader's
 * own is one of them.
 */
export async function versionInForce(
  actor: Actor,
  matrixId: string,
  askedDay: AskedDay | null,
  now: Date,
): Promise<InForce[]> {
  await matrixFor(read, actor, matrixId, "read");
  const versions = await listVersionSummaries(read, matrixId);
  // What has been agreed counts from today on, whichever date the reader's time zone has.
  const dayOf = askedDay ? (at: Date) => dayIn(askedDay.zone, at) : earliestToday;
  const days = (askedDay ? [askedDay.day] : datesOfToday(now)).map((day) => ({
    day,
    inForce: agreedVersionInForce(versions, day, dayOf),
  }));
  const numbers = [...new Set(days.flatMap(({ inForce }) => (inForce ? [inForce.number] : [])))];
  const matrices = new Map(
    await Promise.all(
      numbers.map(async (number) => [number, (await findVersion(read, matrixId, number))?.matrix] as const),
    ),
  );
  return days.map(({ day, inForce }) => {
    const matrix = inForce && matrices.get(inForce.number);
    if (!inForce?.agreedAt || !matrix) return { day, version: null };
    const covers = matrix.duties.flatMap((duty) => {
      const by = coveringPartyName(matrix, duty, day);
      return by === null || !duty.coverPeriod
        ? []
        : [
            {
              dutyId: duty.id,
              code: duty.code,
              text: duty.text,
              by,
              from: duty.coverPeriod.from,
              to: duty.coverPeriod.to,
            },
          ];
    });
    return {
      day,
      version: {
        number: inForce.number,
        since: effectiveFrom({ agreedAt: inForce.agreedAt, effectiveDate: inForce.effectiveDate }, dayOf),
        covers,
      },
    };
  });
}

/** A version with its snapshot, and the sentences on what changed since the version before. */
type VersionView = {
  facts: VersionListed;
  blockers: Blocker[];
  matrix: Matrix;
  canonicalText: string;
  changes: string[];
};

/** A version by its number. Throws `not-found` for a version of others as for one that doesn't exist. */
export async function loadVersion(actor: Actor, matrixId: string, number: number): Promise<VersionView> {
  await matrixFor(read, actor, matrixId, "read");
  const row = await findVersion(read, matrixId, number);
  if (!row) throw new AppError("not-found", `There is no version ${number} of this matrix. Open the list of versions.`);
  const previous = number > 1 ? await findVersion(read, matrixId, number - 1) : null;
  const facts = summaryOf(row, await signingProgressOf(read, row.id));
  return {
    facts: listed(facts, await listVersionSummaries(read, matrixId)),
    blockers: row.blockers,
    matrix: row.matrix,
    canonicalText: row.canonicalText,
    changes: previous ? agreedSentences(previous.matrix, row.matrix) : [],
  };
}

function summaryOf(
  { id: _id, canonicalText: _text, matrix, blockers, revision: _revision, authorId: _author, ...facts }: VersionRow,
  signing: SigningProgress | null,
): VersionSummary {
  return {
    ...facts,
    signing,
    effectiveDate: matrix.terms.effectiveDate,
    reviewDate: matrix.terms.reviewDate,
    blockers: blockers.length,
  };
}

const FORM_TEXTS = {
  reason: { called: "The reason", max: LIMITS.reason, lines: true, optional: false },
  agreementReference: TERMS.agreementReference.rule,
  exhibit: TERMS.exhibit.rule,
  precedence: TERMS.precedence.rule,
} as const;

/**
 * Checks the texts of the form and returns the reason as it is stored. Throws `invalid` with a sentence for each text
 * that can't be stored.
 */
function checkForm(form: Record<keyof typeof FORM_TEXTS, string>): string {
  const errors: Record<string, string> = {};
  const stored = { reason: "", agreementReference: "", exhibit: "", precedence: "" };
  for (const field of ["reason", "agreementReference", "exhibit", "precedence"] as const) {
    const checked = checkText(form[field], FORM_TEXTS[field]);
    if (checked.ok) stored[field] = checked.value;
    else errors[field] = checked.rejection.message;
    const lost = withoutFontSentence(FORM_TEXTS[field].called, stored[field]);
    if (lost !== null) errors[field] = lost;
  }
  if (Object.keys(errors).length > 0) throw new AppError("invalid", "Some fields need another look.", errors);
  return stored.reason;
}
