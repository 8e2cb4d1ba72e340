import type { Signer, StatusEvent } from "../pack/certificate";
import type { Amendment } from "../pack/amendment";
import { shows, type Report } from "../pack/report";
import type { ReportPart } from "../pack/report-parts";
import type { SignatureFact } from "../signing/sign-off";
import type { VersionStatus } from "./facts";
import type { Writer } from "../version/writer";

type Picture = SignatureFact["picture"];
/** A signature as a file carries it: its drawing stands in the file as a picture, and what was signed is the file's own text. */
type CarriedSignature = Omit<SignatureFact, "picture" | "fingerprint"> & {
  picture: Exclude<Picture, { kind: "drawn" }> | Omit<Extract<Picture, { kind: "drawn" }>, "png">;
};

/** What a file says beside its text, as data: whatever words it says it in, it can be written once more from this. */
export type CarriedFacts = {
  writer: Exclude<Writer, 1>;
  status: VersionStatus;
  reason: string;
  authorName: string;
  /** When it was published or exported, in ISO 8601. */
  at: string;
  changes: string[];
  blockers: string[];
  parts: readonly ReportPart[];
  /** The amendment it lists, as a document of its own or beside the whole. */
  amendment: { alone: boolean; amendment: Amendment } | null;
  signatures: CarriedSignature[];
  history: StatusEvent[];
  /** Every place to sign, with the name of its party; with an e-mail address where somebody has signed, whose certificate says it. */
  signers: (Signer & { party: string })[];
  /** What the certificate says about the file's own digital signature. */
  sealed: string | null;
};

/** Whether a file lists its amendment: a document of its own does, and a workbook beside the changes. */
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

/** What a file carries beside its text, as JSON, and nothing that it doesn't show; null where the first writer writes, which carried nothing. */
export function besideText(
  report: Report,
  { sealed = null, workbook = false }: { sealed?: string | null; workbook?: boolean } = {},
): string | null {
  const { writer, edition, blockers, parts, amendment, certificate } = report;
  const alone = report.kind === "amendment";
  if (writer === 1) return null;
  const { status, reason, authorName } =
    edition.kind === "version" ? edition : { status: "proposed" as const, reason: "", authorName: "" };
  const facts: CarriedFacts = {
    writer,
    status,
    reason,
    authorName,
    at: edition.kind === "version" ? edition.publishedAt : edition.exportedAt,
    changes: shows(report, "changes") ? report.changes : [],
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
    sealed,
  };
  return JSON.stringify(facts);
}
