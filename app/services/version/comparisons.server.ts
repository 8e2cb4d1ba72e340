import { read } from "~/db/client.server";
import { findVersion, listVersionSummaries } from "~/db/version-store.server";
import { compareDuties, type Comparison } from "~/domain/changes/comparison";
import { agreedChanges } from "~/domain/changes/agreed-changes";
import { sentencesBesideDuties } from "~/domain/pack/sentences";
import { AppError } from "~/domain/errors";
import type { Matrix } from "~/domain/matrix/matrix";
import type { Party } from "~/domain/matrix/shapes";
import type { Actor } from "../who/actor.server";
import { matrixFor, type MatrixFor } from "../who/matrix-access.server";

/** One end of a comparison: a version, or the draft as it stands. */
export type Side = number | "draft";

type ComparisonView = {
  /** Null where there is no version yet. */
  ends: { from: Side; to: Side } | null;
  choices: { number: number; status: string; publishedAt: string }[];
  comparison: Comparison;
  /** What changed beside the duties: parties, roles, domains, terms, settings. */
  frame: string[];
  /** The parties of both ends, to name and colour what they held. */
  parties: Party[];
};

/** Compares two versions, or one with the draft. Asked for nothing, it compares the newest version with the draft. Not yours and not there are the same answer. */
export async function compareVersions(
  actor: Actor,
  matrixId: string,
  asked: { from: string | null; to: string | null },
): Promise<ComparisonView> {
  const draft = await matrixFor(read, actor, matrixId, "read");
  const choices = (await listVersionSummaries(read, matrixId)).map(({ number, status, publishedAt }) => ({
    number,
    status,
    publishedAt,
  }));
  const newest = choices[0]?.number;
  if (newest === undefined)
    return {
      ends: null,
      choices,
      comparison: compareDuties(draft.matrix, draft.matrix),
      frame: [],
      parties: draft.matrix.parties,
    };
  const from = sideOf(asked.from) ?? newest;
  const to = sideOf(asked.to) ?? "draft";
  const before = await matrixOf(draft, from);
  const after = await matrixOf(draft, to);
  const known = new Set(after.parties.map(({ id }) => id));
  return {
    ends: { from, to },
    choices,
    comparison: compareDuties(before, after),
    frame: sentencesBesideDuties(before, after, agreedChanges(before, after)),
    parties: [...after.parties, ...before.parties.filter(({ id }) => !known.has(id))],
  };
}

/** A version's matrix as it was published. Not yours and not there are the same answer. */
export async function loadSnapshot(actor: Actor, matrixId: string, number: number): Promise<Matrix> {
  return matrixOf(await matrixFor(read, actor, matrixId, "read"), number);
}

function sideOf(text: string | null): Side | null {
  return text === "draft" ? "draft" : text !== null && /^[1-9]\d{0,5}$/.test(text) ? Number(text) : null;
}

async function matrixOf(draft: MatrixFor, side: Side): Promise<Matrix> {
  if (side === "draft") return draft.matrix;
  const version = await findVersion(read, draft.matrixId, side);
  if (!version)
    throw new AppError("not-found", `There is no version ${side} of this matrix. Open the list of versions.`);
  return version.matrix;
}
