import { read } from "~/db/client.server";
import { findVersion, listVersionSummaries } from "~/db/version-store.server";
import { compareDuties, type Comparison } from "~/domain/changes/comparison";
import { agreedChanges } from "~/domain/changes/agreed-changes";
import type { AgreedVersion } from "~/domain/signing/version-dates";
import { sentencesBesideDuties } from "~/domain/pack/sentences";
import { AppError } from "~/domain/errors";
import type { Matrix } from "~/domain/matrix/matrix";
import type { Party } from "~/domain/matrix/shapes";
import type { Actor } from "../who/actor.server";
import { matrixFor, type MatrixFor } from "../who/matrix-access.server";

/** One end of a comparison: the number of a version, or the draft. */
type ComparisonEnd = number | "draft";

type ComparisonView = {
  /** Null where there is no version yet. */
  ends: { from: ComparisonEnd; to: ComparisonEnd } | null;
  choices: (AgreedVersion & { publishedAt: string })[];
  comparison: Comparison;
  /** Sentences on what changed besides the duties: parties, roles, domains, terms, settings. */
  frame: string[];
  /** The parties of both ends, whose names and colours the comparison shows. */
  parties: Party[];
};

/**
 * Compares two versions, or a version with the draft. Without ends it compares the newest version with the draft.
 * Throws `not-found` for a matrix of others as for one that doesn't exist.
 */
export async function compareVersions(
  actor: Actor,
  matrixId: string,
  ends: { from: string | null; to: string | null },
): Promise<ComparisonView> {
  const draft = await matrixFor(read, actor, matrixId, "read");
  const choices = (await listVersionSummaries(read, matrixId)).map(
    ({ number, status, publishedAt, agreedAt, effectiveDate }) => ({
      number,
      status,
      publishedAt,
      agreedAt,
      effectiveDate,
    }),
  );
  const newest = choices[0]?.number;
  if (newest === undefined)
    return {
      ends: null,
      choices,
      comparison: compareDuties(draft.matrix, draft.matrix),
      frame: [],
      parties: draft.matrix.parties,
    };
  const from = endOf(ends.from) ?? newest;
  const to = endOf(ends.to) ?? "draft";
  const before = await matrixOf(draft, from);
  const after = await matrixOf(draft, to);
  const partyIds = new Set(after.parties.map(({ id }) => id));
  return {
    ends: { from, to },
    choices,
    comparison: compareDuties(before, after),
    frame: sentencesBesideDuties(before, after, agreedChanges(before, after)),
    parties: [...after.parties, ...before.parties.filter(({ id }) => !partyIds.has(id))],
  };
}

/** A version's matrix as it was published. Throws `not-found` for a matrix of others as for one that doesn't exist. */
export async function loadSnapshot(actor: Actor, matrixId: string, number: number): Promise<Matrix> {
  return matrixOf(await matrixFor(read, actor, matrixId, "read"), number);
}

function endOf(text: string | null): ComparisonEnd | null {
  return text === "draft" ? "draft" : text !== null && /^[1-9]\d{0,5}$/.test(text) ? Number(text) : null;
}

async function matrixOf(draft: MatrixFor, end: ComparisonEnd): Promise<Matrix> {
  if (end === "draft") return draft.matrix;
  const version = await findVersion(read, draft.matrixId, end);
  if (!version)
    throw new AppError("not-found", `There is no version ${end} of this matrix. Open the list of versions.`);
  return version.matrix;
}
