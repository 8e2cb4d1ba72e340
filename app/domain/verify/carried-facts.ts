import type { Signer, StatusEvent } from "../pack/certificate";
import type { Amendment } from "../pack/amendment";
import type { DisputeRow } from "../pack/disputes";
import { hasReportPart, isSchedule, type Report } from "../pack/report";
import type { ReportPart } from "../pack/report-parts";
import type { SignatureFact } from "../signing/sign-off";
import type { VersionStatus } from "./facts";
import type { WriterNumber } from "../version/writer";

type Picture = SignatureFact["picture"];
/**
 * A signature as data in a file. The drawing is in the file as a picture, and the signed fingerprint is that of the
 * file's own text.
 */
type CarriedSignature = Omit<SignatureFact, "picture" | "fingerprint"> & {
  picture: Exclude<Picture, { kind: "drawn" }> | Omit<Extract<Picture, { kind: "drawn" }>, "png">;
};

/**
 * The facts that a file carries as data in addition to its canonical text. With them the file can be written again and
 * compared, whatever its wording.
 */
export type CarriedFacts = {
  writer: Exclude<WriterNumber, 1>;
  status: VersionStatus;
  reason: string;
  authorName: string;
  /** When the edition was published or exported, in ISO 8601. */
  at: string;
  /** When everybody had signed; the second writer didn't carry it. */ agreedAt: string | null;
  changes: string[];
  blockers: string[];
  parts: readonly ReportPart[];
  /** The amendment in the file; `alone` when it is a separate document. */
  amendment: { alone: boolean; amendment: Amendment } | null;
  signatures: CarriedSignature[];
  history: StatusEvent[];
  /**
   * The signature blocks with the names of their parties. The e-mail address is given only for those who signed, since
   * their certificate shows it.
   */
  signers: (Signer & { party: string })[];
  /** What the parties dispute and what was ruled; the second writer carried none. */
  disputes: DisputeRow[];
  /** The sentence in the certificate about the file's digital signature; null when there is none. */
  sealed: string | null;
};

/**
 * Whether a file contains its amendment: a separate amendment document does, and so does a workbook that includes the
 * changes.
 */
export function listsAmendment({
  alone,
  parts,
  workbook,
}: {
  alone: boolean;
  parts: readonly ReportPart[];
  workbook: boolean;
}): boolean {
  return alone || (workbook && parts.includes("changes"));
}

/**
 * The JSON of the facts that a file carries in addition to its text. It contains nothing that the file doesn't show.
 * Null for the first writer, whose files carried none.
 */
export function carriedFactsJson(
  report: Report,
  { sealed = null, workbook = false }: { sealed?: string | null; workbook?: boolean } = {},
): string | null {
  const { writer, edition, blockers, parts, amendment, certificate } = report;
  const alone = report.kind === "amendment";
  if (writer === 1) return null;
  const { status, reason, authorName } =
    edition.kind === "version" ? edition : { status: "proposed" as const, reason: "", authorName: "" };
  const facts: Omit<CarriedFacts, "agreedAt"> & Partial<CarriedFacts> = {
    writer,
    ...(isSchedule(writer) ? { agreedAt: (edition.kind === "version" && edition.agreedAt) || null } : {}),
    status,
    reason,
    authorName,
    at: edition.kind === "version" ? edition.publishedAt : edition.exportedAt,
    changes: hasReportPart(report, "changes") ? report.changes : [],
    blockers,
    parts,
    amendment: amendment && listsAmendment({ alone, parts, workbook }) ? { alone, amendment } : null,
    signatures: (certificate?.signatures ?? []).map(({ fingerprint: _signed, picture, ...signature }) => ({
      ...signature,
      picture: picture.kind === "drawn" ? { kind: "drawn", sha256: picture.sha256 } : picture,
    })),
    history: certificate?.history ?? [],
    signers: report.signatories.map(({ partyId, party, name, title, organisation, email, signature }) => ({
      partyId,
      party,
      name,
      title,
      organisation,
      email: signature ? email : "",
    })),
    disputes: report.disputes,
    sealed,
  };
  return JSON.stringify(facts, (key, value: unknown) => (key === "" ? value : inOrder(value)));
}

/** A value with the keys of an object in ascending order, so that the same facts always give the same text. */
function inOrder(value: unknown): unknown {
  return typeof value === "object" && value !== null && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
    : value;
}
