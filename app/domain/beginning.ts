const CHARACTERS = new Intl.Segmenter();

/** How many bytes a text takes as UTF-8. */
export function bytesOf(text: string): number {
  return new TextEncoder().encode(text).length;
}

/** The beginning of a text that takes at most so many bytes as UTF-8, by whole characters as people see them. */
export function beginningOf(text: string, bytes: number): string {
  let left = bytes;
  let end = 0;
  // Each code unit takes a byte or more: what lies beyond isn't gone through.
  for (const { segment } of CHARACTERS.segment(text.slice(0, bytes + 1).replace(/[\uD800-\uDBFF]$/, ""))) {
    left -= bytesOf(segment);
    if (left < 0) break;
    end += segment.length;
  }
  return text.slice(0, end);
}
