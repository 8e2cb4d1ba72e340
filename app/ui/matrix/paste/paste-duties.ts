import { DUTY_FIELDS } from "~/domain/parts/duties";
import { parseCell } from "~/domain/matrix/cell";
import type { MatrixCommand } from "~/domain/editing/commands";
import { LIMITS } from "~/domain/limits";
import type { Letter, Settings } from "~/domain/matrix/shapes";
import { checkText, normalised } from "~/domain/text";
import { widthOf, type Block } from "./clipboard";
import type { GridColumn } from "../matrix-view";

/**
 * A block that is pasted into the duties' column. `roleIds` names the role of each column if the block was copied from
 * a matrix.
 */
export type DutyBlock = { block: Block; roleIds: readonly (string | null)[] | null };
/** How to read a block: which column is the duty, whether the first row has headings, and whether letters are read. */
type DutyReading = { text: number; heading: boolean; letters: boolean };
type PastedDuty = { text: string; cells: Record<string, Letter[]> };
/**
 * `unread` is the number of cells that are no letters of this matrix. `problem` is a sentence why nothing can be added.
 */
export type DutyPlan = { duties: PastedDuty[]; unread: number; problem: string | null };

/** A code or number in front of a duty: `1.2`, `IAM-03`, `b)`, `iv.`, a bullet. */
const NUMBERING =
  /^(?:[(]?\d+(?:[.)\-/]\d+)*[.)]?|[\p{L}]{1,6}[-. ]?\d+(?:[.\-]\d+)*|[ivxlc]+[.)]|\p{L}[.)]|[•·‣▪o*–—-])$/iu;
const DUTY_HEADS = new Set([
  "duty",
  "duties",
  "task",
  "tasks",
  "activity",
  "activities",
  "responsibility",
  "responsibilities",
  "process",
  "what",
]);

/** Why a block is too large to be read as duties; null if it isn't. */
export function tooMuch({ block }: DutyBlock): string | null {
  if (block.length > MOST + 1) return `At most ${MOST} duties can be pasted at once. Paste them in parts.`;
  return widthOf(block) > MOST_COLUMNS
    ? `At most ${MOST_COLUMNS} columns can be pasted beside the duties. Copy only those you need.`
    : null;
}

/** The columns that aren't empty, each with its first text. */
export function columnsOf({ block }: DutyBlock): { column: number; sample: string }[] {
  return Array.from({ length: widthOf(block) }, (_, column) => ({
    column,
    sample: block
      .map((row) => cellOf(row, column))
      .filter(Boolean)
      .slice(0, 3)
      .join(", "),
  })).filter(({ sample }) => sample !== "");
}

/**
 * Guesses how to read a block: the duty is the first column with different texts that are neither numbers nor letters.
 */
export function guessReading(source: DutyBlock, columns: readonly GridColumn[]): DutyReading {
  const { block, roleIds } = source;
  const heads = block[0] ?? [];
  const heading =
    roleIds === null &&
    block.length > 1 &&
    heads.some((head) => DUTY_HEADS.has(plain(head)) || columns.some(({ role }) => isHeadOf(head, role.name)));
  const rows = heading ? block.slice(1) : block;
  const words = Array.from({ length: widthOf(block) }, (_, column) => {
    const said = rows
      .map((row) => cellOf(row, column))
      .filter((text) => text !== "" && !NUMBERING.test(text) && parseCell(text) === null);
    return { column, said: said.length, different: new Set(said).size, length: said.join("").length };
  });
  const named = heading ? heads.findIndex((head) => DUTY_HEADS.has(plain(head))) : -1;
  const likely =
    words.find(({ said, different }) => said > rows.length / 2 && different > said * 0.8) ??
    words.toSorted((a, b) => b.length - a.length)[0];
  const text = named >= 0 ? named : (likely?.column ?? 0);
  const held = letterColumns(source, { text, heading, letters: true }, columns);
  return { text, heading, letters: roleIds !== null || heading ? held.length > 0 : held.length === columns.length };
}

