import forge from "node-forge";
import { createPrivateKey, generateKeyPairSync, randomBytes, X509Certificate } from "node:crypto";
import { existsSync, mkdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { writeWhole } from "./whole-file.mjs";

/**
 * A private key with its certificates in PEM, the signer's own first. `own` is true for a key that this installation
 * generated, so no authority vouches for it.
 */
export type SigningKey = { key: string; certificates: string[]; own: boolean };

/** A signing key that can't be used. The message says in whole sentences what to change. */
export class SigningKeyError extends Error {
  override name = "SigningKeyError";
}

const YEARS = 25;

/** Reads a key from a PKCS #12 file, as certificate authorities hand it out. */
export function readKeyFile(file: string, passphrase: string): SigningKey {
  const bytes = attempt(
    () => readFileSync(file),
    `SIGNING_P12 is “${file}”, which can't be read. Name a PKCS #12 file that this user may read.`,
  );
  const opened = attempt(
    () => forge.pkcs12.pkcs12FromAsn1(forge.asn1.fromDer(bytes.toString("latin1")), false, passphrase),
    `SIGNING_P12 is “${file}”, which doesn't open with SIGNING_PASSPHRASE. Check both.`,
  );
  const bags = opened.safeContents.flatMap(({ safeBags }) => safeBags);
  const keys = bags.flatMap(({ type, key, asn1 }) =>
    type === forge.pki.oids.certBag
      ? []
      : key
        ? [forge.pki.privateKeyInfoToPem(forge.pki.wrapRsaPrivateKey(forge.pki.privateKeyToAsn1(key)))]
        : asn1
          ? [pem("PRIVATE KEY", asn1)]
          : [],
  );
  const certificates = bags.flatMap(({ type, cert, asn1 }) =>
    type !== forge.pki.oids.certBag
      ? []
      : cert
        ? [forge.pki.certificateToPem(cert)]
        : asn1
          ? [pem("CERTIFICATE", asn1)]
          : [],
  );
  const [key] = keys;
  const own =
    key === undefined
      ? undefined
      : certificates.find((certificate) => new X509Certificate(certificate).checkPrivateKey(createPrivateKey(key)));
  if (key === undefined || own === undefined)
    throw new SigningKeyError(
      `SIGNING_P12 is “${file}”, which has no private key with its certificate. Export both into one file.`,
    );
  return { key, certificates: [own, ...certificates.filter((certificate) => certificate !== own)], own: false };
}

/**
 * Reads the key that this installation generated, and generates it on first use. Only the user of the process can read
 * the file.
 */
export function ownKey(file: string, name: string, now: Date): SigningKey {
  // Generating a key blocks the process for about a second.
  if (!existsSync(file)) storeKey(file, generateKey(name, now));
  const text = attempt(
    () => readFileSync(file, "utf8"),
    `The signing key in ${file} can't be read. Make it readable, or set SIGNING_P12.`,
  );
  const [key, certificate] = text.match(/-----BEGIN [^-]+-----[^-]+-----END [^-]+-----\n?/g) ?? [];
  if (!key || !certificate)
    throw new SigningKeyError(`${file} is no signing key. Move it away, and a new one is made.`);
  return { key, certificates: [certificate], own: true };
}

function storeKey(file: string, keyPem: string): void {
  try {
    mkdirSync(path.dirname(file), { recursive: true });
    writeWhole(file, keyPem);
  } catch {
    throw new SigningKeyError(
      `The signing key can't be kept in ${file}. Make the folder writable, or set SIGNING_P12.`,
    );
  }
}

function generateKey(name: string, now: Date): string {
  const { privateKey, publicKey } = generateKeyPairSync("rsa", {
    modulusLength: 3072,
    privateKeyEncoding: { type: "pkcs8", format: "pem" },
    publicKeyEncoding: { type: "spki", format: "pem" },
  });
  const certificate = forge.pki.createCertificate();
  certificate.publicKey = forge.pki.publicKeyFromPem(publicKey);
  // A serial number is positive, so its first bit must be clear.
  certificate.serialNumber = `1${randomBytes(15).toString("hex")}`;
  certificate.validity.notBefore = now;
  // Readers warn about a valid signature once its certificate has expired, and people look at contracts years later.
  certificate.validity.notAfter = new Date(Date.UTC(now.getUTCFullYear() + YEARS, now.getUTCMonth(), 1));
  const subject = [{ name: "commonName", value: name.replace(/[^\x20-\x7E]/g, "?").slice(0, 64) }];
  certificate.setSubject(subject);
  certificate.setIssuer(subject);
  certificate.setExtensions([
    { name: "basicConstraints", cA: false, critical: true },
    { name: "keyUsage", digitalSignature: true, nonRepudiation: true, critical: true },
    { name: "subjectKeyIdentifier" },
  ]);
  certificate.sign(forge.pki.privateKeyFromPem(privateKey), forge.md.sha256.create());
  return `${privateKey}${forge.pki.certificateToPem(certificate).replaceAll("\r", "")}`;
}

/** The name in the signer's certificate. */
function signerName({ certificates: [certificate] }: SigningKey): string {
  return certificate ? (/CN=([^\n]+)/.exec(new X509Certificate(certificate).subject)?.[1] ?? "") : "";
}

/** The sentences about the digital signature of a file, on its certificate page and on the screen. */
export function signatureWords(key: SigningKey): string {
  const name = signerName(key);
  return key.own
    ? `This file is signed digitally as a whole with a key that this installation made for itself (${name}). A reader of PDF files shows whether the file was altered since. It can't tell who signed: nobody else vouches for the identity behind this key, so a stranger's reader calls it unknown. Who agreed is recorded below, and the fingerprint can be checked without this key.`
    : `This file is signed digitally as a whole with the key of ${name}. A reader of PDF files shows whether the file was altered since, and who vouches for the key.`;
}

function pem(type: string, node: forge.asn1.Asn1): string {
  const bytes = Buffer.from(forge.asn1.toDer(node).getBytes(), "latin1");
  return `-----BEGIN ${type}-----\n${bytes.toString("base64").replace(/(.{64})/g, "$1\n")}\n-----END ${type}-----\n`;
}

function attempt<T>(what: () => T, sentence: string): T {
  try {
    return what();
  } catch {
    throw new SigningKeyError(sentence);
  }
}
