import { readHandedBy, signatureFacts, toldSignature, type Signer, type StatusEvent } from "../pack/certificate";
import { momentWords, readMoment } from "../day-words";
import type { Matrix } from "../matrix/matrix";
import { isNamingUnconfirmed, type SignatureFact } from "../signing/sign-off";
import type { WriterNumber } from "../version/writer";
import { cellAt, spokenRows, type Difference, type ShownPart, type ShownRow } from "./part";

/**
 * The signatures in a file: those in its certificate, their history, and the signature blocks of people who haven't
 * signed.
 */
export type ShownSignatures = { signatures: SignatureFact[]; history: StatusEvent[]; signers: Signer[] };

const HISTORY = "What happened, in order";

/**
 * Parses the certificate and the signature blocks of a file. The signed fingerprint isn't read; the comparison checks
 * it.
 */
export function readShownSignatures(parts: readonly ShownPart[], matrix: Matrix): ShownSignatures {
  const certificate = rowsOf(parts, "Certificate");
  const starts = certificate.flatMap((row, i) => (/^Signature \d+: /.test(cellAt(row, 0)) ? [i] : []));
  const historyRow = certificate.findIndex((row) => cellAt(row, 0) === HISTORY);
  const end = historyRow < 0 ? certificate.length : historyRow;
  const signatures = starts.map((from, i) => signatureIn(certificate.slice(from + 1, starts[i + 1] ?? end), matrix));
  const history = certificate
    .slice(end + 1)
    .map((row) => ({ at: readMoment(cellAt(row, 0)), what: cellAt(row, 1), by: "" }));
  return { signatures, history, signers: unsignedBlocks(parts, matrix, signatures) };
}

function rowsOf(parts: readonly ShownPart[], ...names: string[]): ShownRow[] {
  return parts.filter(({ name }) => names.includes(name)).flatMap(spokenRows);
}

function signatureIn(rows: readonly ShownRow[], { parties }: Matrix): SignatureFact {
  const facts = new Map(rows.map((row) => [cellAt(row, 0), cellAt(row, 1)]));
  const fact = (label: string) => facts.get(label) ?? "";
  const [, consentText = "", wording = "0"] = /^([^]*) \(wording (\d+)\)$/.exec(fact("Consent")) ?? [];
  const readFields = {
    partyId: parties.find(({ name }) => name === fact("Signs for"))?.id ?? "",
    partyName: fact("Signs for"),
    named: fact("Named by") || null,
    name: fact("Name"),
    title: fact("Title"),
    organisation: fact("Organisation"),
    email: fact("E-mail"),
    handedBy: readHandedBy(fact("How it was proved")),
    signedAt: readMoment(fact("Signed")),
    address: fact("Address"),
    browser: fact("Browser"),
    consentVersion: Number(wording),
    consentText,
    fingerprint: "",
    picture: pictureOf(fact("Signature")),
  };
  const proofs = (["account", "code", "handed", "paper"] as const).map((proof) => ({ ...readFields, proof }));
  const proved = proofs.find((signature) =>
    signatureFacts(signature, 1).some(({ label, value }) => label === "How it was proved" && value === fact(label)),
  );
  return proved ?? { ...readFields, proof: "account" };
}

function pictureOf(words: string): SignatureFact["picture"] {
  const [, text] = /^Typed: ([^]*)$/.exec(words) ?? [];
  if (text !== undefined) return { kind: "typed", text };
  const [, fileName = "", sha256 = "", statedBy = "", confirmedBy = null] =
    /^In the file (.*) \(SHA-256 ([0-9a-f]*)\), stated by (.*?)(?: and confirmed by (.*)|; not yet confirmed by the other party)$/.exec(
      words,
    ) ?? [];
  const [, drawing = ""] = /^Drawn by hand \(SHA-256 of the drawing ([0-9a-f]*)\)$/.exec(words) ?? [];
  return sha256
    ? { kind: "paper", fileName, sha256, statedBy, confirmedBy }
    : { kind: "drawn", png: new Uint8Array(), sha256: drawing };
}

/**
 * The signature blocks when there are more of them than signatures in the certificate. Names in the others are left
 * out, since nothing proves them; the comparison notes them.
 */
function unsignedBlocks(
  parts: readonly ShownPart[],
  { parties }: Matrix,
  signatures: readonly SignatureFact[],
): Signer[] {
  const rows = rowsOf(parts, "Cover", "Signatures");
  const signers = parties.flatMap(({ id, name }) => {
    const blocks = rows.flatMap((row, i) => (cellAt(row, 0) === `For ${name}` ? [rows.slice(i + 1, i + 4)] : []));
    const signed = signatures
      .filter(({ partyId }) => partyId === id)
      .map((signature) => ({
        partyId: id,
        name: signature.name,
        title: signature.title,
        organisation: signature.organisation,
        email: signature.email,
      }));
    if (blocks.length <= Math.max(1, signed.length)) return [];
    const free = [...signed];
    return blocks.map((block): Signer => {
      const line = (label: string) =>
        cellAt(
          block.find((row) => cellAt(row, 0) === label),
          1,
        );
      const index = free.findIndex((signature) => signature.name === line("Name"));
      return (
        free.splice(index, index < 0 ? 0 : 1)[0] ?? {
          partyId: id,
          name: "",
          title: "",
          organisation: line("Organisation"),
          email: "",
        }
      );
    });
  });
  return signers;
}

