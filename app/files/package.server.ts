import { strFromU8, strToU8, unzipSync, zipSync } from "fflate";

/** The parts of a ZIP package by their names. */
export type Parts = Record<string, Uint8Array>;

/** The time of every entry. A ZIP stores local time, so local midnight gives the same bytes in every time zone. */
function fixedTime(): Date {
  return new Date(1980, 0, 1);
}

/**
 * Marks an entry as written on Unix, as a regular file with mode 644. Without it unzip of Info-ZIP decodes the name by
 * a DOS code page, although the entry is flagged as UTF-8.
 */
const FROM_UNIX = { os: 3, attrs: 0o100644 * 2 ** 16 };

/** Packs parts into a ZIP. The same parts give the same bytes, since the time is fixed. */
export function zip(parts: Parts): Uint8Array {
  return zipSync(
    Object.fromEntries(
      Object.entries(parts).map(([name, bytes]) => [
        name,
        [
          bytes,
          { mtime: fixedTime(), level: isCompressed(name) ? 0 : 6, ...(/^[\x20-\x7E]*$/.test(name) ? {} : FROM_UNIX) },
        ],
      ]),
    ),
  );
}

/** Unpacks a package that a writer of this application has written. */
export function unzip(bytes: Uint8Array): Parts {
  return Object.fromEntries(Object.entries(unzipSync(bytes)).filter(([name]) => !name.endsWith("/")));
}

/** Rewrites the text of a part. It throws where the part is missing, which is an error of the writer. */
export function rewrite(parts: Parts, name: string, change: (xml: string) => string): void {
  const part = parts[name];
  if (!part) throw new Error(`The package has no ${name}.`);
  parts[name] = strToU8(change(strFromU8(part)));
}

/** Encodes a text as a part. */
export function textPart(text: string): Uint8Array {
  return strToU8(text);
}

/** Escapes a text for XML and replaces the characters that XML forbids. */
export function xmlText(text: string): string {
  return readable(text)
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;");
}

/** Replaces the characters that XML forbids by the replacement character. */
export function readable(text: string): string {
  return text.replace(FORBIDDEN_IN_XML, "\uFFFD");
}

const FORBIDDEN_IN_XML = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]|\p{Surrogate}/gu;

/** Whether a part is compressed already, so that it is stored as it is. */
function isCompressed(name: string): boolean {
  return /\.(png|xlsx|docx|zip)$/.test(name);
}
