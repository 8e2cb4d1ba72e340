import { reject, type Result } from "./result";

/** How one kind of text is judged when it enters: its name in sentences, its limit, and whether it may be empty or have lines. */
export type TextRule = { called: string; max: number; lines: boolean; optional: boolean };

/** C0 and C1 controls other than tab and line feed, noncharacters that XML forbids, and halves of surrogate pairs. */
const UNREADABLE = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F-\u009F\uFFFE\uFFFF]|[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/;

/** Marks that reorder what follows them: they can make a signed text read differently from what it says. */
const REORDERING = /[\u202A-\u202E\u2066-\u2069]/;

/** A text in quotation marks at the end of a sentence; a full stop of its own stands for both. */
export function quoted(text: string): string {
  return /[.!?…]$/.test(text) ? `“${text}”` : `“${text}”.`;
}

/** The text as it is stored: Unicode NFC, line feeds only, no space around it, on one line unless lines are allowed. */
export function normaliseText(text: string, lines: boolean): string {
  const unified = text.normalize("NFC").replace(/\r\n?/g, "\n");
  return (lines ? unified : unified.replace(/[\n\t\u2028\u2029]+/g, " ")).trim();
}

/** A text of whatever origin as it may be put into a message: what can't be shown, or reorders the rest, is left out. */
export function shownText(text: string, lines: boolean): string {
  return normaliseText(text.replace(new RegExp(`${UNREADABLE.source}|${REORDERING.source}`, "g"), ""), lines);
}

/** The stored form of a text, or a sentence that says what is wrong with it. */
export function checkText(text: string, rule: TextRule): Result<string> {
  const stored = normaliseText(text, rule.lines);
  if (stored === "" && !rule.optional) return reject("text-empty", `${rule.called} is empty. Write at least one word.`);
  if (stored.length > rule.max) {
    return reject("text-long", `${rule.called} has ${stored.length} characters; at most ${rule.max} fit. Shorten it.`);
  }
  if (UNREADABLE.test(stored)) return reject("text-unreadable", `${rule.called} has characters that can't be shown. Remove them or type it again.`);
  if (REORDERING.test(stored)) return reject("text-reordering", `${rule.called} has hidden marks that change the reading order. Type it again without them.`);
  return { ok: true, value: stored };
}
