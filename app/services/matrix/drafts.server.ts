import { read } from "~/db/client.server";
import { peopleOf } from "~/db/people-store.server";
import { lastSigned, lastVersion, signingOfVersion, type Signing, type VersionRow } from "~/db/version-store.server";
import { earliestToday, latestToday, utcDay } from "~/domain/days";
import { agreedChanges } from "~/domain/changes/agreed-changes";
import { countChanges } from "~/domain/changes/diff";
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

export type HeaderView = {
  matrixId: string;
  /** The one who looks. */
  userId: string;
  clientName: string;
  providerName: string;
  sample: boolean;
  /** Put away: it can be read, and changes no more. */
  archived: boolean;
  /** The party the one who looks speaks for; null where they speak for none. */
  partyId: string | null;
  /** What the one who looks may do here. */
  abilities: Ability[];
  /** How many findings are open, by severity. */
  findings: Record<Severity, number>;
  /** How many people could sign for each side. */
  signers: SigningFacts["signers"];
  /** The day it was loaded, which rules with dates go by, as YYYY-MM-DD in UTC. */
  today: string;
  /** The newest version, how far its signatures are, and why it was withdrawn or declined. */
  lastVersion: {
    number: number;
    status: string;
    publishedAt: string;
    signing: Signing | null;
    withdrawnBy: string | null;
    withdrawnReason: string | null;
  } | null;
};

/** The draft as the board opens it. `changes` counts what differs from the last version; null when there is none. */
export type DraftView = {
  header: HeaderView;
  revision: number;
  matrix: Matrix;
  changes: number | null;
  /** What the newest version that both sides signed agreed to; null before the first. */ signed: CompactSignedTerms | null;
  people: Person[];
  holdings: Holding[];
};

/** Loads a draft for an actor. */
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
        signing: await signingOfVersion(read, last.id),
        withdrawnBy: last.withdrawnBy,
        withdrawnReason: last.withdrawnReason,
      },
    },
    revision: stored.revision,
    matrix: stored.matrix,
    changes: changesSince(last, stored.matrix),
    signed: agreed && compactSignedTerms(agreed.number, agreed.matrix, stored.matrix),
    people,
    holdings,
  };
}

/** What a window needs to converge: the revision, and the matrix when the window's own revision is another. */
export async function draftSince(
  actor: Actor,
  matrixId: string,
  since: number,
): Promise<{ revision: number; changes: number | null; matrix: Matrix | null }> {
  const stored = await matrixFor(read, actor, matrixId, "read");
  const last = await lastVersion(read, matrixId);
  return {
    revision: stored.revision,
    changes: changesSince(last, stored.matrix),
    matrix: stored.revision === since ? null : stored.matrix,
  };
}

/** How many things differ between a version and a draft. */
export function changesSince(version: Pick<VersionRow, "matrix"> | null, draft: Matrix): number | null {
  return version ? countChanges(agreedChanges(version.matrix, draft)) : null;
}
