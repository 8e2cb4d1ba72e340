import { blockerWords, findBlockers } from "~/domain/findings/blockers";
import type { Matrix } from "~/domain/matrix/matrix";
import type { StatusEvent } from "~/domain/pack/certificate";
import { buildReport, type Report, type ReportEdition } from "~/domain/pack/report";
import type { SignatureFact } from "~/domain/signing/sign-off";
import { canonicalText } from "~/domain/version/snapshot";
import { fingerprintOf } from "~/files/fingerprint.server";
import { aDuty, aMatrix, cells } from "./matrices";

/** A small matrix that fills everything a file can show: 12 duties, 5 roles, two of every other thing. */
export function aFullMatrix(): Matrix {
  const base = aMatrix();
  const duties = Array.from({ length: 12 }, (_, i) =>
    aDuty({
      id: `duty-${i + 1}`,
      code: `${i < 7 ? "SUP" : "NET"}-${String(i < 7 ? i + 1 : i - 6).padStart(2, "0")}`,
      domainId: i < 7 ? "sup" : "net",
      text:
        [
          "Answer user calls",
          "Remove a leaver's access everywhere",
          "Order laptops",
          "Reset passwords",
          "Keep the list of software",
          "Greet joiners",
          "Say what broke",
          "Patch firewalls",
          "Renew the line",
          "Watch the network",
          "Keep the map",
          "Test the way back",
        ][i] ?? "",
      description: `What duty ${i + 1} is about`,
      doneWhen: i % 2 === 0 ? `It is done, way ${i + 1}` : "",
      cadence: i % 3 === 0 ? "Each month" : "",
      boundary: i % 4 === 0 ? `The desk takes the call, the team goes there; part ${i + 1}` : "",
      letters:
        i % 2 === 0
          ? cells({ "it-lead": "A", "it-team": "R", "service-desk": "C", vendor: "I" })
          : cells({ "it-lead": "I", "service-desk": "A/R", "night-desk": "R" }),
      tools: i === 3 ? "=Password vault, ours" : "",
      decisions: i === 2 ? { decides: "IT lead", limit: "EUR 2,000" } : {},
      standing: i === 5 ? { kind: "parked", owner: "Maya", until: "2026-09-01" } : null,
      coverPeriod: i === 8 ? { partyId: "provider", from: "2026-05-01", to: "2026-05-31" } : null,
    }),
  );
  const matrix = aMatrix({
    title: "Who does what & why",
    terms: {
      agreementReference: "MSA-12",
      exhibit: "B",
      precedence: "The agreement comes first.\nThen this.",
      effectiveDate: "2026-04-01",
      reviewDate: "2027-04-01",
    },
    roles: [
      ...base.roles.slice(0, 3),
      { id: "night-desk", partyId: "provider", name: "Night desk", lead: false },
      ...base.roles.slice(3),
    ],
    duties,
    accepted: {
      "answers-for-much.it-lead": { reason: "One lead by design", by: "Maya", on: "2026-03-02", about: "0".repeat(32) },
    },
  });
  return matrix;
}

/** A version of a matrix with its fingerprint, as the writers of files take it. */
export function aVersion({
  matrix = aFullMatrix(),
  number = 3,
  status = "agreed" as const,
  previous = "a".repeat(64),
}: {
  matrix?: Matrix;
  number?: number;
  status?: "proposed" | "agreed" | "superseded" | "withdrawn";
  previous?: string | null;
} = {}): {
  report: Report;
  edition: Extract<ReportEdition, { kind: "version" }>;
  matrix: Matrix;
  signatures: SignatureFact[];
  history: StatusEvent[];
} {
  const text = canonicalText({ matrix, number, previous });
  const edition = {
    kind: "version" as const,
    number,
    status,
    reason: "The desk takes over at night",
    authorName: "Maya Lindqvist",
    publishedAt: "2026-03-03T09:00:00.000Z",
    agreedAt: status === "agreed" || status === "superseded" ? "2026-03-05T11:30:00.000Z" : null,
    fingerprint: fingerprintOf(text),
    previousFingerprint: previous,
    canonicalText: text,
  };
  const blockers = findBlockers(matrix).map(blockerWords);
  const signed = status === "agreed" || status === "superseded";
  const signatures = signed
    ? matrix.parties.slice(0, 2).map(({ id, name }, i) =>
        aSignature({
          partyId: id,
          partyName: name,
          named: i === 0 ? `Priya Nair of Harbour IT; confirmed by Maya Lindqvist of ${name}` : null,
          name: ["Maya Lindqvist", "Priya Nair"][i] ?? "",
          fingerprint: edition.fingerprint,
        }),
      )
    : [];
  const history = signed
    ? [
        { at: "2026-03-04T10:00:00.000Z", what: "Sent for signing", by: "Maya Lindqvist" },
        { at: "2026-03-05T11:30:00.000Z", what: "Agreed", by: "" },
      ]
    : [];
  return {
    edition,
    matrix,
    signatures,
    history,
    report: buildReport({
      matrix,
      edition,
      changes: ["SUP-01: the Service desk is asked.", "NET-02 was added."],
      blockers,
      signatures,
      history,
    }),
  };
}

/** A signature that was typed. */
export function aSignature(fields: Partial<SignatureFact>): SignatureFact {
  return {
    partyId: "client",
    partyName: "Northwind",
    named: null,
    name: "Maya Lindqvist",
    title: "IT director",
    organisation: fields.partyName ?? "Northwind",
    email: "signs@people.example",
    proof: "account",
    handedBy: null,
    signedAt: "2026-03-05T11:30:00.000Z",
    address: "192.0.2.7",
    browser: "Firefox 140 on Linux",
    consentVersion: 1,
    consentText: "I agree to sign electronically.",
    fingerprint: "",
    picture: { kind: "typed", text: fields.name ?? "Maya Lindqvist" },
    ...fields,
  };
}
