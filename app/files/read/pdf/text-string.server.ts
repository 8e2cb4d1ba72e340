/** A text string of a PDF: UTF-16 with a byte order mark, else one byte a character. */
export function textString(text: string): string {
  return text.startsWith("\u00fe\u00ff")
    ? Buffer.from(text.slice(2, text.length - (text.length % 2)), "latin1")
        .swap16()
        .toString("utf16le")
    : text;
}
