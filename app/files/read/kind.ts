/** The kind of a file according to its first bytes, whatever its name. */
type FileKind = "zip" | "pdf" | "json" | "ole" | "empty" | "other";

const startsWith = (bytes: Uint8Array, ...expected: number[]) => expected.every((byte, i) => bytes[i] === byte);

/** Determines the kind of a file from its first bytes. */
export function kindOf(bytes: Uint8Array): FileKind {
  if (bytes.byteLength === 0) return "empty";
  if (startsWith(bytes, 0x50, 0x4b, 0x03, 0x04) || startsWith(bytes, 0x50, 0x4b, 0x05, 0x06)) return "zip";
  if (startsWith(bytes, 0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1)) return "ole";
  const start = new TextDecoder("latin1").decode(bytes.subarray(0, 1_024));
  if (start.includes("%PDF-")) return "pdf";
  return /^(?:\u00ef\u00bb\u00bf)?\s*\{/.test(start) ? "json" : "other";
}

/** Whether an OLE file, the container of older Office files, wraps an encrypted file of a newer Office. */
export function isEncrypted(bytes: Uint8Array): boolean {
  return new TextDecoder("latin1").decode(bytes).includes([..."EncryptedPackage"].join("\u0000"));
}
