import type { Letter, PartyKind } from "~/domain/matrix/shapes";
import { reportCell, rowText, type Report, type ReportColumn, type ReportRow } from "~/domain/pack/report";
import { HEAD, INK, QUIET, type Style } from "./pen.server";
import { lineStep, type Cell, type PdfContext, type Row } from "./rows.server";
import type { Table, TableRow } from "./table.server";

const PARTY: Record<PartyKind, { ink: string; tint: string }> = {
  client: { ink: "#2A5C9E", tint: "#E8F0F9" },
  provider: { ink: "#8F550C", tint: "#F9F0E0" },
  "third-party": { ink: "#4E5F66", tint: "#EBF0F1" },
};
const CODE = { least: 44, most: 70 };
const LEAST_DUTY = 150;
/** So much of the width is left to the duties where roles stand upright, and where they lie. */
const DUTY_SHARE = { upright: 0.3, lying: 0.36 };
const ROLE = { least: 18, usual: 27, most: 66 };
const TEXT: Style = { face: "regular", size: 8, color: INK };
const QUIET_TEXT: Style = { face: "regular", size: 8, color: QUIET };
const HEAD_TEXT: Style = { face: "bold", size: 8, color: INK };
/** The head takes at most so much of a page. */
const HEAD_SHARE = 0.15;
/** The sizes of roles and the lines of a party's name, as they are tried, so that names stay whole. */
const HEAD_TRIES = [
  [8, 2],
  [7.5, 2],
  [8, 1],
  [7.5, 1],
  [7, 2],
  [7, 1],
  [6.5, 2],
  [6.5, 1],
  [6, 2],
  [6, 1],
] as const;
const SMALLEST = 6;
const LYING_LINES = 4;

/** The responsibility matrix: a head with parties over their roles, then a row for each domain and each duty. */
export function matrixTable(context: PdfContext, report: Report, [from, to]: [number, number]): Table {
  const columns = report.columns.slice(from, to);
  const { width } = context.pages;
  const code = codeWidth(context, report);
  const head = roleHead(context, columns, width - code);
  const duty = Math.max(LEAST_DUTY, width - code - sum(head.widths));
  const whole = code + duty + sum(head.widths);
  // Heads are called by the matrix, the kind of head and its number. The first role tells apart the tables of one matrix.
  const name = (kind: string, number: number) => `m${from}-${kind}${number}`;
  const parties = partyNumbers(columns);
  let duties = 0;
  const rows = report.sections.flatMap(({ domain, rows: within }): TableRow[] => [
    {
      heading: true,
      height: 15,
      cells: [
        { text: domain.name, width: whole, style: HEAD_TEXT, head: "Row", columns: 2 + columns.length, fill: HEAD },
      ],
    },
    ...within.map((row): TableRow => {
      const id = name("d", ++duties);
      return {
        cells: [
          { text: row.code, width: code, style: QUIET_TEXT },
          { text: rowText(row), width: duty, style: TEXT, head: "Row", id },
          ...columns.map(({ party }, i): Cell => ({
            ...letterCell(row, row.cells[from + i] ?? [], party.kind, head.widths[i] ?? 0),
            headers: [name("p", parties[i] ?? 0), name("r", i), id],
          })),
        ],
      };
    }),
  ]);
  return {
    summary: "Responsibility matrix: a row for each duty, a column for each role, with the roles under their parties",
    head: [partyRow(columns, { code, duty, ...head }, name), roleRow(columns, { code, duty, ...head }, name)],
    rows,
  };
}

function codeWidth({ pen, density }: PdfContext, { sections }: Report): number {
  let widest: number = CODE.least;
  for (const { rows } of sections)
    for (const { code } of rows) widest = Math.max(widest, pen.width(code, QUIET_TEXT) + 2 * density.x + 1);
  return Math.min(CODE.most, widest);
}

/** The number of each column's party among the parties that stand over the columns. */
function partyNumbers(columns: readonly ReportColumn[]): number[] {
  let number = -1;
  return columns.map(({ party }, i) => (columns[i - 1]?.party.id === party.id ? number : ++number));
}

