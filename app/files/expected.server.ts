import { buildReport, type Report } from "~/domain/report";
import { WHOLE } from "~/domain/report-parts";
import type { Edition } from "~/domain/snapshot";
import type { ShownFacts } from "~/domain/verify/facts";
import type { ShownSignatures } from "~/domain/verify/signatures";
import { writeDocx } from "./docx.server";
import { fingerprintOf } from "./fingerprint.server";
import { readDocument } from "./read/docx.server";
import type { ReadFile } from "./read/read-file";
import { readWorkbook } from "./read/xlsx.server";
import { openArchive } from "./read/zip.server";
import { writeXlsx } from "./xlsx.server";

/** The files written last, since the same file is often checked again. They are only read. */
const KEPT = 4;
const kept = new Map<string, Promise<ReadFile>>();

/** What a file of an edition shows when Demarc writes it: written and read again, so that nothing is left out of the comparison. */
export function expectedParts(format: "xlsx" | "docx", edition: Edition, fingerprint: string, draft: boolean, facts: ShownFacts & ShownSignatures): Promise<ReadFile> {
  const key = fingerprintOf(JSON.stringify([format, fingerprint, draft, facts]));
  const read = kept.get(key) ?? writtenAndRead(format, expectedReport(edition, fingerprint, draft, facts));
  kept.delete(key);
  kept.set(key, read);
  const [oldest] = kept.keys();
  if (kept.size > KEPT && oldest !== undefined) kept.delete(oldest);
  return read;
}

async function writtenAndRead(format: "xlsx" | "docx", report: Report): Promise<ReadFile> {
  return format === "xlsx" ? readWorkbook(await openArchive(await writeXlsx(report))) : readDocument(await openArchive(await writeDocx(report)));
}

/** The report of an edition, with the facts beside its text as a file shows them. */
export function expectedReport(edition: Edition, fingerprint: string, draft: boolean, { status, reason, authorName, day, changes, blockers, parts, signatures, signers, history }: ShownFacts & ShownSignatures): Report {
  const { matrix, number, previous: previousFingerprint } = edition;
  const at = `${day || "1970-01-01"}T00:00:00.000Z`;
  // What it would carry inside is no part of what it shows.
  const common = { fingerprint, previousFingerprint, canonicalText: "" };
  return buildReport({
    matrix,
    edition: draft ? { kind: "draft", differsFrom: number > 1 ? number - 1 : null, exportedAt: at, ...common } : { kind: "version", number, status, reason, authorName, publishedAt: at, ...common },
    changes,
    blockers,
    choice: { ...WHOLE, parts },
    signatures: signatures.map((signature) => ({ ...signature, fingerprint })),
    signers,
    history,
  });
}
