import { HeightRule, TableCell, TableRow, TextDirection, VerticalAlignTable, WidthType, type Table } from "docx";
import { reportCell, type Report, type ReportColumn, type ReportRow } from "~/domain/report";
import { letterStyleId, partyStyleId, roleStyleId } from "./styles.server";
import { cell, styled, table } from "./table.server";

const CODE = 900;
const LEAST_DUTY = 2_600;
const ROLE = { least: 300, most: 760 };
/** A party with one role needs room for its own name over it. */
const ONLY_ROLE = 1_050;

/** The responsibility matrix: parties over roles, domains as rows of their own, both header rows repeated on every page. */
export function matrixTable(report: Report, [from, to]: [number, number], width: number): Table {
  const columns = report.columns.slice(from, to);
  const alone = columns.map(({ party }) => columns.filter((other) => other.party.id === party.id).length === 1);
  const wide = alone.filter(Boolean).length;
  const role = Math.max(ROLE.least, Math.min(ROLE.most, Math.floor((width - CODE - LEAST_DUTY - wide * ONLY_ROLE) / Math.max(1, columns.length - wide))));
  const roles = alone.map((only) => (only ? ONLY_ROLE : role));
  const duty = Math.max(LEAST_DUTY, width - CODE - roles.reduce((sum, one) => sum + one, 0));
  const widths = [CODE, duty, ...roles];
  const rows = report.sections.flatMap(({ domain, rows: duties }) => [domainRow(domain.name, widths), ...duties.map((row) => dutyRow({ ...row, cells: row.cells.slice(from, to) }, columns, { duty, roles }))]);
  return table([partyRow(columns, { duty, roles }), roleRow(columns, { duty, roles }), ...rows], widths);
}

type Widths = { duty: number; roles: number[] };

function partyRow(columns: ReportColumn[], { duty, roles }: Widths): TableRow {
  const groups: { name: string; kind: ReportColumn["party"]["kind"]; count: number; width: number; id: string }[] = [];
  columns.forEach(({ party }, i) => {
    const last = groups.at(-1);
    const width = roles[i] ?? 0;
    if (last?.id === party.id) Object.assign(last, { count: last.count + 1, width: last.width + width });
    else groups.push({ id: party.id, name: party.name, kind: party.kind, count: 1, width });
  });
  const heads = groups.map(({ name, kind, count, width }) => new TableCell({ children: [styled(name, partyStyleId(kind))], columnSpan: count, verticalAlign: VerticalAlignTable.CENTER, width: { size: width, type: WidthType.DXA } }));
  return new TableRow({ tableHeader: true, cantSplit: true, children: [cell("", "CellHead", CODE), cell("", "CellHead", duty), ...heads] });
}

function roleRow(columns: ReportColumn[], { duty, roles }: Widths): TableRow {
  const bottom = (text: string, width: number) => new TableCell({ children: [styled(text, "CellHead")], verticalAlign: VerticalAlignTable.BOTTOM, width: { size: width, type: WidthType.DXA } });
  const upright = columns.map(({ role: { name }, party }, i) => new TableCell({ children: [styled(name, roleStyleId(party.kind))], textDirection: TextDirection.BOTTOM_TO_TOP_LEFT_TO_RIGHT, verticalAlign: VerticalAlignTable.CENTER, width: { size: roles[i] ?? 0, type: WidthType.DXA } }));
  return new TableRow({ tableHeader: true, cantSplit: true, height: { value: headHeight(columns), rule: HeightRule.EXACT }, children: [bottom("Code", CODE), bottom("Duty", duty), ...upright] });
}

/** High enough for the longest role name, which breaks into a second line where it is very long. */
function headHeight(columns: readonly ReportColumn[]): number {
  const longest = Math.max(0, ...columns.map(({ role }) => role.name.length));
  return Math.max(800, Math.min(1_900, 200 + longest * 95));
}

function domainRow(name: string, widths: number[]): TableRow {
  const width = widths.reduce((sum, one) => sum + one, 0);
  return new TableRow({ cantSplit: true, children: [new TableCell({ children: [styled(name, "CellDomain")], columnSpan: widths.length, width: { size: width, type: WidthType.DXA } })] });
}

function dutyRow(row: ReportRow, columns: ReportColumn[], { duty, roles }: Widths): TableRow {
  const letters = columns.map(({ party }, i) => {
    const held = row.cells[i] ?? [];
    return cell(reportCell(held), letterStyleId(held, party.kind), roles[i] ?? 0);
  });
  return new TableRow({ cantSplit: true, children: [cell(row.code, "CellCode", CODE), cell(row.text, "CellText", duty), ...letters] });
}
