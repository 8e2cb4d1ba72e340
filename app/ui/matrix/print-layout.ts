import type { Party } from "~/domain/matrix/shapes";
import type { GridColumn } from "./matrix-view";

/** The most roles in one block: at their narrowest they leave the duties a quarter of a landscape Letter sheet. */
const MOST = 24;
/**
 * In millimetres: the width of a landscape Letter sheet between its margins, the duties' column, a small character, the
 * narrowest and the widest role column.
 */
const SHEET = 255;
const DUTIES = { upright: 92, turned: 64 };
const SIGN = 1.5;
const NARROWEST = 7.9;
const WIDEST = { upright: 25, turned: 12 };
/**
 * Browsers don't repeat a table head that is higher than a quarter of the sheet, so this is its maximum height, with
 * the minimum for its roles.
 */
const HEAD = 40;
const LEAST_PARTY = 9;
const MOST_PARTY = 18;
/** How many lines of small text, turned upwards, fit beside each other in a millimetre. */
const LINES = 1 / 2.5;

type PrintedColumn = GridColumn & { label: string };
type PrintedSpan = { party: Party; label: string; columns: number };
/** A block of roles that one printed table shows beside the duties' column. Widths and heights are in millimetres. */
export type PrintedBlock = {
  columns: PrintedColumn[];
  parties: PrintedSpan[];
  /** Whether the headings are turned upwards. */ turned: boolean;
  columnMm: number;
  partyMm: number;
  roleMm: number;
  first: number;
};

/**
 * Divides the roles into blocks of about the same width that fit a landscape sheet of A4 or Letter. No heading is
 * broken inside a word.
 */
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
  const needed = Math.max(
    14,
    ...columns.map(({ role }) => widthOf(role.name)),
    ...spans.map(({ party, columns: width }) => (widthOf(party.name) + 4) / width),
  );
  const turned = needed > WIDEST.upright || needed * columns.length > SHEET - DUTIES.upright;
  if (!turned) {
    const columnMm = Math.min(WIDEST.upright, Math.max(needed, 18), (SHEET - DUTIES.upright) / columns.length);
    // A party takes two lines, a role as many as the head has room for.
    const room = (lines: number, width: number) => Math.floor((width / SIGN) * lines * 0.7);
    return {
      columns: columns.map((column) => ({ ...column, label: shortened(column.role.name, room(6, columnMm)) })),
      parties: spans.map((span) => ({ ...span, label: shortened(span.party.name, room(3, columnMm * span.columns)) })),
      turned,
      columnMm,
      partyMm: LEAST_PARTY,
      roleMm: LEAST_PARTY,
      first,
    };
  }
  const columnMm = Math.max(NARROWEST, Math.min(WIDEST.turned, (SHEET - DUTIES.turned) / columns.length));
  const partyMm = Math.min(
    MOST_PARTY,
    Math.max(
      LEAST_PARTY,
      ...spans
        .filter(({ party, columns: width }) => widthOf(party.name) + 4 > columnMm * width)
        .map(({ party }) => widthOf(party.name)),
    ),
  );
  const roleMm = HEAD - partyMm;
  // Words don't fill their lines, so a quarter of the room stays empty.
  const room = (length: number, width: number) =>
    Math.floor((length / SIGN) * Math.max(1, Math.floor(width * LINES)) * 0.75);
  return {
    columns: columns.map((column) => ({ ...column, label: shortened(column.role.name, room(roleMm, columnMm)) })),
    parties: spans.map((span) => ({
      ...span,
      label: shortened(
        span.party.name,
        room(Math.max(partyMm, columnMm * span.columns), Math.min(partyMm, columnMm * span.columns)),
      ),
    })),
    turned,
    columnMm,
    partyMm,
    roleMm,
    first,
  };
}

/** The width of a name's longest word in small text, in millimetres. */
function widthOf(name: string): number {
  return Math.max(...name.split(/\s+/).map((word) => [...word].length)) * SIGN + 2;
}

/**
 * Shortens a name that doesn't fit with an ellipsis. The list of parties and roles before the matrix has the whole
 * name.
 */
function shortened(name: string, room: number): string {
  const signs = [...name];
  return signs.length <= room
    ? name
    : `${signs
        .slice(0, Math.max(1, room - 1))
        .join("")
        .trimEnd()}…`;
}

/** Whether a party's name is turned upwards too, because the columns of its roles are too narrow for it. */
export function partyTurned({ turned, columnMm }: PrintedBlock, { party, columns }: PrintedSpan): boolean {
  return turned && widthOf(party.name) + 4 > columnMm * columns;
}
