import { generateKeyPairSync } from "node:crypto";
import { promiseCacheOf } from "~/domain/cache";
import type { ContactRow } from "~/domain/people/contacts";
import { amendmentReport, buildReport, type Report } from "~/domain/pack/report";
import type { Paper } from "~/domain/pack/report-parts";
import type { Edition } from "~/domain/version/snapshot";
import type { ShownFacts } from "~/domain/verify/facts";
import type { ShownSignatures } from "~/domain/verify/signatures";
import { writeDocx } from "../docx.server";
import { bytesHash, fingerprintOf } from "../fingerprint.server";
import { unzip, type Parts } from "../package.server";
import { writeToCompare } from "../pdf.server";
import type { SealForm } from "../read/pdf/signature.server";
import { readOffice } from "../read/office.server";
import { readPdf, type ReadPdf } from "../read/pdf.server";
import type { ReadFile } from "../read/read-file";
import { openArchive } from "../read/zip.server";
import { writeXlsx } from "../xlsx.server";
import { withNumbers, type ShownNumbers } from "./shown-frameworks";

/** The facts of a file, with everything else that decides how it is written. */
export type WrittenFacts = ShownFacts &
  ShownSignatures & {
    paper: Paper;
    contacts: ContactRow[];
    /** The numbers of frameworks that a workbook shows beside what is signed. */
    frameworks?: ShownNumbers[];
  };
/** The same for a PDF. */
export type PdfFacts = WrittenFacts & {
  /** The text on its certificate about the digital signature of the file. */ words: string | null;
  /** Whether its first page notes that boxes replace some characters, although its text doesn't need one. */
  boxes: boolean;
};
/** A file as Demarc writes it: its parts, byte for byte, and what it shows. */
type WrittenFile = { parts: Parts; file: ReadFile };
/** An edition with the canonical text as the checked file carries it. */
type CarriedEdition = { edition: Edition; fingerprint: string; text: string; draft: boolean };

/** Caches of the last expected files, since people often check the same file again. Callers only read them. */
const CACHE_SIZE = 4;
const expectedFiles = promiseCacheOf<WrittenFile>(CACHE_SIZE);
const expectedPdfs = promiseCacheOf<ReadPdf>(CACHE_SIZE);

/** The key of what a file is written from. Of a picture it holds the hash. */
const keyOf = (facts: unknown) =>
  fingerprintOf(
    JSON.stringify(facts, (_key, value: unknown) => (value instanceof Uint8Array ? bytesHash(value) : value)),
  );

/**
 * A file of an edition as Demarc writes it. The file is written and parsed again, so that the comparison covers
 * everything that a parser finds.
 */
export function expectedFile(
  format: "xlsx" | "docx",
  carried: CarriedEdition,
  facts: WrittenFacts,
): Promise<WrittenFile> {
  const { fingerprint, draft, edition } = carried;
  return expectedFiles(keyOf([format, fingerprint, draft, facts, Object.keys(edition.matrix.accepted)]), async () => {
    const report = expectedReport(carried, facts);
    const bytes = format === "xlsx" ? await writeXlsx(report) : await writeDocx(report);
    return { parts: unzip(bytes), file: await readOffice(await openArchive(bytes)) };
  });
}

/** The same for a PDF, with its pages as they are drawn, and in the form of a signed file where the file is signed. */
export function expectedPdf(carried: CarriedEdition, facts: PdfFacts, seal: SealForm | null): Promise<ReadPdf> {
  const { fingerprint, draft, edition } = carried;
  return expectedPdfs(keyOf([fingerprint, draft, facts, seal, Object.keys(edition.matrix.accepted)]), async () =>
    readPdf(
      await writeToCompare(
        expectedReport(carried, facts),
        facts.words,
        seal && {
          key: worthlessKey(),
          certificates: [seal.certificate],
          own: true,
          at: seal.at,
          reason: seal.reason,
          words: facts.words ?? "",
        },
      ),
    ),
  );
}

let madeKey: string | null = null;

/** A key that signs nothing but files for comparison. It belongs to no certificate. */
function worthlessKey(): string {
  madeKey ??= generateKeyPairSync("ec", { namedCurve: "P-256" })
    .privateKey.export({ type: "pkcs8", format: "pem" })
    .toString();
  return madeKey;
}

/** The report of an edition, with the facts that the checked file states. */
function expectedReport(
  { edition, fingerprint, text, draft }: CarriedEdition,
  {
    status,
    reason,
    authorName,
    at,
    agreedAt,
    writer,
    changes,
    blockers,
    parts,
    amendment,
    signatures,
    signers,
    history,
    paper,
    contacts,
    boxes = false,
    disputes,
    frameworks = [],
  }: WrittenFacts & Partial<PdfFacts>,
): Report {
  const { matrix, number, previous: previousFingerprint } = edition;
  const written = at || "1970-01-01T00:00:00.000Z";
  // A character that can't be drawn adds a note to the first page. This character can't.
  const common = { fingerprint, previousFingerprint, canonicalText: boxes ? `${text}\u{10ffff}` : text };
  const report = buildReport({
    matrix: withNumbers(matrix, frameworks),
    edition: draft
      ? { kind: "draft", differsFrom: number > 1 ? number - 1 : null, exportedAt: written, ...common }
      : { kind: "version", number, status, reason, authorName, publishedAt: written, agreedAt, ...common },
    changes,
    blockers,
    choice: { parts, paper },
    amendment: amendment?.amendment ?? null,
    contacts,
    signatures: signatures.map((signature) => ({ ...signature, fingerprint })),
    signers,
    history,
    disputes,
    writer,
  });
  return amendment?.alone ? amendmentReport(report, amendment.amendment) : report;
}
