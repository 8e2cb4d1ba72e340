/** What a file is by its first bytes, whatever its name says. */
type FileKind = "zip" | "pdf" | "json" | "ole" | "empty" | "other";

const at = (bytes: Uint8Array, ...expected: number[]) => expected.every((byte, i) => bytes[i] === byte);

/** Tells a file's kind by its first bytes. */
export function kindOf(bytes: Uint8Array): FileKind {
  if (bytes.byteLength === 0) return "empty";
  if (at(bytes, 0x50, 0x4b, 0x03, 0x04) || at(bytes, 0x50, 0x4b, 0x05, 0x06)) return "zip";
  if (at(bytes, 0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1)) return "ole";
  const start = new TextDecoder("latin1").decode(bytes.subarray(0, 1_024));
  if (start.includes("%PDF-")) return "pdf";
  return /^(?:\u00ef\u00bb\u00bf)?\s*\{/.test(start) ? "json" : "other";
}

/** Whether an old binary file of Office is a wrapping around an encrypted new one. */
export function isEncrypted(bytes: Uint8Array): boolean {
  return new TextDecoder("latin1").decode(bytes).includes([..."EncryptedPackage"].join("\u0000"));
}