/** How the names of roles stand: their widths, the height of their row, and their lines. */
type RoleHead = { widths: number[]; height: number; upright: boolean; size: number; lines: string[][] };

/**
 * Names of roles lie where every word of them has room, and stand upright otherwise, on as many lines as it takes. They
 * are never cut as long as there is a size in which they fit.
 */
function roleHead(context: PdfContext, columns: readonly ReportColumn[], width: number): RoleHead {
  const { pen, doc, density } = context;
  const names = columns.map(({ role }) => pen.drawable(role.name).replace(/\s+/g, " "));
  const style = (size: number): Style => ({ face: "bold", size, color: INK });
  const widest = names.map(
    (name) => Math.max(...name.split(" ").map((word) => pen.width(word, style(8)))) + density.x + 3,
  );
  const lying = Math.max(ROLE.least, ...widest);
  const room = width * (1 - DUTY_SHARE.lying);
  if (lying <= ROLE.most && lying * columns.length <= room) {
    const each = Math.min(ROLE.most, Math.max(lying, Math.min(ROLE.usual * 1.4, room / columns.length)));
    const lines = names.map((name) => pen.lines(name, style(8), each - density.x));
    const most = Math.max(1, ...lines.map(({ length }) => length));
    const widths = withPartyNames(
      context,
      columns,
      columns.map(() => each),
    );
    if (most <= LYING_LINES && sum(widths) <= room)
      return { widths, height: most * lineStep(context, 8) + 2 * density.y, upright: false, size: 8, lines };
  }
  const most = Math.floor(doc.page.height * HEAD_SHARE);
  const tries = HEAD_TRIES.map(([size, partyLines]) => {
    const cap = most - (partyLines * lineStep(context, 8) + 2 * density.y);
    return upright(context, columns, { names, size, cap, style: style(size), partyLines });
  });
  const generous = width * (1 - DUTY_SHARE.upright);
  const within = (room: number) => tries.filter(({ widths }) => sum(widths) <= room);
  const chosen =
    within(generous).find(isUnbroken) ?? within(width - LEAST_DUTY).find(isUnbroken) ?? within(generous)[0];
  return chosen ? widened(chosen, generous) : squeezed(context, columns, names, width - LEAST_DUTY);
}

/** Whether no word is broken: a line that others follow ends with a space. */
function isUnbroken({ lines }: RoleHead): boolean {
  return lines.every((name) => name.slice(0, -1).every((line) => line.endsWith(" ")));
}

type Names = { names: readonly string[]; size: number; cap: number; style: Style; partyLines: number };

function upright(
  context: PdfContext,
  columns: readonly ReportColumn[],
  { names, size, cap, style, partyLines }: Names,
): RoleHead {
  const { pen, density } = context;
  const broken = (high: number) => names.map((name) => pen.lines(name, style, high - density.x - 1));
  const lines = broken(cap);
  const widths = lines.map(({ length }) => Math.max(ROLE.least, length * lineStep(context, size) + density.x));
  const longest = Math.max(20, ...lines.flat().map((line) => pen.width(line.trimEnd(), style)));
  return {
    widths: withPartyNames(context, columns, widths, partyLines),
    height: Math.min(cap, longest + density.x + 2),
    upright: true,
    size,
    lines,
  };
}

/** Columns that are as wide as there is room, and all alike where that is enough for each. */
function widened(head: RoleHead, room: number): RoleHead {
  const each = Math.min(ROLE.usual, room / head.widths.length);
  const widths = head.widths.map((width) => Math.max(width, each));
  return sum(widths) <= room ? { ...head, widths } : head;
}

