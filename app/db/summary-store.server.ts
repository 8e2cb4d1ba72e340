import { SUMMARY_FORM, type MatrixSummary } from "~/domain/engagement/portfolio";
import type { Transaction } from "./client.server";
import { insertRows } from "./insert-rows.server";

/** A summary as stored. It is valid for one revision of the draft and one newest version, 0 before the first. */
export type KeptSummary = { matrixId: string; revision: number; version: number; summary: MatrixSummary };

/** The summary of a stored row; null where the row is for another revision, version or format. */
export function summaryIfCurrent(
  row: { revision: number; version: number; form: number; summary: unknown } | null,
  current: { revision: number; version: number },
): MatrixSummary | null {
  if (!row || row.revision !== current.revision || row.version !== current.version || row.form !== SUMMARY_FORM)
    return null;
  return row.summary as MatrixSummary;
}

/** Stores summaries in place of the earlier ones of the same matrices. */
export async function keepSummaries(tx: Transaction, summaries: readonly KeptSummary[]): Promise<void> {
  await tx.matrixSummary.deleteMany({ where: { matrixId: { in: summaries.map(({ matrixId }) => matrixId) } } });
  await insertRows(
    tx,
    "MatrixSummary",
    summaries.map((summary) => ({ ...summary, form: SUMMARY_FORM })),
  );
}
