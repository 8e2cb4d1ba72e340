import type { Fact, TextBlock } from "../blocks";
import { momentWords } from "../day-words";
import type { SignatureFact } from "../signing/sign-off";

/** Who is asked to sign. */
export type Signer = { partyId: string; name: string; title: string; organisation: string; email: string };

/** A place for a signature in a document: for a named signatory, or for whoever signs for the party. */
export type Signatory = {
  partyId: string;
  party: string;
  name: string;
  title: string;
  organisation: string;
  email: string;
  signature: SignatureFact | null;
  /** When it was signed, in words; empty where nobody has. */ date: string;
};

/** Something that happened to a version on its way, such as "Sent for signing"; a signature on paper has its day alone. */
export type StatusEvent = { at: string; what: string; by: string };

/** The record of how a version came to be signed, which travels with the document. */
export type Certificate = { signatures: SignatureFact[]; history: StatusEvent[] };

/** What stands for a drawn signature where it can only be said. */
export const DRAWN_BY_HAND = "Drawn by hand";

const PROOF: Record<Exclude<SignatureFact["proof"], "handed">, string> = {
  account: "Signed in to an account of this e-mail address",
  code: "Entered a code sent to this e-mail address",
  paper: "Signed elsewhere; the signed file was handed in afterwards",
};

function handedWords(by: string): string {
  return `Entered a code that ${by} passed on; that the e-mail address is theirs was not proved`;
}

/** Who passed a code on, in the words of a certificate; null where these say something else. */
export function handedIn(words: string): string | null {
  return (
    /^Entered a code that (.*) passed on; that the e-mail address is theirs was not proved$/s.exec(words)?.[1] ?? null
  );
}

/** Everything that is kept of a signature, in words, in the order in which a certificate lists it. */
export function signatureFacts(signature: SignatureFact): Fact[] {
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
    ["Signature", pictureWords(picture)],
    ["Address", address],
    ["Browser", browser],
    ["Consent", consentText ? `${consentText} (wording ${consentVersion})` : null],
    ["Fingerprint signed", fingerprint],
  ];
  return facts.flatMap(([label, value]) => (value ? [{ label, value }] : []));
}

/** A piece of a certificate: text, or a signature that was drawn by hand. */
export type CertificateBlock = Extract<TextBlock, { kind: "heading" | "facts" }> | { kind: "drawing"; png: Uint8Array };

/** What is kept of every signature, and how the version came to be signed. */
export function certificateBlocks({ signatures, history }: Certificate): CertificateBlock[] {
  const happened = "What happened, in order";
  return [
    ...signatures.flatMap((signature, i): CertificateBlock[] => [
      { kind: "heading", text: `Signature ${i + 1}: ${signature.name} for ${signature.partyName}` },
      { kind: "facts", label: `Signature of ${signature.name}`, facts: signatureFacts(signature) },
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

/** One place to sign for each signatory, in order; a party of which nobody is named has one of its own. */
export function signatoriesOf(
  parties: readonly { id: string; name: string }[],
  signers: readonly Signer[],
  signatures: readonly SignatureFact[],
  when: (at: string) => string,
): Signatory[] {
  return parties.flatMap(({ id, name: party }): Signatory[] => {
    const asked = signers.filter(({ partyId }) => partyId === id);
    const signed = signatures.filter(({ partyId }) => partyId === id);
    const places = asked.map(({ name, title, organisation, email }) =>
      placeOf(
        { id, party },
        { name, title, organisation, email },
        signed.find((signature) => sameAddress(signature.email, email)) ?? null,
        when,
      ),
    );
    const taken = new Set(places.map(({ signature }) => signature));
    const others = signed
      .filter((signature) => !taken.has(signature))
      .map((signature) => placeOf({ id, party }, signature, signature, when));
    const all = [...places, ...others];
    return all.length > 0
      ? all
      : [placeOf({ id, party }, { name: "", title: "", organisation: party, email: "" }, null, when)];
  });
}

function placeOf(
  { id, party }: { id: string; party: string },
  { name, title, organisation, email }: Omit<Signer, "partyId">,
  signature: SignatureFact | null,
  when: (at: string) => string,
): Signatory {
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
