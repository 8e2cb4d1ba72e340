/** A letter of a script that runs from right to left. */
export const RIGHT_TO_LEFT_LETTER = /[\u0590-\u08FF\uFB1D-\uFDFF\uFE70-\uFEFC\u{10800}-\u{10FFF}\u{1E800}-\u{1EFFF}]/u;
/** Words whose order a direction changes: letters, or a number with something beside it. */
const ORDERED = /\p{L}|\d\D*[^\d\s]|[^\d\s]\D*\d|\d\D+\d/u;

/**
 * Whether words that run from right to left are in another order than they are written in. A line that merely holds such
 * letters begins from left to right, so that the direction would change the order of its parts.
 */
export function isTurned(text: string): boolean {
  return ORDERED.test(text) && !beginsRightToLeft(text);
}

/** Whether the first letter of a text belongs to a script that runs from right to left. */
export function beginsRightToLeft(text: string): boolean {
  return RIGHT_TO_LEFT_LETTER.test(/\p{L}/u.exec(text)?.[0] ?? "");
}
