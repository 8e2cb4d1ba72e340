import type { Reader } from "~/db/client.server";
import { listVersionSummaries, type VersionRow } from "~/db/version-store.server";
import { earliestToday } from "~/domain/days";
import { toldStatus } from "~/domain/signing/version-dates";

/** The status of a version as files and links tell it: a superseded one is agreed until the next one takes effect. */
export async function statusTold(
  db: Reader,
  matrixId: string,
  { status, agreedAt, number, matrix }: Pick<VersionRow, "status" | "agreedAt" | "number" | "matrix">,
  now: Date,
): Promise<VersionRow["status"]> {
  if (status !== "superseded") return status;
  const { effectiveDate } = matrix.terms;
  return toldStatus(
    { number, status, agreedAt, effectiveDate },
    await listVersionSummaries(db, matrixId),
    earliestToday(now),
    earliestToday,
  );
}
