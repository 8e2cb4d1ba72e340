import { useMemo } from "react";
import type { Matrix } from "~/domain/matrix/matrix";
import { balanceOf, balanceWords, columnKind, type Lens } from "~/domain/matrix/owner";
import { BalanceBar } from "../marks/balance-bar";
import { PartyMark } from "../marks/party-mark";
import { Button } from "../primitives/button";
import { Empty } from "../primitives/empty";
import type { BoardColumn } from "./board-view";
import styles from "./board.module.css";

/** How all duties divide between the columns, as a bar. */
export function BoardBalance({ matrix, lens }: { matrix: Matrix; lens: Lens }) {
  const parts = useMemo(() => balanceOf(matrix, lens), [matrix, lens]);
  return (
    <div className={styles.balance}>
      <BalanceBar parts={parts} size="board" label={balanceWords(parts)} />
    </div>
  );
}

/** Chooses the one column that a phone shows. */
export function PhoneTabs({
  columns,
  current,
  onChoose,
}: {
  columns: readonly BoardColumn[];
  current: string | undefined;
  onChoose: (key: string) => void;
}) {
  return (
    <div className={styles.phoneTabs} role="group" aria-label="Column">
      {columns.map((column) => (
        <button
          key={column.key}
          type="button"
          aria-pressed={column.key === current}
          onClick={() => onChoose(column.key)}
        >
          <PartyMark kind={columnKind(column)} />
          <bdi translate={column.party ? "no" : "yes"}>{column.label}</bdi>
          <b>{column.count}</b>
        </button>
      ))}
    </div>
  );
}

/** What can be done with the selected cards. */
export function SelectionBar({
  count,
  visible,
  onMove,
  onSelectAll,
  onClear,
}: {
  count: number;
  visible: number;
  onMove: () => void;
  onSelectAll: () => void;
  onClear: () => void;
}) {
  return (
    <div className={styles.selectionBar} data-selection-bar role="region" aria-label="Selection" data-print="hide">
      <b>{count} selected</b>
      <Button size="sm" variant="primary" onClick={onMove}>
        Move to…
      </Button>
      <Button size="sm" onClick={onSelectAll}>
        Select all {visible} shown
      </Button>
      <Button size="sm" onClick={onClear}>
        Clear
      </Button>
    </div>
  );
}

/** Stands in place of the columns while the matrix has no duties. */
export function NoDuties({ onAdd }: { onAdd: (() => void) | null }) {
  return (
    <Empty
      title="No duties yet"
      action={
        onAdd && (
          <Button variant="primary" onClick={onAdd}>
            Add a duty
          </Button>
        )
      }
    >
      Write down what somebody must do, one verb phrase each, and give each to who does it.
    </Empty>
  );
}

/** Stands above the empty columns when a search finds no duty. */
export function NoMatch({ query, onClear }: { query: string; onClear: () => void }) {
  return (
    <Empty title={`No duty matches “${query}”.`} action={<Button onClick={onClear}>Clear the search</Button>}>
      Clear the filter or add a duty.
    </Empty>
  );
}
