import { createHash } from "node:crypto";
import { termsHash } from "~/domain/agreement/agreement";
import { buildAmendment } from "~/domain/pack/amendment";
import type { Matrix } from "~/domain/matrix/matrix";
import type { Duty } from "~/domain/matrix/shapes";
import { amendmentReport, buildReport, type Report, type ReportEdition } from "~/domain/pack/report";
import { REPORT_PARTS, type Paper, type ReportPart } from "~/domain/pack/report-parts";
import type { SignatureFact } from "~/domain/signing/sign-off";
import { canonicalText } from "~/domain/version/snapshot";
import { fingerprintOf } from "~/files/fingerprint.server";
import { sampleMatrix } from "~/library/sample";
import { aSignature } from "./version-files";

/** The smallest possible PNG: one grey pixel. */
const PIXEL = Uint8Array.from(
  Buffer.from("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNoAAAAggCBd81ytgAAAABJRU5ErkJggg==", "base64"),
);
const SENTENCE =
  "The desk takes the call and keeps the ticket, the team on site does what needs hands, and whoever closes it writes down what was found. ";

/** A text of at least so many characters, whose sentences are numbered, so that a lost one is missed. */
export function longText(length: number): string {
  let text = "";
  for (let i = 1; text.length < length; i++) text += `${i}: ${SENTENCE}`;
  return text.slice(0, length).trim();
}

/**
 * The sample's matrix of some 180 duties, cut to a number, with everything that makes pages hard: texts as long as they may
 * be, every kind of standing, a cover, disputes and a ruling, accepted warnings and long names of roles.
 */
export function aLargeMatrix(duties = 153): Matrix {
  const whole = sampleMatrix("2026-03-02");
  const matrix: Matrix = {
    ...whole,
    roles: whole.roles.map((role, i) =>
      i === 1 ? { ...role, name: "Infrastructure and endpoint operations team lead" } : role,
    ),
    duties: whole.duties.slice(0, duties).map((duty, i): Duty => ({ ...duty, ...HARD[i] })),
    accepted: {
      "answers-for-much.it-lead": { reason: "One lead by design", by: "Maya", on: "2026-03-02", about: "0".repeat(32) },
    },
  };
  const disputed = (duty: Duty): Duty => ({
    ...duty,
    marks: {
      provider: { state: "disputed", terms: termsHash(matrix, duty), position: "The desk has no staff at six" },
    },
    ruling: {
      what: "The desk answers from seven",
      by: "Helen Ashby",
      on: "2026-03-09",
      why: "Six is too early",
      terms: termsHash(matrix, duty),
      confirmed: ["client", "provider"],
    },
  });
  return { ...matrix, duties: matrix.duties.map((duty, i) => (i % 40 === 5 ? disputed(duty) : duty)) };
}

/** The sample's matrix, cut to a number of duties, as most packs are: with texts of a usual length. */
export function aUsualMatrix(duties = 151): Matrix {
  const whole = sampleMatrix("2026-03-02");
  return { ...whole, duties: whole.duties.slice(0, duties) };
}

/** What is out of the ordinary of the duty at a place. */
const HARD: Readonly<Record<number, Partial<Duty>>> = {
  3: { description: longText(4_000) },
  9: { boundary: longText(1_000), tools: longText(500) },
  17: { standing: { kind: "not-applicable", reason: "There is no such system" } },
  18: { standing: { kind: "parked", owner: "Maya Lindqvist", until: "2026-09-01" } },
  19: { standing: { kind: "declined", reason: "Too dear", riskOwner: "Northwind", until: "2026-12-31" } },
  33: { coverPeriod: { partyId: "provider", from: "2026-05-01", to: "2026-05-31" } },
};

/** The matrix as version 2 that both sides have signed, with all parts or those that are asked for. */
export function aLargeReport({
  matrix = aLargeMatrix(),
  paper = "A4",
  parts = REPORT_PARTS,
  signed = true,
}: { matrix?: Matrix; paper?: Paper; parts?: readonly ReportPart[]; signed?: boolean } = {}): Report {
  const text = canonicalText({ matrix, number: 2, previous: "a".repeat(64) });
  const edition = {
    kind: "version",
    number: 2,
    status: signed ? "agreed" : "proposed",
    reason: "After a quarter",
    authorName: "Maya Lindqvist",
    publishedAt: "2026-03-03T09:00:00.000Z",
    fingerprint: fingerprintOf(text),
    previousFingerprint: "a".repeat(64),
    canonicalText: text,
  } as const satisfies ReportEdition;
  const signatures = matrix.parties.slice(0, 2).map(({ id, name }, i): SignatureFact =>
    aSignature({
      partyId: id,
      partyName: name,
      name: ["Maya Lindqvist", "Tom Okafor"][i] ?? "",
      fingerprint: edition.fingerprint,
      ...(i === 1
        ? { picture: { kind: "drawn", png: PIXEL, sha256: createHash("sha256").update(PIXEL).digest("hex") } }
        : {}),
    }),
  );
  return buildReport({
    matrix,
    edition,
    changes: ["SUP-01: the Service desk is asked.", "NET-02 was added."],
    blockers: [],
    choice: { parts, paper },
    signatures: signed ? signatures : [],
    history: [
      { at: "2026-03-04T10:00:00.000Z", what: "Sent for signing", by: "Maya Lindqvist" },
      { at: "2026-03-05T11:30:00.000Z", what: "Agreed", by: "" },
    ],
    contacts: [
      {
        party: matrix.parties[0]?.name ?? "",
        name: "Maya Lindqvist",
        title: "IT director",
        roles: "IT lead",
        email: "maya@people.example",
        phones: "+44 20 7946 0000",
        hours: "",
      },
    ],
  });
}

/** What that version changes, as a document of its own. */
export function aLargeAmendment(paper: Paper = "A4"): Report {
  const before = aLargeMatrix();
  const matrix = {
    ...before,
    duties: before.duties.map((duty, i) => (i % 6 === 0 ? { ...duty, doneWhen: `Within ${i + 1} hours` } : duty)),
  };
  const base = {
    matrix: before,
    number: 1,
    status: "agreed",
    publishedAt: "2026-02-01T08:00:00.000Z",
    fingerprint: "a".repeat(64),
  };
  return amendmentReport(aLargeReport({ matrix, paper }), buildAmendment({ base, matrix, becomes: 2, ordinal: 1 }));
}
