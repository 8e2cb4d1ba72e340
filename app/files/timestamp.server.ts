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
/** Longer than an authority needs, shorter than whoever signs would wait. */
const PATIENCE = 15_000;
const LARGEST = 100_000;

/**
 * Asks an RFC 3161 authority to state when a fingerprint was there. The token, a CMS SignedData in DER, is handed back
 * only where it is about this fingerprint and this question, and signed with the certificate it carries. Whether that
 * certificate is to be trusted is for who checks the token, with the authority's own certificate at hand.
 */
export async function stampFingerprint(url: string, fingerprint: string): Promise<Result<Uint8Array>> {
  const nonce = Buffer.concat([Buffer.of(0x01), randomBytes(8)]);
  const answer = await ask(url, requestFor(fingerprint, nonce));
  if (!answer.ok) return answer;
  try {
    return tokenIn(answer.value, fingerprint, nonce);
  } catch {
    return reject("stamp-unreadable", "The time-stamping authority's answer can't be read. Check its address.");
  }
}

async function ask(url: string, body: Uint8Array): Promise<Result<Buffer>> {
  try {
    const response = await fetch(url, {
      method: "POST",
      headers: { "Content-Type": "application/timestamp-query", Accept: "application/timestamp-reply" },
      body: Uint8Array.from(body),
      redirect: "error",
      signal: AbortSignal.timeout(PATIENCE),
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
      if (size > LARGEST)
        return reject("stamp-unreadable", "The time-stamping authority's answer is far too long. Check its address.");
      chunks.push(read.value);
    }
    return ok(Buffer.concat(chunks));
  } catch {
    return reject("stamp-unreachable", "The time-stamping authority can't be reached. It is asked again later.");
  }
}

/** TimeStampReq of RFC 3161, 2.4.1: the imprint is the fingerprint itself, which is a SHA-256 already. */
function requestFor(fingerprint: string, nonce: Buffer): Buffer {
  const imprint = sequence(
    sequence(made(Type.OID, asn1.oidToDer(SHA256).getBytes()), made(Type.NULL, "")),
    made(Type.OCTETSTRING, Buffer.from(fingerprint, "hex").toString("latin1")),
  );
  return der(
    sequence(
      made(Type.INTEGER, "\u0001"),
      imprint,
      made(Type.INTEGER, nonce.toString("latin1")),
      made(Type.BOOLEAN, "\u00ff"),
    ),
  );
}

function tokenIn(answer: Buffer, fingerprint: string, nonce: Buffer): Result<Uint8Array> {
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

/** What a token states, once its signature holds with the certificate that it carries; null where it doesn't. */
function signedInfo(token: Node): Node | null {
  const [kind, wrapped] = children(token);
  const [, , content, ...rest] = children(children(wrapped)[0]);
  const [contentKind, held] = children(content);
  const octets = bytesOf(children(held)[0]);
  const certificates = children(
    rest.find((node) => node.tagClass === Class.CONTEXT_SPECIFIC && Number(node.type) === 0),
  ).map((node) => new X509Certificate(der(node)));
  const [signer] = children(rest.at(-1));
  const [, who, digestAlgorithm, attributes, , signature] = children(signer);
  const hash = HASHES[oidOf(children(digestAlgorithm)[0])];
  if (oidOf(kind) !== SIGNED_DATA || oidOf(contentKind) !== TST_INFO || !hash || !attributes) return null;
  const digest = children(attributes).find((node) => oidOf(children(node)[0]) === MESSAGE_DIGEST);
  if (hexOf(children(children(digest)[1])[0]) !== createHash(hash).update(octets).digest("hex")) return null;
  // What is signed is the attributes as a SET, under which tag they don't stand in the token (RFC 5652, 5.4).
  const signed = der(asn1.create(Class.UNIVERSAL, Type.SET, true, children(attributes)));
  const serial = hexOf(children(who)[1]).replace(/^0+/, "");
  const certificate = certificates.find(({ serialNumber }) => serialNumber.toLowerCase().replace(/^0+/, "") === serial);
  return certificate && verify(hash, signed, certificate.publicKey, bytesOf(signature))
    ? asn1.fromDer(octets.toString("latin1"))
    : null;
}

const made = (type: number, value: string) => asn1.create(Class.UNIVERSAL, type, false, value);
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
