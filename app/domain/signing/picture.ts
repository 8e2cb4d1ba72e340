import { LIMITS } from "../limits";
import { ok, reject, type Result } from "../result";

const SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
/** The PNG chunks that are needed to draw the picture. Text, dates, profiles and data after the end are dropped. */
const NEEDED = ["IHDR", "PLTE", "tRNS", "IDAT", "IEND"];

/**
 * A copy of a PNG with only the chunks that draw it (PNG specification of the W3C, section 5). It is refused if it
 * isn't a PNG or has too many pixels.
 */
export function plainPng(bytes: Uint8Array): Result<Uint8Array> {
  const unreadable = reject("picture", "The drawing is no PNG picture. Clear it and draw it again, or type it.");
  if (!SIGNATURE.every((byte, i) => bytes[i] === byte)) return unreadable;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const parts: Uint8Array[] = [bytes.subarray(0, SIGNATURE.length)];
  const kinds: string[] = [];
  for (let at = SIGNATURE.length; kinds.at(-1) !== "IEND";) {
    if (at + 12 > bytes.length) return unreadable;
    const length = view.getUint32(at);
    const end = at + 12 + length;
    const kind = String.fromCharCode(...bytes.subarray(at + 4, at + 8));
    if (end > bytes.length || (kinds.length === 0 && (kind !== "IHDR" || length !== 13))) return unreadable;
    if (
      kind === "IHDR" &&
      (kinds.length > 0 || Math.max(view.getUint32(at + 8), view.getUint32(at + 12)) > LIMITS.drawnPixels)
    )
      return unreadable;
    if (NEEDED.includes(kind)) parts.push(bytes.subarray(at, end));
    kinds.push(kind);
    at = end;
  }
  if (!kinds.includes("IDAT")) return unreadable;
  const plain = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    plain.set(part, at);
    at += part.length;
  }
  return ok(plain);
}
