import forge from "node-forge";
import { createHash, createPrivateKey, sign, X509Certificate } from "node:crypto";
import type { SigningKey } from "../signing-key.server";
import type { StructureElement } from "./rows.server";
import { pdfText } from "./tags.server";

const { asn1 } = forge;
const { Class, Type } = asn1;
type Node = forge.asn1.Asn1;

/**
 * The key that signs a file, the time, the reason, and the text about it on the certificate page. It is plain data, so
 * that a worker thread can sign.
 */
export type Seal = SigningKey & { at: string; reason: string; words: string };

/** The bytes reserved for the signature. A chain of a few certificates takes less. */
const RESERVED = 24_000;
const RANGE_PLACEHOLDER = "**********";

/**
 * Adds an invisible signature field with reserved space, which `seal` fills in. PDFKit has no API for signatures, so
 * this function writes into the private members that hold its catalogue and the annotations of a page. The field has an
 * element below `root`; the first two writers had none.
 */
export function prepareSeal(
  doc: PDFKit.PDFDocument,
  { at, reason, certificates: [own = ""] }: Seal,
  root: StructureElement | null,
): void {
  const text = pdfText;
  const signature = doc.ref({
    Type: "Sig",
    Filter: "Adobe.PPKLite",
    SubFilter: "ETSI.CAdES.detached",
    ByteRange: [0, RANGE_PLACEHOLDER, RANGE_PLACEHOLDER, RANGE_PLACEHOLDER],
    Contents: new Uint8Array(RESERVED),
    M: new Date(at),
    Name: text(commonName(own)),
    Reason: text(reason),
  });
  const entries = {
    Subtype: "Widget",
    FT: "Sig",
    Rect: [0, 0, 0, 0],
    F: 132,
    T: text(root ? "Signature" : "Demarc"),
    ...(root ? { TU: text(`Digital signature of this file: ${reason}`) } : {}),
    V: signature,
    P: doc.page.dictionary,
  };
  const field = root ? taggedField(doc, entries, root) : doc.ref({ Type: "Annot", ...entries });
  doc.initForm();
  const form = Reflect.get(doc, "_root").data.AcroForm.data;
  form.Fields.push(field);
  form.SigFlags = 3;
  // With this entry readers redraw the fields and report the file as altered.
  delete form.NeedAppearances;
  signature.end(undefined);
  if (root) return;
  Reflect.get(doc.page, "annotations").push(field);
  field.end(undefined);
}

/** A field as an annotation of the current page, with an element that says what it is. */
function taggedField(doc: PDFKit.PDFDocument, entries: object, root: StructureElement) {
  const element = doc.struct("Form");
  root.add(element);
  // PDFKit converts places by the page that was added last, and the field has none.
  Reflect.set(doc, "_ctm", [1, 0, 0, 1, 0, 0]);
  doc.annotate(0, 0, 0, 0, Object.assign({ C: [], structParent: element }, entries));
  element.end();
  return Reflect.get(doc.page, "annotations").at(-1);
}

/**
 * Signs a written file that has a field for it: a CAdES signature over everything but the signature itself (PAdES,
 * level B-B).
 */
export function seal(bytes: Uint8Array, by: Seal): Uint8Array {
  const pdf = Buffer.from(bytes);
  const dictionary = pdf.indexOf("\n<<\n/Type /Sig\n/Filter /Adobe.PPKLite");
  const range = pdf.indexOf("/ByteRange [", dictionary);
  const contents = pdf.indexOf("/Contents <", range);
  if (dictionary < 0 || range < 0 || contents < 0) throw new Error("The file has no place for a signature.");
  const from = contents + "/Contents ".length;
  const to = from + 2 * RESERVED + 2;
  const room = pdf.indexOf("]", range) + 1 - range;
  pdf.write(`/ByteRange [0 ${from} ${to} ${pdf.length - to}]`.padEnd(room), range, "latin1");
  const signature = signatureOf([pdf.subarray(0, from), pdf.subarray(to)], by);
  if (signature.length > RESERVED)
    throw new Error(
      "The signing certificates are too long for the place kept for them. Leave out those that readers know.",
    );
  pdf.write(signature.toString("hex").padEnd(2 * RESERVED, "0"), from + 1, "latin1");
  return pdf;
}

