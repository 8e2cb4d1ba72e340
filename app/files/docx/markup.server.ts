import { beginsRightToLeft, RIGHT_TO_LEFT_LETTER } from "~/domain/direction";
import { readable } from "../package.server";

/** The namespaces of a part of a document, on its root. */
export const NAMESPACES = [
  'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"',
  'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"',
  'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"',
  'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"',
  'xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"',
].join(" ");

/** The first line of an XML part. */
export const XML_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';

/**
 * A piece of a body: a paragraph, or the XML of a table. The end of a section stands in the properties of its last
 * paragraph, so a paragraph is put together last.
 */
export type Piece =
  | { kind: "paragraph"; style: string; runs: string; look?: ParagraphLook; turned?: boolean }
  | { kind: "table"; xml: string };

/** What no style can say of a paragraph, since it depends on where the paragraph stands. */
export type ParagraphLook = {
  keepNext?: boolean;
  pageBreak?: boolean;
  /** The list that the paragraph counts in, and its level. */ list?: { id: number; level: number };
};

/** A text with its line breaks as a paragraph in a style. */
export function styledParagraph(text: string, style: string, look?: ParagraphLook): Piece {
  return { kind: "paragraph", style, runs: runsOf(text), turned: beginsRightToLeft(text), ...(look ? { look } : {}) };
}

/** The XML of a paragraph. `section` is the XML of the section that ends with it. */
export function paragraphXml(
  { style, runs, look: { keepNext, pageBreak, list } = {}, turned }: Extract<Piece, { kind: "paragraph" }>,
  section = "",
): string {
  const numbers = list ? `<w:numPr><w:ilvl w:val="${list.level}"/><w:numId w:val="${list.id}"/></w:numPr>` : "";
  return `<w:p><w:pPr><w:pStyle w:val="${style}"/>${keepNext ? "<w:keepNext/>" : ""}${pageBreak ? "<w:pageBreakBefore/>" : ""}${numbers}${turned ? "<w:bidi/>" : ""}${section}</w:pPr>${runs}</w:p>`;
}

/**
 * The XML of a cell's paragraph, of which a large matrix has a hundred thousand. Where a line runs from right to left,
 * each line is a paragraph, since a direction is that of a paragraph.
 */
export function cellParagraphs(text: string, style: string, keepNext: boolean): string {
  if (RIGHT_TO_LEFT_LETTER.test(text) && text.includes("\n"))
    return text
      .split("\n")
      .map((line) => cellParagraphs(line, style, keepNext))
      .join("");
  return `<w:p><w:pPr><w:pStyle w:val="${style}"/>${keepNext ? "<w:keepNext/>" : ""}${beginsRightToLeft(text) ? "<w:bidi/>" : ""}</w:pPr>${runsOf(text)}</w:p>`;
}

/** Letters of a script from right to left, with everything between them that isn't a letter of another script. */
const TURNED = new RegExp(`${RIGHT_TO_LEFT_LETTER.source}(?:[^\\p{L}\\n]*${RIGHT_TO_LEFT_LETTER.source})*`, "gu");

/**
 * The runs of a text. Words of a script from right to left have runs of their own that say so: Word takes the order of
 * the signs between them from there.
 */
export function runsOf(text: string, style = ""): string {
  const look = style === "" ? "" : `<w:rStyle w:val="${style}"/>`;
  if (!text.includes("\n")) return lineRuns(readable(text), look, false);
  return readable(text)
    .split("\n")
    .map((line, i) => lineRuns(line, look, i > 0))
    .join("");
}

function lineRuns(line: string, look: string, broken: boolean): string {
  const start = broken ? "<w:br/>" : "";
  if (!RIGHT_TO_LEFT_LETTER.test(line)) return run(line, look, start);
  let runs = "";
  let from = 0;
  for (const { 0: words, index } of line.matchAll(TURNED)) {
    if (index > from) runs += run(line.slice(from, index), look, runs === "" ? start : "");
    runs += run(words, `${look}<w:rtl/>`, runs === "" ? start : "");
    from = index + words.length;
  }
  return from < line.length ? runs + run(line.slice(from), look, "") : runs;
}

function run(text: string, look: string, start: string): string {
  return `<w:r>${look === "" ? "" : `<w:rPr>${look}</w:rPr>`}${start}${text === "" ? "" : `<w:t xml:space="preserve">${escaped(text)}</w:t>`}</w:r>`;
}

/** A tab. */
export const TAB = "<w:r><w:tab/></w:r>";

/** A field whose result a program counts: `PAGE`, `NUMPAGES`, `PAGEREF`. It says nothing until it is counted. */
export function field(instruction: string): string {
  const mark = (type: string) => `<w:r><w:fldChar w:fldCharType="${type}"/></w:r>`;
  return `${mark("begin")}<w:r><w:instrText xml:space="preserve"> ${instruction} </w:instrText></w:r>${mark("separate")}${mark("end")}`;
}

/** Text with the characters escaped that mean something in XML. */
export function escaped(text: string): string {
  return /[&<>"]/.test(text)
    ? text.replaceAll("&", "&amp;").replaceAll('"', "&quot;").replaceAll("<", "&lt;").replaceAll(">", "&gt;")
    : text;
}
