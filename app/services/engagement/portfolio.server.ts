import { read, write } from "~/db/client.server";
import { matrixAt } from "~/db/matrix-store.server";
import { keepSummaries, summaryIfRight, type KeptSummary } from "~/db/summary-store.server";
import { lastVersion } from "~/db/version-store.server";
import { agreementOf } from "~/domain/agreement/agreement";
import { earliestToday } from "~/domain/days";
import { findBlockers } from "~/domain/findings/blockers";
import type { Matrix } from "~/domain/matrix/matrix";
import { balanceOf, indexOf } from "~/domain/matrix/owner";
import {
  portfolioNeeds,
  portfolio,
  type MatrixSummary,
  type PortfolioNeed,
  type PortfolioQuery,
  type PortfolioRow,
} from "~/domain/engagement/portfolio";
import type { Actor } from "../who/actor.server";
import { changesSince } from "../matrix/drafts.server";
import { organisationOf } from "../who/organisation-access.server";

/** Part of an actor's list: the rows asked for, how many a query and the list have, and what waits for somebody. */
export type Portfolio = {
  rows: PortfolioRow[];
  found: number;
  all: number;
  hasSample: boolean;
  needs: PortfolioNeed[];
  moreNeeds: number;
  /** The name of the actor's organisation. */ organisation: string | null;
};

const NEEDS_SHOWN = 4;

/** The matrices in use of an actor's engagements, as a query asks for them, at most `limit` of them. */
export async function listPortfolio(actor: Actor, query: PortfolioQuery, limit: number, now: Date): Promise<Portfolio> {
  const today = earliestToday(now);
  const all = await rowsOf(actor);
  const found = portfolio(all, query, today);
  const waiting = portfolioNeeds(all, today);
  return {
    rows: found.slice(0, limit),
    found: found.length,
    all: all.length,
    hasSample: all.some(({ sample }) => sample),
    needs: waiting.slice(0, NEEDS_SHOWN),
    moreNeeds: Math.max(0, waiting.length - NEEDS_SHOWN),
    organisation: (await organisationOf(read, actor))?.name ?? null,
  };
}

/** Three statements for any number of engagements; only matrices that were edited since the last look are read themselves. */
async function rowsOf(actor: Actor): Promise<PortfolioRow[]> {
  const matrices = await read.matrix.findMany({
    // What asks for a second factor isn't shown without one, not even in passing.
    where: {
      archivedAt: null,
      engagement: {
        members: { some: { userId: actor.userId } },
        ...(actor.secondFactor ? {} : { requireTwoFactor: false }),
      },
    },
    orderBy: [{ updatedAt: "desc" }, { id: "asc" }],
    select: {
      id: true,
      revision: true,
      engagementId: true,
      updatedAt: true,
      summary: true,
      engagement: { select: { sample: true, _count: { select: { matrices: true } } } },
      versions: { select: { number: true, status: true, createdAt: true }, orderBy: { number: "desc" }, take: 1 },
    },
  });
  const made: KeptSummary[] = [];
  const rows: PortfolioRow[] = [];
  for (const { id, revision, engagementId, updatedAt, summary: kept, engagement, versions } of matrices) {
    const [newest] = versions;
    const version = newest?.number ?? 0;
    let summary = summaryIfRight(kept, { revision, version });
    if (!summary) {
      const stored = await matrixAt(read, id, revision);
      if (!stored) continue;
      summary = summaryOf(stored.matrix, (await lastVersion(read, id))?.matrix ?? null);
      made.push({ matrixId: id, revision: stored.revision, version, summary });
    }
    rows.push({
      ...summary,
      engagementId,
      matrixId: id,
      sample: engagement.sample,
      several: engagement._count.matrices > 1,
      version: newest
        ? { number: newest.number, status: newest.status, publishedAt: newest.createdAt.toISOString() }
        : null,
      updatedAt: updatedAt.toISOString(),
    });
  }
  // The list is right without what is kept: a database that takes no writes, or another who keeps the same, leaves it as it is.
  if (made.length > 0) await write((tx) => keepSummaries(tx, made)).catch(() => undefined);
  return rows;
}

function summaryOf(matrix: Matrix, last: Matrix | null): MatrixSummary {
  const { client, provider } = indexOf(matrix);
  return {
    clientName: client?.name ?? "",
    providerName: provider?.name ?? "",
    agreementReference: matrix.terms.agreementReference,
    title: matrix.title,
    duties: matrix.duties.length,
    blockers: findBlockers(matrix).length,
    disputed: matrix.duties.filter((duty) => agreementOf(matrix, duty) === "disputed").length,
    balance: balanceOf(matrix, "does"),
    changes: changesSince(last && { matrix: last }, matrix),
    reviewDate: matrix.terms.reviewDate,
  };
}
