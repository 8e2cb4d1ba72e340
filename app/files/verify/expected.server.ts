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

/** The facts of a PDF, with everything else that decides how its pages look. */
export type PdfFacts = ShownFacts &
  ShownSignatures & {
    paper: Paper;
    contacts: ContactRow[];
    /** The text on its certificate about the digital signature of the file. */ words: string | null;
    /** Whether its first page notes that boxes replace some characters. */ boxes: boolean;
  };

/** Caches of the last expected files, since people often check the same file again. Callers only read them. */
const CACHE_SIZE = 4;
const expectedFiles = promiseCacheOf<ReadFile>(CACHE_SIZE);
const expectedPdfs = promiseCacheOf<ReadPdf>(CACHE_SIZE);

const keyOf = (facts: unknown) => fingerprintOf(JSON.stringify(facts));

/**
 * What a file of an edition shows when Demarc writes it. The file is written and parsed again, so that the comparison
 * covers everything that a parser finds.
 */
export function expectedParts(
  format: "xlsx" | "docx",
  edition: Edition,
  fingerprint: string,
  draft: boolean,
  facts: ShownFacts & ShownSignatures,
): Promise<ReadFile> {
  return expectedFiles(keyOf([format, fingerprint, draft, facts, Object.keys(edition.matrix.accepted)]), () =>
    writeAndRead(format, expectedReport(edition, fingerprint, draft, facts)),
  );
}

/** The same for a PDF, with its pages as they are drawn. */
export function expectedPdf(edition: Edition, fingerprint: string, draft: boolean, facts: PdfFacts): Promise<ReadPdf> {
  return expectedPdfs(keyOf([fingerprint, draft, facts, Object.keys(edition.matrix.accepted)]), async () =>
    readPdf(await writeUnsealed(expectedReport(edition, fingerprint, draft, facts), facts.words)),
  );
}

async function writeAndRead(format: "xlsx" | "docx", report: Report): Promise<ReadFile> {
  return format === "xlsx"
    ? readWorkbook(await openArchive(await writeXlsx(report)))
    : readDocument(await openArchive(await writeDocx(report)));
}

/** The report of an edition, with the facts that the checked file states. */
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
  // The comparison ignores the carried text, except that a character that can't be drawn adds a note to the first page.
  // This character can't.
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
