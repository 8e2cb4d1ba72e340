import forge from "node-forge";
import { createHash, randomBytes, verify, X509Certificate } from "node:crypto";
import { ok, reject, type Result } from "~/domain/result";

const { asn1 } = forge;
const { Class, Type } = asn1;
type Node = forge.asn1.Asn1;

const SHA256 = "2.16.840.1.101.3.4.2.1";
const SIGNED_DATA = "1.2.840.113549.1.7.2";
const TST_INFO = "1.2.840.113549.1.9.16.1.4";
const MESSAGE_DIGEST = "1.2.840.113549.1.9.4";
const HASHES: Record<string, string> = {
  [SHA256]: "sha256",
  "2.16.840.1.101.3.4.2.2": "sha384",
  "2.16.840.1.101.3.4.2.3": "sha512",
};
/** In milliseconds. An authority needs less, and a signatory wouldn't wait longer. */
const TIMEOUT = 15_000;
const MAX_ANSWER_BYTES = 100_000;

/**
 * Requests a token from an RFC 3161 time-stamping authority, which states that a fingerprint existed at a time. The
 * token, a CMS SignedData in DER, is returned only if it is about this fingerprint and this request and is signed with
 * the certificate it carries. Whoever checks the token decides whether to trust that certificate.
 */
export async function stampFingerprint(url: string, fingerprint: string): Promise<Result<Uint8Array>> {
  const nonce = Buffer.concat([Buffer.of(0x01), randomBytes(8)]);
  const answer = await requestStamp(url, requestFor(fingerprint, nonce));
  if (!answer.ok) return answer;
  try {
    return tokenOf(answer.value, fingerprint, nonce);
  } catch {
    return reject("stamp-unreadable", "The time-stamping authority's answer can't be read. Check its address.");
  }
}

async function requestStamp(url: string, body: Uint8Array): Promise<Result<Buffer>> {
  try {
    const response = await fetch(url, {
      method: "POST",
      headers: { "Content-Type": "application/timestamp-query", Accept: "application/timestamp-reply" },
      body: Uint8Array.from(body),
      redirect: "error",
      signal: AbortSignal.timeout(TIMEOUT),
    });
    if (!response.ok)
      return reject(
        "stamp-refused",
        `The time-stamping authority answered with ${response.status}. Check its address.`,
      );
    const chunks: Uint8Array[] = [];
    let size = 0;
    const reader = response.body?.getReader();
    for (let read = await reader?.read(); read?.value; read = await reader?.read()) {
      size += read.value.byteLength;
      if (size > MAX_ANSWER_BYTES)
        return reject("stamp-unreadable", "The time-stamping authority's answer is far too long. Check its address.");
      chunks.push(read.value);
    }
    return ok(Buffer.concat(chunks));
  } catch {
    return reject("stamp-unreachable", "The time-stamping authority can't be reached. It is asked again later.");
  }
}

/** Builds a TimeStampReq (RFC 3161, 2.4.1). The imprint is the fingerprint itself, which is a SHA-256 hash already. */
function requestFor(fingerprint: string, nonce: Buffer): Buffer {
  const imprint = sequence(
    sequence(primitive(Type.OID, asn1.oidToDer(SHA256).getBytes()), primitive(Type.NULL, "")),
    primitive(Type.OCTETSTRING, Buffer.from(fingerprint, "hex").toString("latin1")),
  );
  return der(
    sequence(
      primitive(Type.INTEGER, "\u0001"),
      imprint,
      primitive(Type.INTEGER, nonce.toString("latin1")),
      primitive(Type.BOOLEAN, "\u00ff"),
    ),
  );
}

function tokenOf(answer: Buffer, fingerprint: string, nonce: Buffer): Result<Uint8Array> {
  const [status, token] = children(asn1.fromDer(answer.toString("latin1")));
  const granted = Number(hexOf(children(status)[0]));
  if (granted > 1 || !token)
    return reject("stamp-refused", "The time-stamping authority refused to stamp. Ask whoever runs it why.");
  const info = signedInfo(token);
  const [, , imprint, , , ...rest] = children(info);
  const [algorithm, hash] = children(imprint);
  const answered = rest.some(
    (node) => node.tagClass === Class.UNIVERSAL && node.type === Type.INTEGER && hexOf(node) === nonce.toString("hex"),
  );
  if (!info || oidOf(children(algorithm)[0]) !== SHA256 || hexOf(hash) !== fingerprint || !answered)
    return reject(
      "stamp-other",
      "The time-stamping authority stamped something else than it was asked. Its stamp was not kept.",
    );
  return ok(der(token));
}

/** The TSTInfo of a token if its signature is valid with the certificate that it carries; null otherwise. */
function signedInfo(token: Node): Node | null {
  const [kind, wrapped] = children(token);
  const [, , content, ...rest] = children(children(wrapped)[0]);
  const [contentKind, encapsulated] = children(content);
  const octets = bytesOf(children(encapsulated)[0]);
  const certificates = children(
    rest.find((node) => node.tagClass === Class.CONTEXT_SPECIFIC && Number(node.type) === 0),
  ).map((node) => new X509Certificate(der(node)));
  const [signer] = children(rest.at(-1));
  const [, signerId, digestAlgorithm, attributes, , signature] = children(signer);
  const hash = HASHES[oidOf(children(digestAlgorithm)[0])];
  if (oidOf(kind) !== SIGNED_DATA || oidOf(contentKind) !== TST_INFO || !hash || !attributes) return null;
  const digest = children(attributes).find((node) => oidOf(children(node)[0]) === MESSAGE_DIGEST);
  if (hexOf(children(children(digest)[1])[0]) !== createHash(hash).update(octets).digest("hex")) return null;
  // The signature covers the attributes with the tag of a SET, while the token has them under another tag (RFC 5652,
  // 5.4).
  const signed = der(asn1.create(Class.UNIVERSAL, Type.SET, true, children(attributes)));
  const serial = hexOf(children(signerId)[1]).replace(/^0+/, "");
  const certificate = certificates.find(({ serialNumber }) => serialNumber.toLowerCase().replace(/^0+/, "") === serial);
  return certificate && verify(hash, signed, certificate.publicKey, bytesOf(signature))
    ? asn1.fromDer(octets.toString("latin1"))
    : null;
}

const primitive = (type: number, value: string) => asn1.create(Class.UNIVERSAL, type, false, value);
const sequence = (...nodes: Node[]) => asn1.create(Class.UNIVERSAL, Type.SEQUENCE, true, nodes);
const der = (node: Node) => Buffer.from(asn1.toDer(node).getBytes(), "latin1");

function children(node: Node | null | undefined): Node[] {
  return node && Array.isArray(node.value) ? node.value.filter((value) => typeof value !== "string") : [];
}

function bytesOf(node: Node | undefined): Buffer {
  return node && typeof node.value === "string" ? Buffer.from(node.value, "latin1") : Buffer.alloc(0);
}

const hexOf = (node: Node | undefined) => bytesOf(node).toString("hex");
const oidOf = (node: Node | undefined) => (node && typeof node.value === "string" ? asn1.derToOid(node.value) : "");