/** More and longer names than a page has room for: the head is as high as it takes. */
function squeezed(
  context: PdfContext,
  columns: readonly ReportColumn[],
  names: readonly string[],
  room: number,
): RoleHead {
  const size = SMALLEST;
  const style: Style = { face: "bold", size, color: INK };
  for (let cap = 60; cap < context.doc.page.height / 2; cap += 20) {
    const head = upright(context, columns, { names, size, cap, style, partyLines: 2 });
    if (sum(head.widths) <= room) return head;
  }
  return upright(context, columns, { names, size, cap: context.doc.page.height / 2, style, partyLines: 2 });
}

/** Widens the columns of a party until its name has room over them. */
function withPartyNames(
  { pen, density }: PdfContext,
  columns: readonly ReportColumn[],
  widths: readonly number[],
  partyLines = 2,
): number[] {
  const wider = [...widths];
  const numbers = partyNumbers(columns);
  for (const number of new Set(numbers)) {
    const places = numbers.flatMap((one, i) => (one === number ? [i] : []));
    const name = columns[places[0] ?? 0]?.party.name ?? "";
    const current = sum(places.map((i) => wider[i] ?? 0));
    let needed = current;
    while (needed < 160 && pen.lines(name, HEAD_TEXT, needed - density.x).length > partyLines) needed += 4;
    for (const i of places) wider[i] = (wider[i] ?? 0) + (needed - current) / places.length;
  }
  return wider;
}

type Widths = RoleHead & { code: number; duty: number };
type NameOf = (kind: string, number: number) => string;

function partyRow(columns: readonly ReportColumn[], { code, duty, widths }: Widths, name: NameOf): Row {
  const cells: Cell[] = [
    { text: "Code", width: code, style: HEAD_TEXT, head: "Column", rows: 2, open: "below" },
    { text: "Duty", width: duty, style: HEAD_TEXT, head: "Column", rows: 2, open: "below" },
  ];
  const numbers = partyNumbers(columns);
  columns.forEach(({ party }, i) => {
    const width = widths[i] ?? 0;
    const group = i > 0 && numbers[i] === numbers[i - 1] ? cells.at(-1) : undefined;
    if (group) {
      group.width += width;
      group.columns = (group.columns ?? 1) + 1;
    } else
      cells.push({
        text: party.name,
        width,
        columns: 1,
        style: { face: "bold", size: 8, color: PARTY[party.kind].ink },
        head: "Column",
        align: "centre",
        fill: PARTY[party.kind].tint,
        id: name("p", numbers[i] ?? 0),
      });
  });
  return { cells };
}

function roleRow(columns: readonly ReportColumn[], head: Widths, name: NameOf): Row {
  const { code, duty, widths, height, size, lines } = head;
  const below = (width: number): Cell => ({ text: "", width, style: HEAD_TEXT, head: "Column", open: "above" });
  return {
    height,
    cells: [
      below(code),
      below(duty),
      ...columns.map(({ role, party }, i): Cell => ({
        text: role.name,
        lines: lines[i],
        width: widths[i] ?? 0,
        style: { face: "bold", size, color: PARTY[party.kind].ink },
        head: "Column",
        fill: PARTY[party.kind].tint,
        id: name("r", i),
        ...(head.upright ? { upright: true } : { align: "centre" }),
      })),
    ],
  };
}

/**
 * A cell of letters: A is solid, R is outlined on a tint, C is plain, I is quiet, as on the screen and in other
 * formats.
 */
function letterCell(row: ReportRow, letters: readonly Letter[], kind: PartyKind, width: number): Cell {
  const { ink, tint } = PARTY[kind];
  const size = width < 20 ? 7 : 8;
  const cell = { text: reportCell(letters, row), width, align: "centre" as const };
  if (row.struck) return { ...cell, style: { face: "regular", size: size - 0.5, color: QUIET } };
  if (letters.includes("A"))
    return { ...cell, style: { face: "bold", size, color: "#FFFFFF" }, chip: { fill: ink, edge: ink } };
  if (letters.includes("R"))
    return { ...cell, style: { face: "bold", size, color: ink }, chip: { fill: tint, edge: ink } };
  return { ...cell, style: { face: "regular", size, color: letters.includes("C") ? INK : QUIET } };
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, one) => total + one, 0);
}
