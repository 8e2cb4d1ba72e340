import type { Party } from "~/domain/parts/shapes";
import type { GridColumn } from "./matrix-view";

/** Roles beside each other at most: at their narrowest they leave the duties a quarter of a Letter sheet that lies on its side. */
const MOST = 24;
/** Millimetres: what a Letter sheet on its side has between its margins, what the duties keep, a sign of the small face, the narrowest and the widest column. */
const SHEET = 255;
const DUTIES = { upright: 92, turned: 64 };
const SIGN = 1.5;
const NARROWEST = 7.9;
const WIDEST = { upright: 25, turned: 12 };
/** A head higher than a quarter of the sheet isn't repeated on the next one: this is what it may have, and at least gives its roles. */
const HEAD = 40;
const LEAST_PARTY = 9;
const MOST_PARTY = 18;
/** Lines of the small face beside each other in a millimetre of a column. */
const LINES = 1 / 2.5;

type PrintedColumn = GridColumn & { label: string };
type PrintedSpan = { party: Party; label: string; columns: number };
/** Roles that are printed beside each other, with the duties' own column before them. Widths and heights are in millimetres. */
export type PrintedBlock = { columns: PrintedColumn[]; parties: PrintedSpan[]; /** Whether heads run upwards. */ turned: boolean; columnMm: number; partyMm: number; roleMm: number; first: number };

/** Divides the roles into blocks that fit a sheet of A4 or Letter on its side, each about as wide as the others; no head is broken inside a word. */
export function printedBlocks(columns: readonly GridColumn[]): PrintedBlock[] {
  const count = Math.ceil(columns.length / MOST);
  const size = Math.ceil(columns.length / Math.max(1, count));
  return Array.from({ length: count }, (_, i) => block(columns.slice(i * size, (i + 1) * size), i * size));
}

function block(columns: readonly GridColumn[], first: number): PrintedBlock {
  const spans: Omit<PrintedSpan, "label">[] = [];
  for (const { party } of columns) {
    const last = spans.at(-1);
    if (last?.party.id === party.id) last.columns += 1;
    else spans.push({ party, columns: 1 });
  }
  const needed = Math.max(14, ...columns.map(({ role }) => widthOf(role.name)), ...spans.map(({ party, columns: width }) => (widthOf(party.name) + 4) / width));
  const turned = needed > WIDEST.upright || needed * columns.length > SHEET - DUTIES.upright;
  if (!turned) {
    const columnMm = Math.min(WIDEST.upright, Math.max(needed, 18), (SHEET - DUTIES.upright) / columns.length);
    // Two lines of a party, and of a role as many as the head has room for.
    const room = (lines: number, width: number) => Math.floor((width / SIGN) * lines * 0.7);
    return { columns: columns.map((column) => ({ ...column, label: shortened(column.role.name, room(6, columnMm)) })), parties: spans.map((span) => ({ ...span, label: shortened(span.party.name, room(3, columnMm * span.columns)) })), turned, columnMm, partyMm: LEAST_PARTY, roleMm: LEAST_PARTY, first };
  }
  const columnMm = Math.max(NARROWEST, Math.min(WIDEST.turned, (SHEET - DUTIES.turned) / columns.length));
  const partyMm = Math.min(MOST_PARTY, Math.max(LEAST_PARTY, ...spans.filter(({ party, columns: width }) => widthOf(party.name) + 4 > columnMm * width).map(({ party }) => widthOf(party.name))));
  const roleMm = HEAD - partyMm;
  // Words leave a part of each line empty.
  const room = (length: number, width: number) => Math.floor((length / SIGN) * Math.max(1, Math.floor(width * LINES)) * 0.75);
  return {
    columns: columns.map((column) => ({ ...column, label: shortened(column.role.name, room(roleMm, columnMm)) })),
    parties: spans.map((span) => ({ ...span, label: shortened(span.party.name, room(Math.max(partyMm, columnMm * span.columns), Math.min(partyMm, columnMm * span.columns))) })),
    turned,
    columnMm,
    partyMm,
    roleMm,
    first,
  };
}

/** How much room the longest word of a name takes in the small face, in millimetres. */
function widthOf(name: string): number {
  return Math.max(...name.split(/\s+/).map((word) => [...word].length)) * SIGN + 2;
}

/** A name that has no room whole ends with an ellipsis; the list of parties and roles before the matrix has it whole. */
function shortened(name: string, room: number): string {
  const signs = [...name];
  return signs.length <= room ? name : `${signs.slice(0, Math.max(1, room - 1)).join("").trimEnd()}…`;
}

/** Whether the name of a party runs upwards too, since its roles leave it no room to lie. */
export function partyTurned({ turned, columnMm }: PrintedBlock, { party, columns }: PrintedSpan): boolean {
  return turned && widthOf(party.name) + 4 > columnMm * columns;
}
