import { read } from "~/db/client.server";
import { oncePer } from "~/domain/cache";
import { peopleOf } from "~/db/people-store.server";
import {
  lastSigned,
  lastVersion,
  signingProgressOf,
  type SigningProgress,
  type VersionRow,
} from "~/db/version-store.server";
import { earliestToday, latestToday, utcDay } from "~/domain/days";
import { countAgreedChanges } from "~/domain/pack/sentences";
import type { Severity } from "~/domain/findings/finding";
import { countOpen, findAll } from "~/domain/findings/findings";
import type { Matrix } from "~/domain/matrix/matrix";
import { indexOf } from "~/domain/matrix/owner";
import { roleHolders, type Holding, type Person } from "~/domain/people/people";
import { abilitiesOf, ownParty, type Ability } from "~/domain/engagement/permissions";
import type { SigningFacts } from "~/domain/signing/sign-readiness";
import { compactSignedTerms, type CompactSignedTerms } from "~/domain/agreement/signed-terms";
import type { Actor } from "../who/actor.server";
import { matrixFor } from "../who/matrix-access.server";
import { countSigners } from "../version/sign-readiness.server";

/** What the header of a matrix's pages shows. */
export type HeaderView = {
  matrixId: string;
  /** The reader. */
  userId: string;
  clientName: string;
  providerName: string;
  sample: boolean;
  /** Archived: it can be read and not changed. */
  archived: boolean;
  /** The party that the reader acts for; null where there is none. */
  partyId: string | null;
  /** What the reader may do here. */
  abilities: Ability[];
  /** The number of open findings, by severity. */
  findings: Record<Severity, number>;
  /** The number of people who could sign for each side. */
  signers: SigningFacts["signers"];
  /** The day of loading in UTC, as YYYY-MM-DD. Rules about dates use it as today. */
  today: string;
  /** The newest version, the progress of its signing, and why it was withdrawn or declined. */
  lastVersion: {
    number: number;
    status: string;
    publishedAt: string;
    signing: SigningProgress | null;
    withdrawnBy: string | null;
    withdrawnReason: string | null;
  } | null;
};

/**
 * The draft with all that the matrix's pages need. `changes` is the number of differences from the last version; null
 * before the first.
 */
export type DraftView = {
  header: HeaderView;
  revision: number;
  matrix: Matrix;
  changes: number | null;
  /** What was agreed in the newest version that both sides signed; null before the first. */ signed: CompactSignedTerms | null;
  people: Person[];
  holdings: Holding[];
};

/** Loads a draft for an actor, with everything its pages show. */
export async function loadDraft(actor: Actor, matrixId: string, now: Date): Promise<DraftView> {
  const stored = await matrixFor(read, actor, matrixId, "read");
  const last = await lastVersion(read, matrixId);
  const agreed = await lastSigned(read, matrixId);
  const { people, holdings } = await peopleOf(read, stored);
  const { client, provider } = indexOf(stored.matrix);
  return {
    header: {
      matrixId,
      userId: actor.userId,
      clientName: client?.name ?? "",
      providerName: provider?.name ?? "",
      sample: stored.sample,
      archived: stored.archived,
      partyId: ownParty(stored.matrix, stored.access.side),
      abilities: abilitiesOf(stored.access),
      findings: countOpen(
        findAll(stored.matrix, {
          today: earliestToday(now),
          holders: roleHolders(stored.matrix, people, holdings, latestToday(now)),
        }),
      ),
      signers: await countSigners(read, stored.engagementId, people),
      today: utcDay(now),
      lastVersion: last && {
        number: last.number,
        status: last.status,
        publishedAt: last.publishedAt,
        signing: await signingProgressOf(read, last.id),
        withdrawnBy: last.withdrawnBy,
        withdrawnReason: last.withdrawnReason,
      },
    },
    revision: stored.revision,
    matrix: stored.matrix,
    changes: changeCountSince(last, stored.matrix),
    signed: agreed && compactSignedTerms(agreed.number, agreed.matrix, stored.matrix),
    people,
    holdings,
  };
}

/** The current revision of a draft, and the matrix where that differs from the revision a window has. */
export async function draftSince(
  actor: Actor,
  matrixId: string,
  since: number,
): Promise<{ revision: number; changes: number | null; matrix: Matrix | null }> {
  const stored = await matrixFor(read, actor, matrixId, "read");
  const last = await lastVersion(read, matrixId);
  return {
    revision: stored.revision,
    changes: changeCountSince(last, stored.matrix),
    matrix: stored.revision === since ? null : stored.matrix,
  };
}

/** The number of changes that lead from a version to a draft; null without a version. */
export function changeCountSince(version: Pick<VersionRow, "matrix"> | null, draft: Matrix): number | null {
  return version ? changesBetween(version.matrix)(draft) : null;
}

/** Counted once for each pair: everybody who has a draft open asks for the same count after each edit. */
const changesBetween = oncePer((version: Matrix) => oncePer((draft: Matrix) => countAgreedChanges(version, draft)));
