import { LIMITS } from "../limits";
import { ok, reject, type Result } from "../result";

const SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
/** What a picture needs to be shown; text, dates, profiles and whatever hangs behind the end are left out. */
const NEEDED = ["IHDR", "PLTE", "tRNS", "IDAT", "IEND"];

/** The parts of a PNG that draw it, and nothing else (chunks after the W3C's PNG specification, section 5). Refused where it isn't one, or is of no bearable size. */
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
