import { useMemo } from "react";
import type { Matrix } from "~/domain/matrix/matrix";
import type { Changes } from "../../changes/use-changes";
import type { MatrixEditor } from "../../editor/editor-types";
import type { DutyContext } from "../../findings/findings-context";
import type { GridColumn, GridRow } from "../matrix-view";
import { DomainMenu, DutyMenu } from "./row-menus";
import { LandingLine } from "../drag/drag-marks";
import { DOMAIN_PX, HEAD_PX, heightOf } from "./grid-geometry";
import { DomainRow, DutyRow } from "./grid-row";
import styles from "./grid.module.css";
import type { GridCursor } from "./use-grid-cursor";
import type { Carried } from "../drag/use-row-drag";
import type { RowRename } from "./use-row-rename";
import type { RowVirtualizer } from "./use-row-virtualizer";

type BodyProps = {
  matrix: Matrix;
  editor: MatrixEditor | null;
  rows: readonly GridRow[];
  marked: boolean;
  columns: readonly GridColumn[];
  cursor: GridCursor;
  virtual: RowVirtualizer;
  /** The width of the duties' column in pixels. */
  left: number;
  /** The width of all columns in pixels. */
  width: number;
  carried: Carried | null;
  /** What is marked as changed since a version; null where nothing is. */
  changes: Changes | null;
  openId: string | null;
  rename: RowRename;
  onOpen: (dutyId: string) => void;
  onAdd: (where: { domainId: string; beforeId: string | null }) => void;
  /** Adds a duty below the active row. */
  onAddHere: () => void;
  onMoveRow: (step: -1 | 1) => void;
  refocus: () => void;
};

/** The rows in view. The heading of the domain that is scrolled through stays at the top. */
export function GridBody(props: BodyProps) {
  const { rows, virtual, width, carried } = props;
  const { parties, roles, settings, accepted } = props.matrix;
  // One value for all rows, so that an edit of a duty draws no other row again.
  const structure = useMemo(() => ({ parties, roles, settings, accepted }), [parties, roles, settings, accepted]);
  const shared = { ...props, structure };
  const firstVisible = virtual.range?.startIndex ?? 0;
  const stuck = rows.findLastIndex((row, i) => row.kind === "domain" && i <= firstVisible);
  const topOf = (index: number) =>
    (virtual.measurementsCache[index]?.start ?? virtual.getTotalSize() + HEAD_PX) - HEAD_PX;
  return (
    <div role="rowgroup" className={styles.body} style={{ height: virtual.getTotalSize(), width }}>
      {stuck >= 0 && <BodyRow key={rows[stuck]?.id} {...shared} index={stuck} top={undefined} />}
      {virtual
        .getVirtualItems()
        .map(
          ({ index, start }) =>
            index !== stuck && <BodyRow key={rows[index]?.id} {...shared} index={index} top={start - HEAD_PX} />,
        )}
      {carried && <LandingLine carried={carried} top={topOf(carried.landing?.row ?? 0)} height={DOMAIN_PX} />}
    </div>
  );
}

/**
 * One row. Without `top` it is the heading that stays at the top. Menus exist in the active row alone, which is where
 * keys reach them.
 */
function BodyRow({
  index,
  top,
  structure,
  matrix,
  editor,
  rows,
  marked,
  columns,
  cursor,
  left,
  width,
  carried,
  changes,
  openId,
  rename,
  ...on
}: BodyProps & { index: number; top: number | undefined; structure: DutyContext }) {
  const row = rows[index];
  if (!row) return null;
  const active = index === cursor.index ? cursor.position.column : null;
  const height = heightOf(row, left);
  // The parties and the roles are the first two rows.
  const shared = { index: index + 3, top, height, width, active, columns };
  if (row.kind === "domain") {
    const menu = editor && active !== null && (
      <DomainMenu row={row} editor={editor} onAdd={on.onAdd} refocus={on.refocus} />
    );
    const heading = <DomainRow row={row} {...shared} matrix={matrix} menu={menu} />;
    return top === undefined ? (
      <div className={styles.stuck} style={{ height }}>
        {heading}
      </div>
    ) : (
      heading
    );
  }
  const { duty } = row;
  return (
    <DutyRow
      duty={duty}
      {...shared}
      selected={selectedColumns(cursor, index)}
      open={duty.id === openId}
      structure={structure}
      marked={marked}
      change={changes?.of.get(duty.id) ?? null}
      since={changes?.since ?? 0}
      matrixId={editor?.matrixId ?? null}
      menu={
        editor &&
        active !== null && (
          <DutyMenu
            duty={duty}
            editor={editor}
            onOpen={on.onOpen}
            onRename={() => rename.start(duty.id)}
            onAdd={on.onAddHere}
            onMove={on.onMoveRow}
            refocus={on.refocus}
          />
        )
      }
      movable={editor !== null}
      carried={carried?.dutyIds.includes(duty.id) ?? false}
      editing={rename.editingId === duty.id}
      onRename={rename.finish}
    />
  );
}

/** The first and last selected column of a row; null where the selection doesn't reach it. */
function selectedColumns({ anchor, area }: GridCursor, index: number): readonly [number, number] | null {
  return anchor && area && index >= area.top && index <= area.bottom ? [Math.max(0, area.left), area.right] : null;
}
