import { buildReport, type Report } from "~/domain/report";
import type { Edition } from "~/domain/snapshot";
import type { ShownPart } from "~/domain/verify/part";
import type { ShownFacts } from "~/domain/verify/facts";
import { readWorkbook } from "./read/xlsx.server";
import { openArchive } from "./read/zip.server";
import { writeXlsx } from "./xlsx.server";

/** What a workbook of an edition shows when Demarc writes it: written and read again, so that nothing is left out of the comparison. */
export async function expectedWorkbook(edition: Edition, fingerprint: string, draft: boolean, facts: ShownFacts): Promise<ShownPart[]> {
  const { parts } = await readWorkbook(await openArchive(await writeXlsx(expectedReport(edition, fingerprint, draft, facts))));
  return parts;
}

/** The report of an edition, with the facts beside its text as a file shows them. */
export function expectedReport(edition: Edition, fingerprint: string, draft: boolean, { status, reason, authorName, day, changes, blockers }: ShownFacts): Report {
  const { matrix, number, previous: previousFingerprint } = edition;
  const at = `${day || "1970-01-01"}T00:00:00.000Z`;
  // What it would carry inside is no part of what it shows.
  const common = { fingerprint, previousFingerprint, canonicalText: "" };
  return buildReport({
    matrix,
    edition: draft ? { kind: "draft", differsFrom: number > 1 ? number - 1 : null, exportedAt: at, ...common } : { kind: "version", number, status, reason, authorName, publishedAt: at, ...common },
    changes,
    blockers,
  });
}
