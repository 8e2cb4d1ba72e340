import { SUMMARY_FORM, type MatrixSummary } from "~/domain/engagement/portfolio";
import type { Writer } from "./client.server";
import { insertRows } from "./insert-rows.server";

/** A summary as it is kept: right for one revision of the draft and one newest version, 0 before the first. */
export type KeptSummary = { matrixId: string; revision: number; version: number; summary: MatrixSummary };

/** Reads a kept row; null where it is of another moment or form. */
export function summaryIfRight(
  row: { revision: number; version: number; form: number; summary: unknown } | null,
  now: { revision: number; version: number },
): MatrixSummary | null {
  if (!row || row.revision !== now.revision || row.version !== now.version || row.form !== SUMMARY_FORM) return null;
  return row.summary as MatrixSummary;
}

/** Keeps summaries in place of those that were. */
export async function keepSummaries(tx: Writer, summaries: readonly KeptSummary[]): Promise<void> {
  await tx.matrixSummary.deleteMany({ where: { matrixId: { in: summaries.map(({ matrixId }) => matrixId) } } });
  await insertRows(
    tx,
    "MatrixSummary",
    summaries.map((kept) => ({ ...kept, form: SUMMARY_FORM })),
  );
}
