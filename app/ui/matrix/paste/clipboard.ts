/** A block of cells as other programs' clipboards hold it. */
export type Block = string[][];

/** More than this is not a block of letters; it is refused before anything is read from it. */
export const CLIPBOARD_LIMIT = 2_000_000;

/** How many cells the longest row has. A block may have more rows than a call takes arguments. */
export function widthOf(block: Block): number {
  return block.reduce((most, row) => Math.max(most, row.length), 0);
}

/** Rows split by line, cells by tab; a cell with either in it stands in quotes, as spreadsheets write it. */
export function writeTsv(block: Block): string {
  return block.map((row) => row.map((cell) => (/["\t\n\r]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)).join("\t")).join("\n");
}

/** The same block as a table, which spreadsheets prefer. */
export function writeHtml(block: Block): string {
  const escape = (text: string) => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
  return `<table>${block.map((row) => `<tr>${row.map((cell) => `<td>${escape(cell)}</td>`).join("")}</tr>`).join("")}</table>`;
}

/** How a block of duties says whose letters it holds, beside the text that every program reads. */
const ROWS_TYPE = "application/x-demarc-duties";

/** Duties with the letters of every role, kept beside what is copied, so that they come along where duties are pasted. */
export function writeRows(data: Pick<DataTransfer, "setData">, roleIds: readonly string[], block: Block): void {
  data.setData(ROWS_TYPE, JSON.stringify({ roleIds, block }));
}

/** Duties copied from a matrix, or null: whatever put it there, only rows of text are taken. */
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

/** The cells of tab-separated text; a line break at the end ends the last row and starts none. */
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

/** The cells of the first table in HTML, with merged cells left blank where they are covered; null where there is none. */
export function readHtml(html: string): Block | null {
  const table = new DOMParser().parseFromString(html, "text/html").querySelector("table");
  if (!table) return null;
  return [...table.rows].map((row) => [...row.cells].flatMap((cell) => [(cell.textContent ?? "").trim(), ...new Array<string>(Math.max(0, Math.min(cell.colSpan, 100) - 1)).fill("")]));
}

/** What a clipboard holds, as a block. Plain text comes first: every spreadsheet writes it, and it says what the cells show. */
export function readClipboard(data: Pick<DataTransfer, "getData">): Block | "too-much" {
  const plain = data.getData("text/plain");
  const html = plain === "" ? data.getData("text/html") : "";
  if (plain.length > CLIPBOARD_LIMIT || html.length > CLIPBOARD_LIMIT) return "too-much";
  return (plain === "" ? readHtml(html) : readTsv(plain)) ?? [];
}
