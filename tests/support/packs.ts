import { createHash } from "node:crypto";
import { applyCommands } from "~/domain/editing/apply-command";
import { buildAmendment } from "~/domain/pack/amendment";
import { agreedChanges } from "~/domain/changes/agreed-changes";
import { changeSentences } from "~/domain/pack/sentences";
import type { Matrix } from "~/domain/matrix/matrix";
import { amendmentReport, buildReport, type Report, type ReportEdition } from "~/domain/pack/report";
import type { PackChoice } from "~/domain/pack/report-parts";
import type { SignatureFact } from "~/domain/signing/sign-off";
import { canonicalText } from "~/domain/version/snapshot";
import { fingerprintOf } from "~/files/fingerprint.server";
import { matrixFromLibrary } from "~/library/start-matrix";

/** The smallest possible PNG: one grey pixel. */
const PIXEL = Uint8Array.from(
  Buffer.from("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNoAAAAggCBd81ytgAAAABJRU5ErkJggg==", "base64"),
);
const HOSTILE = ["Answer <every> & call", "שלום עולם 👩‍💻 Ελληνικά Кириллица", "=cmd|'calc'\nsecond line"];

/** Some forty of the library's duties as version 1; and three of them changed, to hostile texts, as version 2. */
const whole = matrixFromLibrary({
  client: "Northwind & Sons <Ltd>",
  provider: "Harbour IT",
  agreementReference: "MSA-1",
  preset: "shared",
});
export const before: Matrix = { ...whole, duties: whole.duties.slice(0, 40) };
const [first = "", second = "", third = ""] = before.duties.map(({ id }) => id);
export const after = applyCommands(
  before,
  [first, second, third].map((dutyId, i) => ({
    type: "duty.edit" as const,
    dutyId,
    set: {
      text: HOSTILE[i] ?? "",
      boundary: "Northwind until 18:00, Harbour IT afterwards",
      decisions: { decides: "IT director", limit: "EUR 2,000" },
    },
  })),
).matrix;

const text = canonicalText({ matrix: before, number: 1, previous: null });
const fingerprint = fingerprintOf(text);
const later = canonicalText({ matrix: after, number: 2, previous: fingerprint });
export const edition = {
  kind: "version",
  number: 2,
  status: "agreed",
  reason: "After a quarter",
  authorName: "Maya Lindqvist",
  publishedAt: "2026-03-03T09:00:00.000Z",
  agreedAt: "2026-03-05T11:30:00.000Z",
  fingerprint: fingerprintOf(later),
  previousFingerprint: fingerprint,
  canonicalText: later,
} as const satisfies ReportEdition;

const [client, provider] = before.parties;
const facts = {
  title: "IT director",
  proof: "code",
  handedBy: null,
  signedAt: "2026-03-05T10:11:12.000Z",
  address: "192.0.2.7",
  browser: "Firefox 140",
  consentVersion: 1,
  consentText: "I agree to sign electronically.",
  fingerprint: edition.fingerprint,
} as const;
const typed: SignatureFact = {
  ...facts,
  named: null,
  partyId: client?.id ?? "",
  partyName: client?.name ?? "",
  name: "Maya Lindqvist",
  organisation: client?.name ?? "",
  email: "maya@example.com",
  picture: { kind: "typed", text: "Maya Lindqvist" },
};
const drawn: SignatureFact = {
  ...facts,
  named: null,
  partyId: provider?.id ?? "",
  partyName: provider?.name ?? "",
  name: "Tom Okafor",
  organisation: provider?.name ?? "",
  email: "tom@example.com",
  picture: { kind: "drawn", png: PIXEL, sha256: createHash("sha256").update(PIXEL).digest("hex") },
};
export const amendment = buildAmendment({
  base: { matrix: before, number: 1, status: "agreed", publishedAt: "2026-02-01T08:00:00.000Z", fingerprint },
  matrix: after,
  becomes: 2,
  ordinal: 1,
});
const changes = changeSentences(before, after, agreedChanges(before, after));

/** Version 2, signed by both. */
export function signedReport(choice?: PackChoice): Report {
  return buildReport({
    matrix: after,
    edition,
    changes,
    blockers: [],
    choice,
    signatures: [typed, drawn],
    history: [{ at: "2026-03-05T10:11:12.000Z", what: "Agreed", by: "" }],
    amendment,
  });
}

/** Version 2 before anybody has signed it. */
export function proposedReport(): Report {
  const signer = {
    partyId: client?.id ?? "",
    name: "Maya Lindqvist",
    title: "IT director",
    organisation: "Northwind",
    email: "maya@example.com",
  };
  return buildReport({
    matrix: after,
    edition: { ...edition, status: "proposed", agreedAt: null },
    changes,
    blockers: [],
    signers: [signer],
    amendment,
  });
}

/** The draft that would become version 2. */
export function draftReport(choice?: PackChoice): Report {
  const { fingerprint: own, previousFingerprint, canonicalText: whole } = edition;
  return buildReport({
    matrix: after,
    edition: {
      kind: "draft",
      differsFrom: 1,
      exportedAt: "2026-03-03T09:00:00.000Z",
      fingerprint: own,
      previousFingerprint,
      canonicalText: whole,
    },
    changes,
    blockers: ["GOV-01: to settle"],
    choice,
    amendment,
  });
}

/** What version 2 changes, as a document of its own. */
export function amendedReport(): Report {
  return amendmentReport(signedReport(), amendment);
}