/**
 * A detached CMS signature (RFC 5652) with the signing certificate's hash among what is signed (RFC 5035), as PAdES
 * asks.
 */
function signatureOf(parts: readonly Uint8Array[], { key, certificates }: SigningKey): Buffer {
  const hash = createHash("sha256");
  for (const part of parts) hash.update(part);
  const chain = certificates.map((pem) => new X509Certificate(pem).raw);
  const [own] = chain;
  if (!own) throw new Error("There is no certificate to sign with.");
  const attributes = [
    attribute(forge.pki.oids.contentType ?? "", oid(forge.pki.oids.data ?? "")),
    attribute(forge.pki.oids.messageDigest ?? "", octets(hash.digest())),
    attribute(
      "1.2.840.113549.1.9.16.2.47",
      sequence(sequence(sequence(octets(createHash("sha256").update(own).digest())))),
    ),
  ].sort((a, b) => Buffer.compare(der(a), der(b)));
  const privateKey = createPrivateKey(key);
  const signed = sign("sha256", der(set(...attributes)), privateKey);
  const algorithm =
    privateKey.asymmetricKeyType === "ec"
      ? sequence(oid("1.2.840.10045.4.3.2"))
      : sequence(oid(forge.pki.oids.rsaEncryption ?? ""), nothing());
  const { issuer, serial } = issuedBy(own);
  const signer = sequence(
    integer(1),
    sequence(issuer, serial),
    sha256(),
    tagged(attributes),
    algorithm,
    octets(signed),
  );
  const data = sequence(
    integer(1),
    set(sha256()),
    sequence(oid(forge.pki.oids.data ?? "")),
    tagged(chain.map(fromDer)),
    set(signer),
  );
  return der(sequence(oid(forge.pki.oids.signedData ?? ""), tagged([data])));
}

/** The issuer and the serial number of a certificate. They follow its version number, which version 1 leaves out. */
function issuedBy(certificate: Buffer): { issuer: Node; serial: Node } {
  const body = children(children(fromDer(certificate))[0]);
  const first = body[0]?.tagClass === Class.CONTEXT_SPECIFIC ? 1 : 0;
  const [serial, , issuer] = body.slice(first);
  if (!serial || !issuer) throw new Error("The signing certificate can't be read.");
  return { issuer, serial };
}

function commonName(pem: string): string {
  return /CN=([^\n]+)/.exec(new X509Certificate(pem).subject)?.[1] ?? "Demarc";
}

const universal = (type: number, constructed: boolean, value: string | Node[]) =>
  asn1.create(Class.UNIVERSAL, type, constructed, value);
const sequence = (...nodes: Node[]) => universal(Type.SEQUENCE, true, nodes);
const set = (...nodes: Node[]) => universal(Type.SET, true, nodes);
const tagged = (nodes: Node[]) => asn1.create(Class.CONTEXT_SPECIFIC, 0, true, nodes);
const oid = (name: string) => universal(Type.OID, false, asn1.oidToDer(name).getBytes());
const octets = (bytes: Buffer) => universal(Type.OCTETSTRING, false, bytes.toString("latin1"));
const integer = (value: number) => universal(Type.INTEGER, false, asn1.integerToDer(value).getBytes());
const nothing = () => universal(Type.NULL, false, "");
const sha256 = () => sequence(oid(forge.pki.oids.sha256 ?? ""), nothing());
const attribute = (type: string, value: Node) => sequence(oid(type), set(value));
const der = (node: Node) => Buffer.from(asn1.toDer(node).getBytes(), "latin1");
const fromDer = (bytes: Buffer) => asn1.fromDer(bytes.toString("latin1"));

function children(node: Node | undefined): Node[] {
  return node && Array.isArray(node.value) ? node.value.filter((value) => typeof value !== "string") : [];
}
