import type { Fact, TextBlock } from "../blocks";
import { momentWords } from "../day-words";
import type { SignatureFact } from "../signing/sign-off";
import type { WriterNumber } from "../version/writer";
import { browserWords } from "./browser-words";

/** A person who is asked to sign. */
export type Signer = { partyId: string; name: string; title: string; organisation: string; email: string };

/** A signature block of a document, for a named signatory or for anybody who signs for the party. */
export type SignatureBlock = {
  partyId: string;
  party: string;
  name: string;
  title: string;
  organisation: string;
  email: string;
  signature: SignatureFact | null;
  /** The date of the signature in words; empty while nobody has signed. */
  date: string;
};

/**
 * An event in the history of a version, such as "Sent for signing". `at` is in ISO 8601; for a signature on paper it is
 * only a day. What a signatory did before signing is `beside`, since the first two writers didn't tell it.
 */
export type StatusEvent = { at: string; what: string; by: string; beside?: boolean };

/** The record of how a version was signed, which is part of its documents. */
export type Certificate = { signatures: SignatureFact[]; history: StatusEvent[]; writer: WriterNumber };

/**
 * The record as a writer tells it; null where nobody has signed. The first two printed what the browser said of itself,
 * and neither the signer's own time nor when somebody opened the page or agreed to sign on it.
 */
export function certificateOf(
  writer: WriterNumber,
  signatures: readonly SignatureFact[],
  history: readonly StatusEvent[],
): Certificate | null {
  return signatures.length === 0
    ? null
    : {
        signatures: signatures.map((one) => toldSignature(writer, one)),
        history: toldHistory(writer, history),
        writer,
      };
}

/** A signature as a writer tells it. */
export function toldSignature(writer: WriterNumber, signature: SignatureFact): SignatureFact {
  const { localTime, ...told } = signature;
  return writer < 3 ? told : { ...told, browser: browserWords(told.browser), localTime: localTime ?? null };
}

/** The history as a writer tells it. */
export function toldHistory(writer: WriterNumber, history: readonly StatusEvent[]): StatusEvent[] {
  return history.flatMap(({ beside, ...event }) => (writer < 3 && beside ? [] : [event]));
}

/** The text that replaces a drawn signature in formats that can't show it. */
export const DRAWN_BY_HAND = "Drawn by hand";

const PROOF: Record<Exclude<SignatureFact["proof"], "handed">, string> = {
  account: "Signed in to an account of this e-mail address",
  code: "Entered a code sent to this e-mail address",
  paper: "Signed elsewhere; the signed file was handed in afterwards",
};

function handedWords(by: string): string {
  return `Entered a code that ${by} passed on; that the e-mail address is theirs was not proved`;
}

/** The person who passed a code on, parsed from the words of a certificate; null for other words. */
export function readHandedBy(words: string): string | null {
  return (
    /^Entered a code that (.*) passed on; that the e-mail address is theirs was not proved$/s.exec(words)?.[1] ?? null
  );
}

/** The stored facts of a signature in words, in the order in which a certificate lists them. */
export function signatureFacts(signature: SignatureFact, writer: WriterNumber): Fact[] {
  const {
    name,
    title,
    organisation,
    partyName,
    named,
    email,
    proof,
    handedBy,
    signedAt,
    localTime = null,
    address,
    browser,
    consentVersion,
    consentText,
    fingerprint,
    picture,
  } = signature;
  const facts: [string, string | null][] = [
    ["Name", name],
    ["Title", title],
    ["Organisation", organisation],
    ["Signs for", partyName],
    ["Named by", named],
    ["E-mail", email],
    ["How it was proved", proof === "handed" ? handedWords(handedBy ?? "somebody") : PROOF[proof]],
    ["Signed", momentWords(signedAt)],
    ["On the signer's clock", localTime],
    ["Signature", pictureWords(picture)],
    [writer < 3 ? "Address" : "IP address", address],
    ["Browser", browser],
    ["Consent", consentText ? `${consentText} (wording ${consentVersion})` : null],
    ["Fingerprint signed", fingerprint],
  ];
  return facts.flatMap(([label, value]) => (value ? [{ label, value }] : []));
}

/** A piece of a certificate: text, or a signature that was drawn by hand. */
export type CertificateBlock = Extract<TextBlock, { kind: "heading" | "facts" }> | { kind: "drawing"; png: Uint8Array };

/** What is kept of every signature, and how the version came to be signed. */
export function certificateBlocks({ signatures, history, writer }: Certificate): CertificateBlock[] {
  const happened = "What happened, in order";
  return [
    ...signatures.flatMap((signature, i): CertificateBlock[] => [
      { kind: "heading", text: `Signature ${i + 1}: ${signature.name} for ${signature.partyName}` },
      { kind: "facts", label: `Signature of ${signature.name}`, facts: signatureFacts(signature, writer) },
      ...(signature.picture.kind === "drawn" ? [{ kind: "drawing" as const, png: signature.picture.png }] : []),
    ]),
    ...(history.length > 0
      ? [
          { kind: "heading" as const, text: happened },
          {
            kind: "facts" as const,
            label: happened,
            facts: history.map(({ at, what, by }) => ({ label: momentWords(at), value: by ? `${what}, ${by}` : what })),
          },
        ]
      : []),
  ];
}

function pictureWords(picture: SignatureFact["picture"]): string {
  switch (picture.kind) {
    case "typed":
      return `Typed: ${picture.text}`;
    case "drawn":
      return `${DRAWN_BY_HAND} (SHA-256 of the drawing ${picture.sha256})`;
    case "paper":
      return `In the file ${picture.fileName} (SHA-256 ${picture.sha256}), stated by ${picture.statedBy}${picture.confirmedBy ? ` and confirmed by ${picture.confirmedBy}` : "; not yet confirmed by the other party"}`;
  }
}

/**
 * The signature blocks of a document: one for each signatory in order, and one for each party without a named
 * signatory.
 */
export function signatoriesOf(
  parties: readonly { id: string; name: string }[],
  signers: readonly Signer[],
  signatures: readonly SignatureFact[],
  when: (at: string) => string,
): SignatureBlock[] {
  return parties.flatMap(({ id, name: party }): SignatureBlock[] => {
    const partySigners = signers.filter(({ partyId }) => partyId === id);
    const partySignatures = signatures.filter(({ partyId }) => partyId === id);
    const blocks = partySigners.map(({ name, title, organisation, email }) =>
      signatureBlock(
        { id, party },
        { name, title, organisation, email },
        partySignatures.find((signature) => sameAddress(signature.email, email)) ?? null,
        when,
      ),
    );
    const usedSignatures = new Set(blocks.map(({ signature }) => signature));
    const others = partySignatures
      .filter((signature) => !usedSignatures.has(signature))
      .map((signature) => signatureBlock({ id, party }, signature, signature, when));
    const all = [...blocks, ...others];
    return all.length > 0
      ? all
      : [signatureBlock({ id, party }, { name: "", title: "", organisation: party, email: "" }, null, when)];
  });
}

function signatureBlock(
  { id, party }: { id: string; party: string },
  { name, title, organisation, email }: Omit<Signer, "partyId">,
  signature: SignatureFact | null,
  when: (at: string) => string,
): SignatureBlock {
  return {
    partyId: id,
    party,
    name,
    title,
    organisation,
    email,
    signature,
    date: signature ? when(signature.signedAt) : "",
  };
}

function sameAddress(a: string, b: string): boolean {
  return a !== "" && a.toLowerCase() === b.toLowerCase();
}
