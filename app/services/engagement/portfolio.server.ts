import { read, write } from "~/db/client.server";
import { matrixAt } from "~/db/matrix-store.server";
import { keepSummaries, summaryIfCurrent, type KeptSummary } from "~/db/summary-store.server";
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
import { changeCountSince } from "../matrix/drafts.server";
import { organisationOf } from "../who/organisation-access.server";

/**
 * A part of the actor's list of engagements: the rows, how many the query has (`found`) and the whole list (`all`), and
 * what needs somebody's attention.
 */
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

/** The matrices of the actor's engagements that aren't archived and match a query, at most `limit` of them. */
export async function listPortfolio(actor: Actor, query: PortfolioQuery, limit: number, now: Date): Promise<Portfolio> {
  const today = earliestToday(now);
  const all = await rowsOf(actor);
  const matching = portfolio(all, query, today);
  const waiting = portfolioNeeds(all, today);
  return {
    rows: matching.slice(0, limit),
    found: matching.length,
    all: all.length,
    hasSample: all.some(({ sample }) => sample),
    needs: waiting.slice(0, NEEDS_SHOWN),
    moreNeeds: Math.max(0, waiting.length - NEEDS_SHOWN),
    organisation: (await organisationOf(read, actor))?.name ?? null,
  };
}

/**
 * Reads any number of engagements with three statements. Only matrices that were edited since their summary was stored
 * are loaded.
 */
async function rowsOf(actor: Actor): Promise<PortfolioRow[]> {
  const matrices = await read.matrix.findMany({
    // A session without a second factor sees nothing of engagements that ask for one.
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
  const renewed: KeptSummary[] = [];
  const rows: PortfolioRow[] = [];
  for (const { id, revision, engagementId, updatedAt, summary: storedSummary, engagement, versions } of matrices) {
    const [newest] = versions;
    const version = newest?.number ?? 0;
    let summary = summaryIfCurrent(storedSummary, { revision, version });
    if (!summary) {
      const stored = await matrixAt(read, id, revision);
      if (!stored) continue;
      summary = summaryOf(stored.matrix, (await lastVersion(read, id))?.matrix ?? null);
      renewed.push({ matrixId: id, revision: stored.revision, version, summary });
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
  // The list is right without storing the summaries, so a database that takes no writes, or a conflict with another
  // process, is ignored.
  if (renewed.length > 0) await write((tx) => keepSummaries(tx, renewed)).catch(() => undefined);
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
    changes: changeCountSince(last && { matrix: last }, matrix),
    reviewDate: matrix.terms.reviewDate,
  };
}
