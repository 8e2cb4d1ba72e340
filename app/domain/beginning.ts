const CHARACTERS = new Intl.Segmenter();

/** The length of a text in bytes as UTF-8. */
export function bytesOf(text: string): number {
  return new TextEncoder().encode(text).length;
}

/**
 * The longest beginning of a text that fits into `bytes` bytes of UTF-8. It ends between graphemes, never inside a
 * character as people see it.
 */
export function beginningOf(text: string, bytes: number): string {
  let bytesLeft = bytes;
  let end = 0;
  // Each UTF-16 code unit takes at least one byte, so the text beyond this length can't fit and isn't segmented.
  for (const { segment } of CHARACTERS.segment(text.slice(0, bytes + 1).replace(/[\uD800-\uDBFF]$/, ""))) {
    bytesLeft -= bytesOf(segment);
    if (bytesLeft < 0) break;
    end += segment.length;
  }
  return text.slice(0, end);
}
