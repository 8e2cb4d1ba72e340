/** A block of cells as other programs' clipboards hold it. */
export type Block = string[][];

/** The most characters that are read from a clipboard. More is refused before it is parsed. */
const CLIPBOARD_LIMIT = 2_000_000;

/**
 * The number of cells in the longest row. `Math.max(...)` isn't used, because a block may have more rows than a call
 * takes arguments.
 */
export function widthOf(block: Block): number {
  return block.reduce((most, row) => Math.max(most, row.length), 0);
}

/** A block as tab-separated text. Cells with tabs or line breaks are quoted, as spreadsheets do. */
export function writeTsv(block: Block): string {
  return block
    .map((row) => row.map((cell) => (/["\t\n\r]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)).join("\t"))
    .join("\n");
}

/** The same block as an HTML table, which spreadsheets prefer. */
export function writeHtml(block: Block): string {
  const escape = (text: string) =>
    text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
  return `<table>${block.map((row) => `<tr>${row.map((cell) => `<td>${escape(cell)}</td>`).join("")}</tr>`).join("")}</table>`;
}

/**
 * The clipboard type in which Demarc writes duties with the letters of every role, beside plain text for other
 * programs.
 */
const ROWS_TYPE = "application/x-demarc-duties";

/** Writes duties with the letters of every role to the clipboard, so that pasting them as duties keeps the letters. */
export function writeRows(data: Pick<DataTransfer, "setData">, roleIds: readonly string[], block: Block): void {
  data.setData(ROWS_TYPE, JSON.stringify({ roleIds, block }));
}

/**
 * Reads duties that were copied from a matrix; null if there are none. The data is checked, since any page can write
 * it.
 */
export function readRows(data: Pick<DataTransfer, "getData">): { roleIds: string[]; block: Block } | null {
  const text = data.getData(ROWS_TYPE);
  if (text === "" || text.length > CLIPBOARD_LIMIT) return null;
  try {
    const { roleIds, block }: { roleIds: unknown; block: unknown } = JSON.parse(text);
    return isTexts(roleIds) && Array.isArray(block) && block.every(isTexts) ? { roleIds, block } : null;
  } catch {
    return null;
  }
}

function isTexts(value: unknown): value is string[] {
  return Array.isArray(value) && value.every((text) => typeof text === "string");
}

/** Parses tab-separated text. A line break at the end doesn't start another row. */
export function readTsv(text: string): Block {
  const rows: Block = [];
  let row: string[] = [];
  let cell = "";
  let quoted = false;
  const source = text.replace(/\r\n?/g, "\n");
  for (let i = 0; i < source.length; i++) {
    const character = source[i] ?? "";
    if (quoted) {
      if (character !== '"') cell += character;
      else if (source[i + 1] === '"') cell += source[++i] ?? "";
      else quoted = false;
    } else if (character === '"' && cell === "") quoted = true;
    else if (character === "\t") {
      row.push(cell);
      cell = "";
    } else if (character === "\n") {
      rows.push([...row, cell]);
      row = [];
      cell = "";
    } else cell += character;
  }
  if (cell !== "" || row.length > 0) rows.push([...row, cell]);
  return rows;
}

/** The cells of the first table in HTML, or null without one. Cells that a merged cell covers are blank. */
function readHtml(html: string): Block | null {
  const table = new DOMParser().parseFromString(html, "text/html").querySelector("table");
  if (!table) return null;
  return [...table.rows].map((row) =>
    [...row.cells].flatMap((cell) => [
      (cell.textContent ?? "").trim(),
      ...new Array<string>(Math.max(0, Math.min(cell.colSpan, 100) - 1)).fill(""),
    ]),
  );
}

/**
 * Reads a block from the clipboard. Plain text is preferred: every spreadsheet writes it, and it has what the cells
 * show.
 */
export function readClipboard(data: Pick<DataTransfer, "getData">): Block | "too-much" {
  const plain = data.getData("text/plain");
  const html = plain === "" ? data.getData("text/html") : "";
  if (plain.length > CLIPBOARD_LIMIT || html.length > CLIPBOARD_LIMIT) return "too-much";
  return (plain === "" ? readHtml(html) : readTsv(plain)) ?? [];
}
