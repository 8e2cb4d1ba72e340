import { useMemo, useRef, useState, type CSSProperties, type KeyboardEvent, type ReactNode } from "react";
import type { Matrix } from "~/domain/matrix/matrix";
import type { Changes } from "../../changes/use-changes";
import type { MatrixEditor } from "../../editor/editor-types";
import { classNames } from "../../primitives/class-names";
import { pressOf } from "../../primitives/keys";
import { useFollow } from "../../primitives/use-follow";
import { gridColumns, type GridRow } from "../matrix-view";
import { PasteDialogs } from "../paste/paste-dialogs";
import { CarriedChip } from "../drag/drag-marks";
import { useDutyDrag } from "../drag/use-duty-drag";
import { activeRowKeys } from "./active-row";
import { GridBody } from "./grid-body";
import { GridFoot } from "./grid-foot";
import { COLUMN_PX } from "./grid-geometry";
import { GridHead } from "./grid-head";
import { cellId } from "./grid-row";
import styles from "./grid.module.css";
import { useClipboard } from "../paste/use-clipboard";
import { useGridActions } from "./use-grid-actions";
import { HEADER, useGridCursor } from "./use-grid-cursor";
import { pressInGrid } from "./use-grid-keys";
import { useGridMoves, useReveal } from "./use-grid-moves";
import { useGridPointer } from "./use-grid-pointer";
import { useLeftWidth } from "./use-left-width";
import { useRowRename } from "./use-row-rename";
import { useRowVirtualizer } from "./use-row-virtualizer";

type GridProps = {
  matrix: Matrix;
  editor: MatrixEditor | null;
  rows: readonly GridRow[];
  /** Whether each row says its duty's kind and pressures. */
  marked: boolean;
  /** What is marked as changed since a version; null where nothing is. */
  changes: Changes | null;
  openId: string | null;
  summary: ReactNode;
  onOpen: (dutyId: string) => void;
  onFold: (domainId: string, folded: boolean) => void;
  onAdd: (where: { domainId: string; beforeId: string | null }) => void;
  onSearch: () => void;
  onHelp: () => void;
};

/**
 * The matrix as a grid: only the rows in view are in the page, the whole grid is one tab stop, and the keys are a
 * spreadsheet's.
 */
export function Grid({
  matrix,
  editor,
  rows,
  marked,
  changes,
  openId,
  summary,
  onOpen,
  onFold,
  onAdd,
  onSearch,
  onHelp,
}: GridProps) {
  const { parties, roles, settings } = matrix;
  const columns = useMemo(() => gridColumns({ parties, roles }), [parties, roles]);
  const frame = useRef<HTMLDivElement>(null);
  const left = useLeftWidth(frame, columns.length * COLUMN_PX);
  const width = left + columns.length * COLUMN_PX;
  const cursor = useGridCursor(rows, columns.length);
  const [announcement, announce] = useState("");
  // With an editor its toast announces the sentence, to sighted readers too.
  const actions = useGridActions({ editor, rows, columns, cursor, say: editor ? editor.tell : announce });
  useClipboard(frame, actions);
  const virtual = useRowVirtualizer({ frame, rows, left, activeIndex: cursor.index });
  const rename = useRowRename(editor, frame);
  const follow = useFollow();

  // A dialog returns the focus to the button that opened it; the grid takes the focus a frame later.
  const refocus = () => void requestAnimationFrame(() => frame.current?.focus({ preventScroll: true }));
  const openMenuOf = (id: string) =>
    frame.current?.querySelector<HTMLButtonElement>(`[data-menu-of="${CSS.escape(id)}"]`)?.click();
  const openMenu = () =>
    openMenuOf(cursor.position.rowId === HEADER ? `role-${cursor.position.column}` : cursor.position.rowId);

  const drag = useDutyDrag({ frame, virtual, rows, editor, cursor, openMenuOf, refocus, announce });
  useReveal({ openId, left, cursor, virtual });
  const moves = useGridMoves({ frame, virtual, rows, columns, cursor, left });
  const pointer = useGridPointer({ rows, cursor, grip: drag.grip, onOpen, onFold });

  const rowKeys = activeRowKeys({
    matrix,
    rows,
    cursor,
    openMenu,
    onOpen,
    onFold,
    onRename: (dutyId) => editor && rename.start(dutyId),
    onAdd: (where) => editor && onAdd(where),
  });

  function press(event: KeyboardEvent<HTMLDivElement>) {
    if (event.target !== event.currentTarget) return;
    const keys = { ...actions, ...moves.keys, ...rowKeys, search: onSearch, help: onHelp };
    if (pressInGrid(event, keys)) event.preventDefault();
    if (!["Escape", "Tab", "Shift"].includes(pressOf(event).key)) moves.leaving.current = false;
  }

  const leftWidth: CSSProperties & Record<"--left", string> = { "--left": `${left}px` };
  const { position, row } = cursor;
  return (
    <>
      <div
        ref={frame}
        role="grid"
        aria-label="Responsibility matrix"
        aria-describedby="grid-keys"
        aria-rowcount={rows.length + 3}
        aria-colcount={columns.length + 1}
        aria-multiselectable
        aria-readonly={editor === null || undefined}
        aria-activedescendant={
          position.rowId === HEADER
            ? `role-${position.column}`
            : cellId(position.rowId, row?.kind === "domain" ? -1 : position.column)
        }
        tabIndex={0}
        className={classNames(styles.frame, drag.carried && styles.dragging)}
        style={leftWidth}
        onKeyDown={press}
        onFocus={() => (moves.leaving.current = false)}
        onClick={follow}
        {...pointer}
      >
        <div className={styles.grid}>
          <GridHead
            matrix={matrix}
            columns={columns}
            active={position.rowId === HEADER ? position.column : null}
            current={position.column}
            editor={editor}
            summary={summary}
            refocus={refocus}
          />
          <GridBody
            matrix={matrix}
            editor={editor}
            rows={rows}
            marked={marked}
            columns={columns}
            cursor={cursor}
            virtual={virtual}
            left={left}
            width={width}
            carried={drag.carried}
            changes={changes}
            openId={openId}
            rename={rename}
            onOpen={onOpen}
            onAdd={onAdd}
            onAddHere={rowKeys.addDuty}
            onMoveRow={actions.moveRow}
            refocus={refocus}
          />
          <GridFoot matrix={matrix} rows={rows} columns={columns} index={rows.length + 3} />
        </div>
      </div>
      <p id="grid-keys" className="vh">
        Arrows move. A, R, C and I set a letter, again to take it away. Enter opens the duty. Escape, then Tab, leaves
        the grid. Question mark lists all keys.
      </p>
      <p className="vh" aria-live="polite">
        {announcement}
      </p>
      {drag.carried && <CarriedChip carried={drag.carried} matrix={matrix} chip={drag.holdChip} />}
      <PasteDialogs actions={actions} columns={columns} scheme={settings.scheme} row={row} />
    </>
  );
}
