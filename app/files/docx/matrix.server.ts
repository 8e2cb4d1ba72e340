import { reportCell, rowText, type Report, type ReportColumn, type ReportRow } from "~/domain/pack/report";
import { letterStyleId, partyStyleId, roleStyleId } from "./styles.server";
import { cell, row, table, type MarkedTable } from "./table.server";

const CODE = 900;
const LEAST_DUTY = 2_600;
const ROLE = { least: 300, most: 760 };
/** A party with one role needs room for its own name over it. */
const ONLY_ROLE = 1_050;

/**
 * The responsibility matrix: two head rows with parties over their roles, which every page repeats, then a row for each
 * domain and each duty.
 */
export function matrixTable(report: Report, [from, to]: [number, number], width: number): MarkedTable {
  const columns = report.columns.slice(from, to);
  const alone = columns.map(({ party }) => columns.filter((other) => other.party.id === party.id).length === 1);
  const onlyRoles = alone.filter(Boolean).length;
  const role = Math.max(
    ROLE.least,
    Math.min(
      ROLE.most,
      Math.floor((width - CODE - LEAST_DUTY - onlyRoles * ONLY_ROLE) / Math.max(1, columns.length - onlyRoles)),
    ),
  );
  const roles = alone.map((only) => (only ? ONLY_ROLE : role));
  const duty = Math.max(LEAST_DUTY, width - CODE - roles.reduce((sum, one) => sum + one, 0));
  const widths = [CODE, duty, ...roles];
  const within = { duty, roles };
  const rows = report.sections.flatMap(({ domain, rows: duties }) => [
    domainRow(domain.name, widths),
    ...duties.map((line) => dutyRow({ ...line, cells: line.cells.slice(from, to) }, columns, within)),
  ]);
  return table([partyRow(columns, within), roleRow(columns, within), ...rows], widths);
}

type Widths = { duty: number; roles: number[] };

function partyRow(columns: ReportColumn[], { duty, roles }: Widths): string {
  const groups: { name: string; kind: ReportColumn["party"]["kind"]; count: number; width: number; id: string }[] = [];
  columns.forEach(({ party }, i) => {
    const last = groups.at(-1);
    const width = roles[i] ?? 0;
    if (last?.id === party.id) Object.assign(last, { count: last.count + 1, width: last.width + width });
    else groups.push({ id: party.id, name: party.name, kind: party.kind, count: 1, width });
  });
  const heads = groups.map(({ name, kind, count, width }) =>
    cell(name, partyStyleId(kind), width, { span: count, verticalAlign: "center" }),
  );
  return row([cell("", "CellHead", CODE), cell("", "CellHead", duty), ...heads], { head: true });
}

function roleRow(columns: ReportColumn[], { duty, roles }: Widths): string {
  const upright = columns.map(({ role: { name }, party }, i) =>
    cell(name, roleStyleId(party.kind), roles[i] ?? 0, { upright: true, verticalAlign: "center" }),
  );
  return row(
    [
      cell("Code", "CellHead", CODE, { verticalAlign: "bottom" }),
      cell("Duty", "CellHead", duty, { verticalAlign: "bottom" }),
      ...upright,
    ],
    { head: true, height: headHeight(columns) },
  );
}

/** High enough for the longest role name, which breaks into a second line where it is very long. */
function headHeight(columns: readonly ReportColumn[]): number {
  const longest = Math.max(0, ...columns.map(({ role }) => role.name.length));
  return Math.max(800, Math.min(1_900, 200 + longest * 95));
}

function domainRow(name: string, widths: number[]): string {
  const width = widths.reduce((sum, one) => sum + one, 0);
  return row([cell(name, "CellDomain", width, { span: widths.length })]);
}

function dutyRow(line: ReportRow, columns: ReportColumn[], { duty, roles }: Widths): string {
  const { code, cells, struck } = line;
  const letters = columns.map(({ party }, i) => {
    const held = cells[i] ?? [];
    return cell(reportCell(held, line), letterStyleId(struck ? [] : held, party.kind), roles[i] ?? 0);
  });
  return row([cell(code, "CellCode", CODE), cell(rowText(line), "CellText", duty), ...letters]);
}
