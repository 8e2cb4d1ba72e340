import forge from "node-forge";
import { createHash, verify, X509Certificate } from "node:crypto";
import type { Dictionary } from "./lexer.server";
import type { Objects } from "./objects.server";
import { textString } from "./text-string.server";

const { asn1 } = forge;
type Node = forge.asn1.Asn1;

/**
 * The state of a file's digital signature: over the whole file, no longer matching it, or followed by added content.
 */
export type DigitalSignature =
  { kind: "none" } | { kind: "whole"; by: string; certificate: string } | { kind: "broken" } | { kind: "appended" };

/** What a signature says of itself, with which Demarc writes a file of the same form; null where it can't be read. */
export type SealForm = { at: string; reason: string; certificate: string };

/** Reads what a signature says of itself. */
export function sealForm(signature: Dictionary, { get }: Objects): SealForm | null {
  const [made, reason, contents] = ["M", "Reason", "Contents"].map((key) => get(signature, key));
  if (made?.kind !== "string" || reason?.kind !== "string" || contents?.kind !== "string") return null;
  const [, ...parts] = /^D:(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)Z/.exec(made.text) ?? [];
  const [year, month, day, hour, minute, second] = parts;
  const at = `${year}-${month}-${day}T${hour}:${minute}:${second}.000Z`;
  const [own] = certificatesOf(contents.text);
  return parts.length < 6 || Number.isNaN(Date.parse(at)) || !own
    ? null
    : { at, reason: textString(reason.text), certificate: own.toString() };
}

/** The certificates in a CMS signature, the signer's own first; none where it can't be read. */
function certificatesOf(contents: string): X509Certificate[] {
  try {
    const [, wrapped] = children(asn1.fromDer(withoutPadding(contents)));
    const parts = children(children(wrapped)[0]);
    return children(parts.find((part) => part.tagClass === asn1.Class.CONTEXT_SPECIFIC && part.type === 0)).map(
      (node) => new X509Certificate(der(node)),
    );
  } catch {
    return [];
  }
}

/** Checks a digital signature: which bytes it covers, whether its digest matches them, and which key signed. */
export function checkSignature(bytes: Uint8Array, signature: Dictionary, { get }: Objects): DigitalSignature {
  const range = get(signature, "ByteRange");
  const contents = get(signature, "Contents");
  const numbers = range?.kind === "list" ? range.items.map((item) => (item.kind === "number" ? item.value : -1)) : [];
  const [first = -1, length = -1, second = -1, rest = -1] = numbers;
  if (numbers.length !== 4 || first !== 0 || length < 0 || second <= length || rest < 0 || contents?.kind !== "string")
    return { kind: "broken" };
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  // Only the signature itself may stand between the two ranges.
  const between = file.subarray(length, second).toString("latin1");
  if (
    !/^<[0-9a-fA-F]*>$/.test(between) ||
    Buffer.from(between.slice(1, -1), "hex").toString("latin1") !== contents.text
  )
    return { kind: "broken" };
  const digest = createHash("sha256")
    .update(file.subarray(0, length))
    .update(file.subarray(second, second + rest))
    .digest();
  const signer = signerOf(contents.text, digest);
  if (!signer) return { kind: "broken" };
  if (second + rest !== file.length) return { kind: "appended" };
  return {
    kind: "whole",
    by: /CN=([^\n]+)/.exec(signer.subject)?.[1] ?? signer.subject,
    certificate: signer.fingerprint256.replaceAll(":", "").toLowerCase(),
  };
}

/** The certificate whose key made a detached CMS signature over a digest; null where none in it matches. */
function signerOf(contents: string, digest: Buffer): X509Certificate | null {
  try {
    const [, wrapped] = children(asn1.fromDer(withoutPadding(contents)));
    const parts = children(children(wrapped)[0]);
    const certificates = children(
      parts.find((part) => part.tagClass === asn1.Class.CONTEXT_SPECIFIC && part.type === 0),
    );
    const [signer] = children(parts.at(-1));
    const fields = children(signer);
    const place = fields.findIndex((field) => field.tagClass === asn1.Class.CONTEXT_SPECIFIC && field.type === 0);
    const attributes = children(fields[place]);
    const value = fields[place + 2]?.value;
    const digestAttribute = attributes
      .map(children)
      .find(
        ([type]) =>
          type && typeof type.value === "string" && asn1.derToOid(type.value) === forge.pki.oids.messageDigest,
      );
    const statedDigest = children(digestAttribute?.[1])[0]?.value;
    if (
      typeof value !== "string" ||
      typeof statedDigest !== "string" ||
      Buffer.compare(Buffer.from(statedDigest, "latin1"), digest) !== 0
    )
      return null;
    const signedBytes = der(asn1.create(asn1.Class.UNIVERSAL, asn1.Type.SET, true, attributes));
    const certificate = certificates
      .map((node) => new X509Certificate(der(node)))
      .find((one) => verify("sha256", signedBytes, one.publicKey, Buffer.from(value, "latin1")));
    return certificate ?? null;
  } catch {
    // Content that can't be parsed is no signature.
    return null;
  }
}

/** A signature without the zeros that fill the rest of its reserved space. */
function withoutPadding(contents: string): string {
  const first = contents.charCodeAt(1);
  const digits = first < 128 ? 0 : first - 128;
  const length =
    digits === 0 ? first : Number.parseInt(Buffer.from(contents.slice(2, 2 + digits), "latin1").toString("hex"), 16);
  return contents.slice(0, 2 + digits + length);
}

function der(node: Node): Buffer {
  return Buffer.from(asn1.toDer(node).getBytes(), "latin1");
}

function children(node: Node | undefined): Node[] {
  return node && Array.isArray(node.value) ? node.value.filter((value) => typeof value !== "string") : [];
}