/**
 * The differences between the history in a file's certificate and the beginning of the stored one. The file can't
 * contain later events.
 */
export function compareHistory(shown: readonly StatusEvent[], stored: readonly StatusEvent[]): Difference[] {
  return shown.flatMap(({ at, what, by }, i): Difference[] => {
    const storedEvent = stored[i];
    const same =
      storedEvent &&
      momentWords(storedEvent.at) === momentWords(at) &&
      eventText(storedEvent) === eventText({ what, by });
    return same
      ? []
      : [
          {
            kind: "altered",
            part: "Certificate",
            subject: HISTORY,
            field: momentWords(at),
            kept: null,
            shown: eventText({ what, by }),
          },
        ];
  });
}

function eventText({ what, by }: Pick<StatusEvent, "what" | "by">): string {
  return by ? `${what}, ${by}` : what;
}

/**
 * The differences between the signatures in a file's certificate and the stored ones. Stored values aren't disclosed.
 */
export function compareSignatures(
  shown: readonly SignatureFact[],
  stored: readonly SignatureFact[],
  writer: WriterNumber,
): Difference[] {
  const differences = shown.flatMap((signature, i): Difference[] => {
    const storedSignature = stored[i];
    const subject = `Signature ${i + 1}`;
    if (!storedSignature)
      return [{ kind: "added", part: "Certificate", subject, field: "", kept: null, shown: signature.name }];
    const facts = new Map(
      signatureFacts(toldSignature(writer, storedSignature), writer).map(({ label, value }) => [label, value]),
    );
    const shownFacts = signatureFacts({ ...signature, fingerprint: storedSignature.fingerprint }, writer);
    const altered = shownFacts.flatMap(({ label, value }): Difference[] =>
      facts.get(label) === value
        ? []
        : [{ kind: "altered", part: "Certificate", subject, field: label, kept: null, shown: value }],
    );
    const missingLabels = [...facts.keys()].filter((label) => !shownFacts.some((one) => one.label === label));
    return [
      ...altered,
      ...missingLabels.map((field): Difference => ({
        kind: "missing",
        part: "Certificate",
        subject,
        field,
        kept: null,
        shown: null,
      })),
    ];
  });
  const missingCount = shown.length > 0 ? stored.length - shown.length : 0;
  return missingCount > 0
    ? [
        ...differences,
        {
          kind: "missing",
          part: "Certificate",
          subject: missingCount === 1 ? "A signature" : `${missingCount} signatures`,
          field: "",
          kept: null,
          shown: null,
        },
      ]
    : differences;
}

/**
 * Warnings about a file's signatures: signatories whom only the other side named, and e-mail addresses that weren't
 * proved.
 */
export function signatureWarnings(signatures: readonly SignatureFact[]): string[] {
  const names = signatures.flatMap((signature) => (isNamingUnconfirmed(signature) ? [signature.partyName] : []));
  const namedByOthers = [...new Set(names)].map(
    (name) => `Who signed for ${name} was named by the other side, and confirmed by nobody of ${name}.`,
  );
  const handedCodes = signatures.flatMap(({ proof, handedBy, name, partyName }) =>
    proof === "handed"
      ? [
          `${name} signed for ${partyName} with a code that ${handedBy ?? "somebody"} passed on. That the e-mail address is theirs was not proved.`,
        ]
      : [],
  );
  return [...namedByOthers, ...handedCodes];
}

/** The signature blocks of a file that can't be filled in by hand, with or without a name or signature. */
export function readSignatureBlocks(
  parts: readonly ShownPart[],
  { parties }: Matrix,
  signatures: readonly SignatureFact[],
): Signer[] {
  const rows = rowsOf(parts, "Signatures");
  const free = [...signatures];
  return rows.flatMap((row, i): Signer[] => {
    const party = parties.find(({ name }) => cellAt(row, 0) === `For ${name}`);
    if (!party) return [];
    const line = (label: string) =>
      cellAt(
        rows.slice(i + 1, i + 4).find((one) => cellAt(one, 0) === label),
        1,
      );
    const place = free.findIndex(
      ({ partyId, name }) => partyId === party.id && name.replace(/\s+/g, " ").startsWith(line("Name")),
    );
    const [signed] = line("Name") === "" || place < 0 ? [] : free.splice(place, 1);
    return [
      {
        partyId: party.id,
        name: line("Name"),
        title: line("Title"),
        organisation: line("Organisation"),
        email: signed?.email ?? "",
      },
    ];
  });
}
