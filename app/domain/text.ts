import { ok, reject, type Result } from "./result";

/** How one kind of text is judged when it enters: its name in sentences, its limit, and whether it may be empty or have lines. */
export type TextRule = { called: string; max: number; lines: boolean; optional: boolean };

/** C0 and C1 controls other than tab and line feed, noncharacters that XML forbids, and halves of surrogate pairs. */
const UNREADABLE =
  /[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F-\u009F\uFFFE\uFFFF]|[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/;

/** Marks that reorder what follows them: they can make a signed text read differently from what it says. */
const REORDERING = /[\u202A-\u202E\u2066-\u2069]/;

/** A text in quotation marks at the end of a sentence; a full stop of its own stands for both. */
export function quoted(text: string): string {
  return /[.!?…]$/.test(text) ? `“${text}”` : `“${text}”.`;
}

/**
 * The most marks that one letter bears; what has more is no writing (Unicode's Stream-Safe Text Format, UAX #15, knows no
 * more than 30). Putting marks in their order takes a time that grows with the square of how many stand in a row.
 */
const MARKS = 30;
const PILED = new RegExp(`\\p{M}{${MARKS + 1}}`, "u");
const BEYOND = new RegExp(`(\\p{M}{${MARKS}})\\p{M}+`, "gu");

/** A character that NFC makes of several is made of at most this many UTF-16 code units. */
const MADE_OF = 4;

/** A text of this length costs nothing, whatever it holds. */
const SHORT = 200;

/** The text in a Unicode form, in a time that grows with its length alone: of marks piled on one letter in a long text, those beyond 30 are left out. */
export function normalised(text: string, form: "NFC" | "NFD" | "NFKC" | "NFKD"): string {
  return (text.length > SHORT ? text.replace(BEYOND, "$1") : text).normalize(form);
}

/** Line feeds only, no space around, and on one line unless lines are allowed: none of it depends on the Unicode form. */
function tidied(text: string, lines: boolean): string {
  const unified = text.replace(/\r\n?/g, "\n");
  return (lines ? unified : unified.replace(/[\n\t\u2028\u2029]+/g, " ")).trim();
}

/** The text as it is stored: Unicode NFC, line feeds only, no space around it, on one line unless lines are allowed. */
export function normaliseText(text: string, lines: boolean): string {
  return normalised(tidied(text, lines), "NFC");
}

/** A text of whatever origin as it may be put into a message: what can't be shown, or reorders the rest, is left out. */
export function shownText(text: string, lines: boolean): string {
  return normaliseText(text.replace(new RegExp(`${UNREADABLE.source}|${REORDERING.source}`, "g"), ""), lines);
}

/**
 * A character that can be seen: no space, control, mark without a letter, or what programs show as nothing
 * (Default_Ignorable_Code_Point, which holds the fillers of Hangul too); nor a blank that Unicode counts as a letter or
 * a sign: of Braille, of hieroglyphs and of music.
 */
const VISIBLE =
  /(?![\p{Default_Ignorable_Code_Point}\u2800\u{13441}\u{13442}\u{1D159}])[^\p{Cc}\p{Cf}\p{Cs}\p{Z}\p{M}\s]/u;

/** Whether a reader sees anything of a text. */
export function isSeen(text: string): boolean {
  return VISIBLE.test(text);
}

/** The stored form of a text that somebody gives, or a sentence that says what is wrong with it. One of which nothing is seen says nothing. */
export function checkText(text: string, rule: TextRule): Result<string> {
  const stored = checkStored(text, rule);
  if (!stored.ok || stored.value === "" || isSeen(stored.value)) return stored;
  return rule.optional
    ? ok("")
    : reject("text-empty", `${rule.called} has nothing that can be seen. Write at least one word.`);
}

/** The stored form of a text alone: what a version of an earlier release says is read as it was signed. */
export function checkStored(text: string, rule: TextRule): Result<string> {
  const raw = tidied(text, rule.lines);
  if (raw === "" && !rule.optional) return reject("text-empty", `${rule.called} is empty. Write at least one word.`);
  // Whatever its form makes of it, it doesn't fit: nothing of that length is gone through further.
  if (raw.length > rule.max * MADE_OF) return long(raw, rule);
  if (PILED.test(raw))
    return reject(
      "text-piled",
      `${rule.called} has more marks on one letter than can be shown. Type it again without them.`,
    );
  const stored = normalised(raw, "NFC");
  if (stored.length > rule.max) return long(stored, rule);
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

function long({ length }: string, { called, max }: TextRule): Result<never> {
  return reject("text-long", `${called} has ${length} characters; at most ${max} fit. Shorten it.`);
}

/** A code that was typed or pasted: digits of any script and width as 0 to 9, one kind of hyphen, nothing that isn't seen. */
export function typedCode(text: string): string {
  return normalised(text, "NFKC")
    .replace(/\p{Nd}/gu, digitOf)
    .replace(/[\p{Pd}\u2212\u30FC]/gu, "-")
    .replace(/[\s\p{Z}\p{Cf}\p{Default_Ignorable_Code_Point}]/gu, "");
}

/** Digits stand in rows of ten, from 0 to 9 (Unicode, section 4.6); rows that touch make a longer one. */
function digitOf(digit: string): string {
  const place = digit.codePointAt(0) ?? 0;
  let first = place;
  while (/\p{Nd}/u.test(String.fromCodePoint(first - 1))) first--;
  return String((place - first) % 10);
}
