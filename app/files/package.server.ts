import { strFromU8, strToU8, unzipSync, zipSync } from "fflate";

/** The parts of a zipped package by name. */
export type Parts = Record<string, Uint8Array>;

/** Local midnight, since a ZIP keeps the local day and hour: the same bytes in every zone, whichever it is when they are written. */
function noTime(): Date {
  return new Date(1980, 0, 1);
}

/** Info-ZIP's unzip takes every name for one of DOS's code page where the ZIP doesn't come from Unix, though it is marked as UTF-8. A plain file, read by all, written by its owner. */
const FROM_UNIX = { os: 3, attrs: 0o100644 * 2 ** 16 };

/** Parts as one ZIP. The same parts always give the same bytes: no time is kept. */
export function zip(parts: Parts): Uint8Array {
  return zipSync(
    Object.fromEntries(
      Object.entries(parts).map(([name, bytes]) => [
        name,
        [bytes, { mtime: noTime(), level: stored(name) ? 0 : 6, ...(/^[\x20-\x7E]*$/.test(name) ? {} : FROM_UNIX) }],
      ]),
    ),
  );
}

/** The parts of a package that one of our own writers has just written. */
export function unzip(bytes: Uint8Array): Parts {
  return Object.fromEntries(Object.entries(unzipSync(bytes)).filter(([name]) => !name.endsWith("/")));
}

/** Changes a part that is text. A part that is missing is a fault of the writer before. */
export function rewrite(parts: Parts, name: string, change: (xml: string) => string): void {
  const part = parts[name];
  if (!part) throw new Error(`The package has no ${name}.`);
  parts[name] = strToU8(change(strFromU8(part)));
}

/** A part made of text. */
export function textPart(text: string): Uint8Array {
  return strToU8(text);
}

/** Text inside XML: what would be markup is escaped, and what XML can't hold is replaced. */
export function xmlText(text: string): string {
  return readable(text)
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;");
}

/** Text without the characters that XML can't hold, each shown as one that stands for what can't be shown. */
export function readable(text: string): string {
  return text.replace(UNREADABLE, "\uFFFD");
}

const UNREADABLE = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]|\p{Surrogate}/gu;

/** What is compressed already isn't compressed again. */
function stored(name: string): boolean {
  return /\.(png|xlsx|docx|zip)$/.test(name);
}
