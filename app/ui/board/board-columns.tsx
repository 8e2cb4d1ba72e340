import { useMemo, useState, type MouseEvent } from "react";
import type { Matrix } from "~/domain/matrix/matrix";
import type { Column, Lens } from "~/domain/matrix/owner";
import type { Changes } from "../changes/use-changes";
import { BoardColumnView } from "./board-column";
import { dropResult, duties, type BoardColumn } from "./board-view";
import styles from "./board.module.css";
import card from "./card.module.css";
import { DragArea, type DragHandlers } from "./dnd";
import { CardText } from "./duty-card";
import { focusedCard } from "./use-board-keys";

type ColumnsProps = {
  columns: readonly BoardColumn[];
  matrix: Matrix;
  lens: Lens;
  /** Whether each card says its kind and its pressures. */
  marked: boolean;
  /** How many cards are on screen. */
  total: number;
  /** Whose findings the marks lead to; null in a version. */
  matrixId: string | null;
  readOnly: boolean;
  selection: ReadonlySet<string>;
  /** The cards that the keyboard carries, and the column they would be dropped on. */
  carriedIds: readonly string[] | null;
  overKey: string | null | undefined;
  /** The cards that the pointer drags. */
  draggedIds: readonly string[] | null;
  /** The one column that a phone shows. */
  phoneKey: string | undefined;
  filtered: boolean;
  changes: Changes | null;
  dragHandlers: DragHandlers;
  onClick: (event: MouseEvent) => void;
};

/** The columns side by side, onto which cards are dragged. */
export function BoardColumns({ columns, matrix, lens, carriedIds, draggedIds, ...props }: ColumnsProps) {
  const [tabStop, setTabStop] = useState<string | null>(null);
  const lifted = useMemo(() => new Set(carriedIds ?? []), [carriedIds]);
  const movingIds = carriedIds ?? draggedIds;

  function resultFor(column: Column): string | null {
    if (!movingIds) return null;
    const [first] = movingIds;
    return movingIds.length === 1 && first
      ? dropResult(matrix, first, lens, column)
      : `${duties(movingIds.length)}, each by its own roles`;
  }

  return (
    <DragArea
      handlers={props.dragHandlers}
      overlay={(id) => <DraggedCard dutyId={id} count={draggedIds?.length ?? 1} matrix={matrix} lens={lens} />}
    >
      <div
        className={styles.columns}
        data-print="flow"
        style={{ gridTemplateColumns: columns.map(widthOf).join(" ") }}
        onClick={props.onClick}
        onFocus={() => setTabStop((current) => focusedCard() ?? current)}
      >
        {columns.map((column) => (
          <BoardColumnView
            key={column.key}
            column={column}
            matrix={matrix}
            lens={lens}
            marked={props.marked}
            total={props.total}
            matrixId={props.matrixId}
            readOnly={props.readOnly}
            active={column.key === props.phoneKey}
            selection={props.selection}
            tabStop={tabStop}
            lifted={lifted}
            result={resultFor(column)}
            aimed={column.key === props.overKey}
            filtered={props.filtered}
            changes={props.changes}
          />
        ))}
      </div>
    </DragArea>
  );
}

/** The width of a column as a track of the CSS grid. */
function widthOf({ party, target }: Column): string {
  if (target === "unassigned") return "minmax(168px, .7fr)";
  return party?.kind === "third-party" ? "minmax(160px, .6fr)" : "minmax(210px, 1.1fr)";
}

/** The card that follows the pointer, with how many others move with it. */
function DraggedCard({ dutyId, count, matrix, lens }: { dutyId: string; count: number; matrix: Matrix; lens: Lens }) {
  const duty = matrix.duties.find(({ id }) => id === dutyId);
  if (!duty) return null;
  return (
    <div className={styles.overlay}>
      <div className={card.card}>
        <CardText
          duty={duty}
          parties={matrix.parties}
          roles={matrix.roles}
          settings={matrix.settings}
          accepted={matrix.accepted}
          matrixId={null}
          lens={lens}
          marked={false}
        />
      </div>
      {count > 1 && <span className={styles.more}>+{count - 1}</span>}
    </div>
  );
}
