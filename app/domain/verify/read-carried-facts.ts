import { z } from "zod";
import { listsAmendment, type CarriedFacts } from "./carried-facts";
import { AMENDED_HOWS } from "../pack/amendment";
import type { Signer } from "../pack/certificate";
import { readJson } from "../json-text";
import { LIMITS } from "../limits";
import type { Matrix } from "../matrix/matrix";
import { EARLIER_PARTS, REPORT_PARTS } from "../pack/report-parts";
import { WRITERS } from "../version/writer";
import type { ShownFacts } from "./facts";
import type { ShownSignatures } from "./signatures";

const text = z.string();
const sentences = z.array(text).max(LIMITS.checkedCells);
const moment = z.iso.datetime();
const signer = { partyId: text, name: text, title: text, organisation: text, email: text };
/** The most signatures and signatories that a file may list; far more than sign any version. */
const MAX_SIGNERS = 1_000;

const schema: z.ZodType<CarriedFacts, unknown> = z.object({
  writer: z.literal(WRITERS.filter((writer) => writer !== 1)),
  status: z.enum(["proposed", "agreed", "superseded", "withdrawn"]),
  reason: text,
  authorName: text,
  at: moment,
  agreedAt: moment.nullable().default(null),
  changes: sentences,
  blockers: sentences,
  parts: z.array(z.enum([...REPORT_PARTS, ...EARLIER_PARTS])).max(REPORT_PARTS.length),
  amendment: z
    .object({
      alone: z.boolean(),
      amendment: z.object({
        ordinal: z.number().int().positive(),
        title: text,
        amends: z.object({ number: z.number().int().positive(), fingerprint: text }),
        recitals: sentences,
        sections: z.array(
          z.object({
            domain: text,
            duties: z.array(
              z.object({
                code: text,
                text,
                how: z.enum(AMENDED_HOWS),
                clauses: z.array(z.object({ what: text, before: text, after: text })),
              }),
            ),
          }),
        ),
        frame: sentences,
      }),
    })
    .nullable(),
  signatures: z
    .array(
      z.object({
        ...signer,
        partyName: text,
        named: text.nullable(),
        proof: z.enum(["account", "code", "handed", "paper"]),
        handedBy: text.nullable(),
        signedAt: z.union([moment, z.iso.date()]),
        localTime: text.nullish(),
        address: text,
        browser: text,
        consentVersion: z.number().int(),
        consentText: text,
        picture: z.discriminatedUnion("kind", [
          z.object({ kind: z.literal("typed"), text }),
          z.object({ kind: z.literal("drawn"), sha256: text }),
          z.object({
            kind: z.literal("paper"),
            fileName: text,
            sha256: text,
            statedBy: text,
            confirmedBy: text.nullable(),
          }),
        ]),
      }),
    )
    .max(MAX_SIGNERS),
  history: z.array(z.object({ at: z.union([moment, z.iso.date()]), what: text, by: text })).max(LIMITS.checkedCells),
  signers: z.array(z.object({ ...signer, party: text })).max(MAX_SIGNERS),
  disputes: z
    .array(z.object({ code: text, text, facts: z.array(z.object({ label: text, value: text })) }))
    .max(LIMITS.checkedCells)
    .default([]),
  sealed: text.nullable(),
});

/** Parses the facts that a file carries as data; null when they are invalid. */
export function readCarriedFacts(
  beside: string,
  matrix: Matrix,
  workbook: boolean,
): (ShownFacts & ShownSignatures & Pick<CarriedFacts, "sealed">) | null {
  const json = readJson(beside);
  const parsed = json.ok ? schema.safeParse(json.value) : null;
  if (!parsed?.success) return null;
  const { amendment, ...facts } = parsed.data;
  // The file shows the party's name, so the name decides which side a person signs for. An id of another party must not
  // move them to that side.
  const partyOf = (id: string, name: string) =>
    matrix.parties.find((party) => party.id === id && party.name === name)?.id ??
    matrix.parties.find((party) => party.name === name)?.id ??
    "";
  const signatures = facts.signatures.map((signature) => ({
    ...signature,
    partyId: partyOf(signature.partyId, signature.partyName),
    fingerprint: "",
    picture: signature.picture.kind === "drawn" ? { ...signature.picture, png: new Uint8Array() } : signature.picture,
  }));
  const signers = facts.signers.map(({ party, ...one }): Signer => ({ ...one, partyId: partyOf(one.partyId, party) }));
  return {
    ...facts,
    amendment:
      amendment && listsAmendment({ alone: amendment.alone, parts: facts.parts, workbook })
        ? { ...amendment, onSheet: false }
        : null,
    signatures,
    signers,
  };
}

/**
 * The facts with the names of people who haven't signed removed from the signature blocks. Those blocks may be filled
 * in by hand, so nothing proves the names.
 */
export function withoutUnprovedNames<Facts extends ShownSignatures>(facts: Facts): Facts {
  const hasSigned = (signer: Signer) =>
    facts.signatures.some(
      ({ partyId, email }) =>
        partyId === signer.partyId && signer.email !== "" && email.toLowerCase() === signer.email.toLowerCase(),
    );
  return {
    ...facts,
    signers: facts.signers.map((signer) =>
      hasSigned(signer) ? signer : { ...signer, name: "", title: "", email: "" },
    ),
  };
}
