import { memo, useEffect, useRef, type KeyboardEvent, type ReactNode } from "react";
import type { DutyChange } from "~/domain/changes/comparison";
import { kindWords } from "~/domain/matrix/kinds";
import { cellText, lettersOf } from "~/domain/matrix/letters";
import type { Matrix } from "~/domain/matrix/matrix";
import { standingWords } from "~/domain/parts/duties";
import { balanceOf, balanceWords } from "~/domain/matrix/owner";
import type { Duty, Letter } from "~/domain/matrix/shapes";
import { changeWords } from "../../changes/change-words";
import type { DutyContext } from "../../findings/findings-context";
import { BalanceBar } from "../../marks/balance-bar";
import { LetterChip } from "../../marks/letter-chip";
import { classNames } from "../../primitives/class-names";
import { ChevronDown, ChevronRight, FileDiff, Icon } from "../../primitives/icon";
import { pressOf } from "../../primitives/keys";
import { DutyMarks } from "../duty-marks";
import styles from "./grid.module.css";
import { cellName, type GridColumn, type GridRow } from "../matrix-view";

/** The element id of a cell, for `aria-activedescendant`. */
export function cellId(rowId: string, column: number): string {
  return `cell-${rowId}-${column}`;
}

type RowProps = {
  /** The row's number among all rows of the grid, from 1. */
  index: number;
  /**
   * Pixels; without `top` the row stands where its parent puts it. Numbers of their own, since a memoised row is drawn
   * again for each new object.
   */
  top: number | undefined;
  height: number;
  width: number;
  /** The active column where this row has it. */
  active: number | null;
  columns: readonly GridColumn[];
};

type DutyRowProps = RowProps & {
  duty: Duty;
  /** First and last selected column when this row is part of the selected area. */
  selected: readonly [number, number] | null;
  open: boolean;
  structure: DutyContext;
  marked: boolean;
  /** What changed in the duty since version `since`; null if nothing did or nothing is compared. */
  change: DutyChange | null;
  since: number;
  /** The matrix whose findings the row's mark links to; null in a version, which has none. */
  matrixId: string | null;
  /** The menu of the active row; null in every other row. */
  menu: ReactNode;
  /** Whether the row can be dragged. */
  movable: boolean;
  /** Whether the row is being dragged: it stays in place, pale, until it is dropped. */
  carried: boolean;
  editing: boolean;
  onRename: (dutyId: string, text: string | null, was: string) => void;
};

/** A duty with a cell for every role. It is memoised, so it is rendered again only when its own props change. */
export const DutyRow = memo(function DutyRow({
  index,
  top,
  height,
  width,
  active,
  columns,
  duty,
  selected,
  open,
  structure,
  marked,
  change,
  since,
  matrixId,
  menu,
  movable,
  carried,
  editing,
  onRename,
}: DutyRowProps) {
  const struckWords = standingWords(duty.standing);
  return (
    <div
      role="row"
      aria-rowindex={index}
      className={classNames(styles.row, open && styles.open, carried && styles.left)}
      style={{ top, height, width }}
      data-row={duty.id}
    >
      <div
        role="rowheader"
        aria-colindex={1}
        id={cellId(duty.id, -1)}
        data-col={-1}
        className={classNames(styles.duty, active === -1 && styles.focus)}
      >
        <span className={styles.code}>{duty.code}</span>
        {editing ? (
          <RenameInput duty={duty} onRename={onRename} />
        ) : (
          <span className={styles.text} dir="auto">
            {duty.text}
            {struckWords && <i> {struckWords}</i>}
          </span>
        )}
        {marked && <span className={styles.kind}>{kindWords(duty)}</span>}
        {change && <ChangeMark words={changeWords(change, since)} />}
        <DutyMarks duty={duty} structure={structure} matrixId={matrixId} draft={matrixId !== null} />
        <span className={styles.menuPlace}>{menu}</span>
        {/* Last, so that the row is called by its duty; it stands at the left all the same. */}
        {movable && (
          <button
            type="button"
            tabIndex={-1}
            className={styles.grip}
            data-grip={duty.id}
            aria-label={`Move ${duty.code}`}
            title="Drag to move, press for the menu"
          />
        )}
      </div>
      {columns.map((column, i) => {
        const letters = lettersOf(duty, column.role.id);
        const was =
          change && !change.kinds.includes("added")
            ? change.letters.find(({ roleId }) => roleId === column.role.id)?.before
            : undefined;
        const inside = selected !== null && i >= selected[0] && i <= selected[1];
        return (
          <div
            key={column.role.id}
            role="gridcell"
            aria-colindex={i + 2}
            id={cellId(duty.id, i)}
            data-col={i}
            aria-label={was ? `${cellName(column, duty)}. ${wasWords(was)}` : cellName(column, duty)}
            title={was && wasWords(was)}
            aria-selected={inside || undefined}
            className={classNames(
              styles.cell,
              column.edge && styles.edge,
              inside && styles.selected,
              active === i && styles.focus,
              was && styles.changed,
            )}
          >
            {letters.length > 0 && (
              <LetterChip letters={letters} kind={column.party.kind} resting={struckWords !== ""} />
            )}
          </div>
        );
      })}
    </div>
  );
});

