import { ok, reject, type Result } from "./result";

/**
 * The rule for one kind of text: `called` is its name in sentences, `max` its length in UTF-16 code units, `lines`
 * whether it may have line breaks, and `optional` whether it may be empty.
 */
export type TextRule = { called: string; max: number; lines: boolean; optional: boolean };

/**
 * Characters that can't be stored or displayed: control characters except tab and line feed, the noncharacters that XML
 * forbids, and unpaired surrogates.
 */
const UNREADABLE =
  /[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F-\u009F\uFFFE\uFFFF]|[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/;

/**
 * Bidirectional control characters. They reorder the text that follows, so that a signed text could read differently
 * from what it says.
 */
const REORDERING = /[\u202A-\u202E\u2066-\u2069]/;

/**
 * A text in quotation marks at the end of a sentence. When the text already ends with a full stop or a similar sign, no
 * second one follows.
 */
export function quoted(text: string): string {
  return /[.!?…]$/.test(text) ? `“${text}”` : `“${text}”.`;
}

/**
 * The most combining marks on one letter. The limit of 30 comes from Unicode's Stream-Safe Text Format (UAX #15).
 * Without it, normalisation takes time that grows with the square of the number of marks in a row.
 */
const MAX_MARKS = 30;
const TOO_MANY_MARKS = new RegExp(`\\p{M}{${MAX_MARKS + 1}}`, "u");
const EXCESS_MARKS = new RegExp(`(\\p{M}{${MAX_MARKS}})\\p{M}+`, "gu");

/** NFC composes at most this many UTF-16 code units into one character. */
const MAX_COMPOSED = 4;

/** Texts up to this length are normalised quickly, however many marks they have. */
const SHORT_LENGTH = 200;

/**
 * The text in a Unicode normalisation form, in linear time: in long texts, marks beyond the 30th on one letter are
 * removed first.
 */
export function normalised(text: string, form: "NFC" | "NFD" | "NFKC" | "NFKD"): string {
  return (text.length > SHORT_LENGTH ? text.replace(EXCESS_MARKS, "$1") : text).normalize(form);
}

/**
 * Converts line breaks to line feeds, trims, and joins lines unless they are allowed. None of this depends on Unicode
 * normalisation.
 */
function tidied(text: string, lines: boolean): string {
  const unified = text.replace(/\r\n?/g, "\n");
  return (lines ? unified : unified.replace(/[\n\t\u2028\u2029]+/g, " ")).trim();
}

/**
 * The form in which texts are stored: Unicode NFC, line feeds only, trimmed, and on one line unless lines are allowed.
 */
export function normaliseText(text: string, lines: boolean): string {
  return normalised(tidied(text, lines), "NFC");
}

/**
 * A text of unknown origin made safe for a message: characters that can't be displayed, or that reorder the text, are
 * removed.
 */
export function displayableText(text: string, lines: boolean): string {
  return normaliseText(text.replace(new RegExp(`${UNREADABLE.source}|${REORDERING.source}`, "g"), ""), lines);
}

/**
 * A visible character. Excluded are spaces, controls and marks without a letter; characters that programs render as
 * nothing (Default_Ignorable_Code_Point, including the Hangul fillers); and blanks that Unicode counts as a letter or
 * symbol, in Braille, hieroglyphs and music.
 */
const VISIBLE =
  /(?![\p{Default_Ignorable_Code_Point}\u2800\u{13441}\u{13442}\u{1D159}])[^\p{Cc}\p{Cf}\p{Cs}\p{Z}\p{M}\s]/u;

/** Whether a text has at least one visible character. */
export function hasVisibleText(text: string): boolean {
  return VISIBLE.test(text);
}

/**
 * The stored form of a text that a person entered, or a sentence that says what is wrong with it. A text without
 * visible characters counts as empty.
 */
export function checkText(text: string, rule: TextRule): Result<string> {
  const stored = checkStored(text, rule);
  if (!stored.ok || stored.value === "" || hasVisibleText(stored.value)) return stored;
  return rule.optional
    ? ok("")
    : reject("text-empty", `${rule.called} has nothing that can be seen. Write at least one word.`);
}

/**
 * The same without the check for visible characters. It is used for stored texts, because texts of versions signed
 * under an earlier release must stay readable.
 */
export function checkStored(text: string, rule: TextRule): Result<string> {
  const raw = tidied(text, rule.lines);
  if (raw === "" && !rule.optional) return reject("text-empty", `${rule.called} is empty. Write at least one word.`);
  // A text this long exceeds the limit even after NFC, so it isn't normalised or checked further.
  if (raw.length > rule.max * MAX_COMPOSED) return tooLong(raw, rule);
  if (TOO_MANY_MARKS.test(raw))
    return reject(
      "text-piled",
      `${rule.called} has more marks on one letter than can be shown. Type it again without them.`,
    );
  const stored = normalised(raw, "NFC");
  if (stored.length > rule.max) return tooLong(stored, rule);
  if (UNREADABLE.test(stored))
    return reject(
      "text-unreadable",
      `${rule.called} has characters that can't be shown. Remove them or type it again.`,
    );
  if (REORDERING.test(stored))
    return reject(
      "text-reordering",
      `${rule.called} has hidden marks that change the reading order. Type it again without them.`,
    );
  return ok(stored);
}

function tooLong({ length }: string, { called, max }: TextRule): Result<never> {
  return reject("text-long", `${called} has ${length} characters; at most ${max} fit. Shorten it.`);
}

/**
 * The plain form of a code that a person typed or pasted: digits of any script as 0 to 9, every kind of hyphen as -,
 * spaces and invisible characters removed.
 */
export function typedCode(text: string): string {
  return normalised(text, "NFKC")
    .replace(/\p{Nd}/gu, digitOf)
    .replace(/[\p{Pd}\u2212\u30FC]/gu, "-")
    .replace(/[\s\p{Z}\p{Cf}\p{Default_Ignorable_Code_Point}]/gu, "");
}

/**
 * Converts a digit of any script to 0 to 9. Unicode assigns digits in runs of ten (section 4.6); adjacent runs form one
 * longer run, hence the modulo.
 */
function digitOf(digit: string): string {
  const codePoint = digit.codePointAt(0) ?? 0;
  let first = codePoint;
  while (/\p{Nd}/u.test(String.fromCodePoint(first - 1))) first--;
  return String((codePoint - first) % 10);
}
