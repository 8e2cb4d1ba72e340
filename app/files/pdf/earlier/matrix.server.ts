import type { Letter, PartyKind } from "~/domain/matrix/shapes";
import { reportCell, rowText, type Report, type ReportColumn, type ReportRow } from "~/domain/pack/report";
import { INK, QUIET, type Style } from "../pen.server";
import type { Cell, PdfContext, Row, StructureElement } from "../rows.server";
import { drawTable, type EarlierRow } from "./table.server";
import { drawableText } from "../typefaces.server";

const PARTY: Record<PartyKind, { ink: string; tint: string }> = {
  client: { ink: "#2A5C9E", tint: "#E8F0F9" },
  provider: { ink: "#8F550C", tint: "#F9F0E0" },
  "third-party": { ink: "#4E5F66", tint: "#EBF0F1" },
};
const CODE = 46;
const LEAST_DUTY = 150;
const ROLE = { least: 17, most: 36 };
/** A party with one role needs room for its own name over it. */
const ONLY_ROLE = 52;
const TEXT: Style = { face: "regular", size: 8, color: INK };
const QUIET_TEXT: Style = { face: "regular", size: 7.5, color: QUIET };
const HEAD_TEXT: Style = { face: "bold", size: 8, color: INK };
const ROLE_SIZE = 7.5;

/** Draws the responsibility matrix: a head with parties over their roles, then a row for each domain and each duty. */
export function drawMatrix(
  context: PdfContext,
  parent: StructureElement,
  report: Report,
  [from, to]: [number, number],
): void {
  const columns = report.columns.slice(from, to);
  const { width } = context.pages;
  const alone = columns.map(({ party }) => columns.filter((other) => other.party.id === party.id).length === 1);
  const onlyRoles = alone.filter(Boolean).length;
  const role = Math.max(
    ROLE.least,
    Math.min(ROLE.most, (width - CODE - LEAST_DUTY - onlyRoles * ONLY_ROLE) / Math.max(1, columns.length - onlyRoles)),
  );
  const roles = alone.map((only) => (only ? ONLY_ROLE : role));
  const duty = Math.max(LEAST_DUTY, width - CODE - sum(roles));
  const whole = CODE + duty + sum(roles);
  const letterSize = role < 20 ? 7 : 8;
  const rows = report.sections.flatMap(({ domain, rows: duties }): EarlierRow[] => [
    { cells: [{ text: domain.name, width: whole, style: HEAD_TEXT, head: "Row" }], height: 17, with: 17 },
    ...duties.map((row): Row => ({
      cells: [
        { text: row.code, width: CODE, style: QUIET_TEXT },
        { text: rowText(row), width: duty, style: TEXT, head: "Row" },
        ...columns.map(({ party }, i) =>
          letterCell(row, row.cells[from + i] ?? [], party.kind, { width: roles[i] ?? role, size: letterSize }),
        ),
      ],
    })),
  ]);
  drawTable(context, parent, {
    label: "Responsibility matrix",
    head: [partyRow(columns, { duty, roles }), roleRow(context, columns, { duty, roles })],
    rows,
  });
}

type Widths = { duty: number; roles: number[] };

function partyRow(columns: readonly ReportColumn[], { duty, roles }: Widths): Row {
  const cells: Cell[] = [{ text: "", width: CODE + duty, style: HEAD_TEXT, head: "Column" }];
  let last: string | null = null;
  columns.forEach(({ party }, i) => {
    const width = roles[i] ?? 0;
    const group = cells.at(-1);
    if (group && last === party.id) group.width += width;
    else
      cells.push({
        text: party.name,
        width,
        style: { face: "bold", size: 8, color: PARTY[party.kind].ink },
        head: "Column",
        align: "centre",
        fill: PARTY[party.kind].tint,
      });
    last = party.id;
  });
  return { cells };
}

function roleRow({ pen }: PdfContext, columns: readonly ReportColumn[], { duty, roles }: Widths): Row {
  const style = (kind: PartyKind): Style => ({ face: "bold", size: ROLE_SIZE, color: PARTY[kind].ink });
  const longest = Math.max(
    30,
    ...columns.map(({ role, party }) => pen.width(drawableText(role.name), style(party.kind))),
  );
  const height = Math.min(120, longest + 10);
  return {
    height,
    cells: [
      { text: "Code", width: CODE, style: HEAD_TEXT, head: "Column" },
      { text: "Duty", width: duty, style: HEAD_TEXT, head: "Column" },
      ...columns.map(({ role, party }, i): Cell => ({
        text: firstLine(pen.lines(role.name.replace(/\s+/g, " "), style(party.kind), height - 8)),
        width: roles[i] ?? 0,
        style: style(party.kind),
        head: "Column",
        upright: true,
        fill: PARTY[party.kind].tint,
      })),
    ],
  };
}

/** The first line of a name, with an ellipsis where more lines follow. */
function firstLine([first = "", ...rest]: string[]): string {
  return rest.length > 0 ? `${first.trimEnd()}…` : first;
}

/**
 * A cell of letters: A is solid, R is outlined on a tint, C is plain, I is quiet, as on the screen and in other
 * formats.
 */
function letterCell(
  row: ReportRow,
  letters: readonly Letter[],
  kind: PartyKind,
  { width, size }: { width: number; size: number },
): Cell {
  const { ink, tint } = PARTY[kind];
  const text = reportCell(letters, row);
  if (row.struck) return { text, width, align: "centre", style: { face: "regular", size: size - 1, color: QUIET } };
  if (letters.includes("A"))
    return {
      text,
      width,
      align: "centre",
      style: { face: "bold", size, color: "#FFFFFF" },
      chip: { fill: ink, edge: ink },
    };
  if (letters.includes("R"))
    return { text, width, align: "centre", style: { face: "bold", size, color: ink }, chip: { fill: tint, edge: ink } };
  return { text, width, align: "centre", style: { face: "regular", size, color: letters.includes("C") ? INK : QUIET } };
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, one) => total + one, 0);
}
