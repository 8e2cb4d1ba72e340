import { encode } from "uqr";

/** A QR code as one path of squares in a field of `size` by `size`, without a border. */
export type QrCode = { size: number; path: string };

/** Draws a text as a QR code that a telephone reads off a screen. */
export function qrOf(text: string): QrCode {
  const { size, data } = encode(text, { ecc: "M", border: 0 });
  const path = data.flatMap((row, y) => row.flatMap((dark, x) => (dark ? [`M${x} ${y}h1v1h-1z`] : []))).join("");
  return { size, path };
}
