import { useState } from "react";
import type { Letter } from "~/domain/matrix/shapes";
import { reject, type Result } from "~/domain/result";
import type { MatrixEditor } from "../../editor/editor-types";
import { readClipboard, readRows, writeHtml, writeRows, writeTsv, type Block } from "../paste/clipboard";
import {
  clearCells,
  copyBlock,
  dutiesIn,
  fillDown,
  planPaste,
  typeLetter,
  type GridColumn,
  type GridRow,
  type PastePlan,
} from "../matrix-view";
import {
  dutyCommands,
  columnsOf,
  guessReading,
  planDuties,
  tooMuch,
  type DutyBlock,
  type DutyPlan,
} from "../paste/paste-duties";
import type { GridCursor } from "./use-grid-cursor";

type Edit = ReturnType<typeof typeLetter>;

/** The edits of the selected cells: letters, clearing, filling, and the clipboard. One gesture is one step to undo. */
export function useGridActions({
  editor,
  rows,
  columns,
  cursor,
  say,
}: {
  editor: MatrixEditor | null;
  rows: readonly GridRow[];
  columns: readonly GridColumn[];
  cursor: GridCursor;
  say: (text: string) => void;
}) {
  const [pending, setPending] = useState<PastePlan | null>(null);
  const [asked, setAsked] = useState<DutyBlock | null>(null);
  const { area } = cursor;
  const duties = area ? dutiesIn(rows, area) : [];
  const across = area ? columns.slice(Math.max(0, area.left), area.right + 1) : [];

  function apply(edit: Edit) {
    if (typeof edit === "string") return say(edit);
    if (editor && edit.commands.length > 0) editor.run(edit.commands, edit.said);
  }

  function letter(value: Letter) {
    if (duties.length > 0 && across.length > 0) apply(typeLetter(duties, across, value));
  }

  /** Sets A and R in one cell, the usual case when one role answers and does. */
  function both() {
    const [duty] = duties;
    const [column] = across;
    if (duty && column && duties.length * across.length === 1)
      apply({
        commands: [{ type: "duty.letters", dutyId: duty.id, roleId: column.role.id, letters: ["A", "R"] }],
        said: `${column.role.name} answers and does: ${duty.code}`,
      });
  }

  function copy(event: ClipboardEvent, cut: boolean) {
    if (!area || duties.length === 0) return;
    event.preventDefault();
    const block = copyBlock(duties, across, area.left < 0);
    event.clipboardData?.setData("text/plain", writeTsv(block));
    event.clipboardData?.setData("text/html", writeHtml(block));
    if (area.left < 0 && event.clipboardData)
      writeRows(
        event.clipboardData,
        columns.map(({ role }) => role.id),
        copyBlock(duties, columns, true),
      );
    if (cut) apply(clearCells(duties, across));
    else
      say(
        duties.length * Math.max(1, across.length) === 1
          ? "Copied"
          : `Copied ${duties.length} × ${across.length + (area.left < 0 ? 1 : 0)}`,
      );
  }

  function paste(event: ClipboardEvent) {
    if (!editor || !area || !event.clipboardData) return;
    event.preventDefault();
    const block = readClipboard(event.clipboardData);
    if (block === "too-much")
      return say("The clipboard holds too much to be a block of letters. Copy only the cells you need.");
    if (block.length === 0) return say("The clipboard holds no cells. Copy a block in your spreadsheet first.");
    if (area.left < 0) return pasteDuties(block, event.clipboardData);
    const below = rows.slice(area.top).flatMap((row) => (row.kind === "duty" ? [row.duty] : []));
    const plan = planPaste({
      block,
      duties: below,
      columns: columns.slice(area.left),
      area: { rows: duties.length, columns: across.length },
    });
    if (plan.unknown.length > 0 || plan.rowsOver > 0 || plan.columnsOver > 0) return setPending(plan);
    pastePlan(plan);
  }

  function pastePlan(plan: PastePlan) {
    setPending(null);
    apply({ commands: plan.commands, said: `Pasted ${plan.cells} ${plan.cells === 1 ? "cell" : "cells"}` });
  }

  /**
   * Turns lines that are pasted into the duties' column into duties. If there are several columns, a dialog asks what
   * they are.
   */
  function pasteDuties(block: Block, data: DataTransfer) {
    const copied = readRows(data);
    const source: DutyBlock = copied
      ? { block: copied.block, roleIds: [null, ...copied.roleIds] }
      : { block, roleIds: null };
    const refusal = tooMuch(source);
    if (refusal) return say(refusal);
    if (columnsOf(source).length > 1) return setAsked(source);
    const plan = planDuties(source, guessReading(source, columns), columns, "RACI");
    if (plan.problem) return say(plan.problem);
    if (plan.duties.length > 0) addDuties(plan);
  }

  /** Adds the duties after the active one. */
  function addDuties(plan: DutyPlan): Result<unknown> {
    const row = cursor.row;
    if (!editor || row?.kind !== "duty")
      return reject("no-place", "Put the keys on a duty first. What is pasted goes below it.");
    const all = editor.matrix.duties;
    const beforeId = all[all.findIndex(({ id }) => id === row.id) + 1]?.id ?? null;
    const count = plan.duties.length;
    const result = editor.run(
      dutyCommands(plan, { domainId: row.duty.domainId, beforeId }, () => crypto.randomUUID()),
      `${count} ${count === 1 ? "duty" : "duties"} added below ${row.duty.code}`,
    );
    if (result.ok) setAsked(null);
    return result;
  }

  return {
    letter,
    both,
    clear: () => apply(clearCells(duties, across)),
    fillDown: () =>
      duties.length > 1
        ? apply(fillDown(duties, across))
        : say("Select the cells to fill with Shift and the arrows, then press Ctrl D."),
    copy,
    paste,
    pending,
    pastePending: () => pending && pastePlan(pending),
    dropPending: () => setPending(null),
    asked,
    addDuties,
    dropAsked: () => setAsked(null),
    moveRow(step: -1 | 1) {
      const row = cursor.row;
      if (!editor || row?.kind !== "duty") return;
      const near = rows[cursor.index + step];
      if (!near) return;
      const command =
        near.kind === "duty"
          ? beside(row.id, near, step, rows[cursor.index + step + 1])
          : intoNeighbour(row.id, near, step, rows, cursor.index);
      if (command) editor.run([command], `${row.duty.code} moved ${step < 0 ? "up" : "down"}`);
    },
    editorOnly: editor !== null,
  };
}

function beside(dutyId: string, near: Extract<GridRow, { kind: "duty" }>, step: -1 | 1, after: GridRow | undefined) {
  const beforeId = step < 0 ? near.duty.id : after?.kind === "duty" ? after.duty.id : null;
  return { type: "duty.move", dutyId, domainId: near.duty.domainId, beforeId } as const;
}

/** Moving past a heading puts a duty into the next domain: at its end going up, at its start going down. */
function intoNeighbour(
  dutyId: string,
  heading: Extract<GridRow, { kind: "domain" }>,
  step: -1 | 1,
  rows: readonly GridRow[],
  index: number,
) {
  if (step > 0)
    return { type: "duty.move", dutyId, domainId: heading.domain.id, beforeId: heading.duties[0]?.id ?? null } as const;
  const above = rows.slice(0, index - 1).findLast((row) => row.kind === "domain");
  return above?.kind === "domain"
    ? ({ type: "duty.move", dutyId, domainId: above.domain.id, beforeId: null } as const)
    : null;
}