/**
 * The role of each other column: as copied, by its heading, or, if all of them are letters, in the order of the roles.
 */
export function letterColumns(
  { block, roleIds }: DutyBlock,
  { text, heading }: DutyReading,
  columns: readonly GridColumn[],
): { column: number; roleId: string; name: string }[] {
  const as = (column: number, found: GridColumn | undefined) =>
    found && column !== text ? [{ column, roleId: found.role.id, name: found.role.name }] : [];
  if (roleIds)
    return roleIds.flatMap((roleId, column) =>
      as(
        column,
        columns.find(({ role }) => role.id === roleId),
      ),
    );
  if (heading) {
    const free = new Set(columns);
    return (block[0] ?? []).flatMap((head, column) => {
      const found = [...free].find(({ role }) => isHeadOf(head, role.name));
      if (found) free.delete(found);
      return as(column, found);
    });
  }
  const behind = Math.max(0, widthOf(block) - text - 1);
  const cells = block.flatMap((row) => Array.from({ length: behind }, (_, i) => parseCell(cellOf(row, text + 1 + i))));
  if (
    behind < 1 ||
    behind > columns.length ||
    cells.some((letters) => letters === null) ||
    cells.every((letters) => letters?.length === 0)
  )
    return [];
  return columns.slice(0, behind).flatMap((found, i) => as(text + 1 + i, found));
}

/** The duties of a block. Cells that are no letters of this matrix are left out and counted. */
export function planDuties(
  source: DutyBlock,
  reading: DutyReading,
  columns: readonly GridColumn[],
  scheme: Settings["scheme"],
): DutyPlan {
  const held = reading.letters ? letterColumns(source, reading, columns) : [];
  const plan: DutyPlan = { duties: [], unread: 0, problem: null };
  source.block.forEach((row, i) => {
    const text = cellOf(row, reading.text);
    if (text === "" || (reading.heading && i === 0)) return;
    const checked = checkText(text, DUTY_FIELDS.text.rule);
    if (!checked.ok) plan.problem ??= `Row ${i + 1}: ${checked.rejection.message}`;
    const cells: Record<string, Letter[]> = {};
    for (const { column, roleId } of held) {
      const letters = parseCell(cellOf(row, column));
      if (!letters || (scheme === "RACI" && letters.includes("S"))) plan.unread += 1;
      else if (letters.length > 0) cells[roleId] = letters;
    }
    plan.duties.push({ text, cells });
  });
  if (plan.duties.length > MOST) plan.problem = `At most ${MOST} duties can be pasted at once. Paste them in parts.`;
  return plan;
}

/** Adding a duty takes two commands: one for the duty, one for its letters. */
const MOST = LIMITS.commandsPerStep / 2;
const MOST_COLUMNS = 100;

/** The commands that add the duties. Each is placed before the same duty, so that they keep their order. */
export function dutyCommands(
  { duties }: DutyPlan,
  { domainId, beforeId }: { domainId: string; beforeId: string | null },
  mint: () => string,
): MatrixCommand[] {
  return duties.flatMap(({ text, cells }): MatrixCommand[] => {
    const dutyId = mint();
    const add: MatrixCommand = { type: "duty.add", dutyId, domainId, text, beforeId };
    return Object.keys(cells).length > 0 ? [add, { type: "duty.cells", dutyId, cells }] : [add];
  });
}

function cellOf(row: readonly string[], column: number): string {
  return (row[column] ?? "").trim();
}

function plain(text: string): string {
  return normalised(text, "NFKC").trim().toLowerCase();
}

/** Spreadsheets write the party below the role's name, or after it in brackets. */
function isHeadOf(head: string, name: string): boolean {
  return plain(head) === plain(name) || plain(head.split(/[\n(]/)[0] ?? "") === plain(name);
}