/** Says that the duty differs from the version that is compared with, and how. */
function ChangeMark({ words }: { words: string }) {
  return (
    <span title={words} className={styles.changeMark}>
      <Icon of={FileDiff} size={14} label={words} />
    </span>
  );
}

const wasWords = (letters: readonly Letter[]) => `Was ${letters.length > 0 ? cellText(letters) : "empty"}`;

/** Edits the duty's text in its row: Enter or blur saves, Escape restores the text before. */
function RenameInput({ duty, onRename }: { duty: Duty; onRename: DutyRowProps["onRename"] }) {
  const input = useRef<HTMLInputElement>(null);
  const done = useRef(false);
  const was = useRef(duty.text).current;

  useEffect(() => {
    input.current?.focus();
    input.current?.select();
  }, []);

  function finish(text: string | null) {
    if (done.current) return;
    done.current = true;
    onRename(duty.id, text === was ? null : text, was);
  }

  function press(event: KeyboardEvent<HTMLInputElement>) {
    event.stopPropagation();
    const { key } = pressOf(event);
    if (key === "Enter") finish(event.currentTarget.value);
    if (key === "Escape") finish(null);
  }

  return (
    <input
      ref={input}
      dir="auto"
      className={styles.rename}
      aria-label={`Text of ${duty.code}`}
      defaultValue={was}
      onKeyDown={press}
      onBlur={(event) => finish(event.currentTarget.value)}
    />
  );
}

type DomainRowProps = RowProps & { row: Extract<GridRow, { kind: "domain" }>; matrix: Matrix; menu: ReactNode };

/** The heading of a domain, which folds and unfolds its duties. */
export const DomainRow = memo(function DomainRow({
  index,
  top,
  height,
  width,
  active,
  columns,
  row,
  matrix,
  menu,
}: DomainRowProps) {
  const count = row.duties.length;
  const parts = balanceOf(matrix, "does", row.duties);
  return (
    <div role="row" aria-rowindex={index} className={styles.domain} style={{ top, height, width }} data-row={row.id}>
      <div
        role="gridcell"
        aria-colindex={1}
        aria-colspan={columns.length + 1}
        aria-expanded={!row.folded}
        aria-label={`${row.domain.name}, ${count} ${count === 1 ? "duty" : "duties"}`}
        id={cellId(row.id, -1)}
        data-col={-1}
        className={classNames(styles.domainCell, active !== null && styles.focus)}
      >
        <Icon of={row.folded ? ChevronRight : ChevronDown} size={14} />
        <span className={styles.domainName} dir="auto">
          {row.domain.name}
        </span>
        <span className={styles.domainCount}>
          {count} {count === 1 ? "duty" : "duties"}
        </span>
        <span className={styles.domainBar}>
          <BalanceBar parts={parts} size="rail" label={balanceWords(parts)} />
        </span>
        {menu}
      </div>
    </div>
  );
});
