import { memo } from "react";
import type { Matrix } from "~/domain/matrix/matrix";
import { columnKind, type Lens } from "~/domain/matrix/owner";
import { PartyMark } from "../marks/party-mark";
import { changeWords } from "../changes/change-words";
import type { Changes } from "../changes/use-changes";
import { classNames } from "../primitives/class-names";
import { duties, dropTitle, readingOrder, type BoardColumn } from "./board-view";
import styles from "./board.module.css";
import { useDropColumn } from "./dnd";
import { DutyCard } from "./duty-card";

type ColumnProps = {
  column: BoardColumn;
  matrix: Matrix;
  lens: Lens;
  marked: boolean;
  total: number;
  /** Whose findings the marks lead to; null in a version. */
  matrixId: string | null;
  readOnly: boolean;
  active: boolean;
  selection: ReadonlySet<string>;
  tabStop: string | null;
  lifted: ReadonlySet<string>;
  /** What a drop here would do, while cards are dragged or carried; null otherwise. */
  result: string | null;
  aimed: boolean;
  filtered: boolean;
  /** What is marked as changed since a version; null where nothing is. */
  changes: Changes | null;
};

/** One owner's duties, grouped by domain. */
export const BoardColumnView = memo(function BoardColumnView(props: ColumnProps) {
  const { column, lens, total, readOnly, active, result, aimed } = props;
  const { ref, isDropTarget } = useDropColumn(column.key, readOnly);
  const over = aimed || (isDropTarget && result !== null);
  // Tab stops once in each column: at the card that last had the focus, or at the first.
  const order = readingOrder(column);
  const stop = props.tabStop !== null && order.includes(props.tabStop) ? props.tabStop : order[0];
  const share = total > 0 ? Math.round((column.count / total) * 100) : 0;
  return (
    <section
      ref={ref}
      data-column={column.key}
      aria-label={`${column.label}, ${duties(column.count)}`}
      className={classNames(styles.column, styles[columnKind(column)], over && styles.over, active && styles.active)}
    >
      <header className={styles.columnHead}>
        <PartyMark kind={columnKind(column)} />
        <h2 className={styles.columnName} title={column.label}>
          <bdi translate={column.party ? "no" : "yes"}>{column.label}</bdi>
        </h2>
        <span className={styles.count}>{column.count}</span>
        <span className={styles.share}>{share}%</span>
      </header>
      <div className={styles.scroll} data-print="flow">
        {over && result !== null && (
          <p className={styles.slot}>
            <b>{dropTitle(column, lens)}</b>
            {result}
          </p>
        )}
        {column.groups.map(({ domain, duties: list }) => (
          <div
            key={domain.id}
            className={styles.group}
            style={{ containIntrinsicSize: `auto ${28 + list.length * 74}px` }}
          >
            <h3>
              <bdi>{domain.name}</bdi> <span>{list.length}</span>
            </h3>
            <ul>
              {list.map((duty) => (
                <DutyCard
                  key={duty.id}
                  duty={duty}
                  parties={props.matrix.parties}
                  roles={props.matrix.roles}
                  settings={props.matrix.settings}
                  accepted={props.matrix.accepted}
                  matrixId={props.matrixId}
                  lens={lens}
                  marked={props.marked}
                  readOnly={readOnly}
                  selected={props.selection.has(duty.id)}
                  tabStop={stop === duty.id}
                  lifted={props.lifted.has(duty.id)}
                  changed={wordsFor(props.changes, duty.id)}
                />
              ))}
            </ul>
          </div>
        ))}
        {column.count === 0 && <p className={styles.nothing}>{emptyWords(column, lens, props.filtered)}</p>}
      </div>
    </section>
  );
});

function wordsFor(changes: Changes | null, dutyId: string): string | null {
  const change = changes?.of.get(dutyId);
  return change && changes ? changeWords(change, changes.since) : null;
}

function emptyWords(column: BoardColumn, lens: Lens, filtered: boolean): string {
  if (filtered) return "Nothing here matches the filter.";
  if (column.target === "unassigned")
    return lens === "does"
      ? "Nothing unassigned. Somebody does every duty."
      : "Nothing unassigned. Every duty has an owner.";
  if (column.target === "shared") return "Nothing is shared. Drop a duty here when both do part of it.";
  return column.party?.kind === "third-party"
    ? "Nothing sits here. Vendors can do the work; one of you answers for it."
    : "Nothing here yet. Drop a duty, or choose Move to… on one.";
}
