import { promiseCacheOf } from "~/domain/cache";
import type { ContactRow } from "~/domain/people/contacts";
import { amendmentReport, buildReport, type Report } from "~/domain/pack/report";
import { WHOLE_PACK, type Paper } from "~/domain/pack/report-parts";
import type { Edition } from "~/domain/version/snapshot";
import type { ShownFacts } from "~/domain/verify/facts";
import type { ShownSignatures } from "~/domain/verify/signatures";
import { writeDocx } from "../docx.server";
import { fingerprintOf } from "../fingerprint.server";
import { writeUnsealed } from "../pdf.server";
import { readDocument } from "../read/docx.server";
import { readPdf, type ReadPdf } from "../read/pdf.server";
import type { ReadFile } from "../read/read-file";
import { readWorkbook } from "../read/xlsx.server";
import { openArchive } from "../read/zip.server";
import { writeXlsx } from "../xlsx.server";

/** What beside the facts decides how a PDF is drawn. */
export type PdfFacts = ShownFacts &
  ShownSignatures & {
    paper: Paper;
    contacts: ContactRow[];
    /** What its certificate says about the file's own signature. */ words: string | null;
    /** Whether it says that some characters stand as boxes. */ boxes: boolean;
  };

/** The files written last, since the same file is often checked again. They are only read. */
const CHECKED_AGAIN = 4;
const writtenFiles = promiseCacheOf<ReadFile>(CHECKED_AGAIN);
const writtenPdfs = promiseCacheOf<ReadPdf>(CHECKED_AGAIN);

const keyOf = (facts: unknown) => fingerprintOf(JSON.stringify(facts));

/** What a file of an edition shows when Demarc writes it: written and read again, so that nothing is left out of the comparison. */
export function expectedParts(
  format: "xlsx" | "docx",
  edition: Edition,
  fingerprint: string,
  draft: boolean,
  facts: ShownFacts & ShownSignatures,
): Promise<ReadFile> {
  return writtenFiles(keyOf([format, fingerprint, draft, facts, Object.keys(edition.matrix.accepted)]), () =>
    writtenAndRead(format, expectedReport(edition, fingerprint, draft, facts)),
  );
}

/** The same of a PDF, whose pages are compared as they are drawn. */
export function expectedPdf(edition: Edition, fingerprint: string, draft: boolean, facts: PdfFacts): Promise<ReadPdf> {
  return writtenPdfs(keyOf([fingerprint, draft, facts, Object.keys(edition.matrix.accepted)]), async () =>
    readPdf(await writeUnsealed(expectedReport(edition, fingerprint, draft, facts), facts.words)),
  );
}

async function writtenAndRead(format: "xlsx" | "docx", report: Report): Promise<ReadFile> {
  return format === "xlsx"
    ? readWorkbook(await openArchive(await writeXlsx(report)))
    : readDocument(await openArchive(await writeDocx(report)));
}

/** The report of an edition, with the facts beside its text as a file shows them. */
function expectedReport(
  edition: Edition,
  fingerprint: string,
  draft: boolean,
  {
    status,
    reason,
    authorName,
    at,
    writer,
    changes,
    blockers,
    parts,
    amendment,
    signatures,
    signers,
    history,
    paper = WHOLE_PACK.paper,
    contacts = [],
    boxes = false,
  }: ShownFacts & ShownSignatures & Partial<PdfFacts>,
): Report {
  const { matrix, number, previous: previousFingerprint } = edition;
  const written = at || "1970-01-01T00:00:00.000Z";
  // What it would carry inside is no part of what it shows, but for whether all of it can be drawn: this one character can't.
  const common = { fingerprint, previousFingerprint, canonicalText: boxes ? "\u{10ffff}" : "" };
  const report = buildReport({
    matrix,
    edition: draft
      ? { kind: "draft", differsFrom: number > 1 ? number - 1 : null, exportedAt: written, ...common }
      : { kind: "version", number, status, reason, authorName, publishedAt: written, ...common },
    changes,
    blockers,
    choice: { parts, paper },
    amendment: amendment?.amendment ?? null,
    contacts,
    signatures: signatures.map((signature) => ({ ...signature, fingerprint })),
    signers,
    history,
    writer,
  });
  return amendment?.alone ? amendmentReport(report, amendment.amendment) : report;
}
