import { createHash } from "node:crypto";

/** SHA-256 over a text in UTF-8, as 64 hexadecimal digits. */
export function fingerprintOf(text: string): string {
  return createHash("sha256").update(text, "utf8").digest("hex");
}

/** SHA-256 over a file's bytes, as 64 hexadecimal digits. */
export function bytesHash(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}
