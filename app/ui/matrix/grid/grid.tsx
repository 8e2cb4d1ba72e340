import { defaultRangeExtractor, useVirtualizer } from "@tanstack/react-virtual";
import { useEffect, useMemo, useRef, useState, type CSSProperties, type PointerEvent, type ReactNode } from "react";
import type { Matrix } from "~/domain/matrix";
import { balanceParts, balanceWords } from "../../board/board-view";
import type { Changes } from "../../changes/use-changes";
import type { MatrixEditor } from "../../editor/editor-types";
import { BalanceBar } from "../../marks/balance-bar";
import { classNames } from "../../primitives/class-names";
import { pressOf } from "../../primitives/keys";
import { useFollow } from "../../primitives/use-follow";
import { CarriedChip, LandingLine } from "./drag-marks";
import { GridFoot } from "./grid-foot";
import { COLUMN_PX, DOMAIN_PX, FOOT_PX, HEAD_PX, heightOf, OVER, placeOf } from "./grid-geometry";
import { GridHead } from "./grid-head";
import { cellId, DomainRow, DutyRow } from "./grid-row";
import styles from "./grid.module.css";
import { DomainMenu, DutyMenu } from "../menus/row-menus";
import { dutiesIn, gridColumns, type GridRow } from "../matrix-view";
import { PasteDialog } from "../paste-dialog";
import { PasteDutiesDialog } from "../paste-duties-dialog";
import { useClipboard } from "./use-clipboard";
import { useGridActions } from "./use-grid-actions";
import { pressInGrid } from "./use-grid-keys";
import { useGridMoves } from "./use-grid-moves";
import { HEADER, useGridPlace } from "./use-grid-place";
import { useLeftWidth } from "./use-left-width";
import { useRowDrag } from "./use-row-drag";

type GridProps = {
  matrix: Matrix;
  editor: MatrixEditor | null;
  rows: readonly GridRow[];
  /** What is marked as changed since a version; null where nothing is. */
  changes: Changes | null;
  openId: string | null;
  summary: ReactNode;
  onOpen: (dutyId: string) => void;
  onFold: (domainId: string, folded: boolean) => void;
  onAdd: (near: { domainId: string; beforeId: string | null }) => void;
  onSearch: () => void;
  onHelp: () => void;
};

/** The matrix as a grid: only the rows in view are in the page, one tab stop, keys as in a spreadsheet. */
export function Grid({ matrix, editor, rows, changes, openId, summary, onOpen, onFold, onAdd, onSearch, onHelp }: GridProps) {
  const { parties, roles, settings, accepted } = matrix;
  const columns = useMemo(() => gridColumns({ parties, roles }), [parties, roles]);
  const structure = useMemo(() => ({ parties, roles, settings, accepted }), [parties, roles, settings, accepted]);
  const follow = useFollow();
  const frame = useRef<HTMLDivElement>(null);
  const left = useLeftWidth(frame, columns.length * COLUMN_PX);
  const at = useGridPlace(rows, columns.length);
  const [editing, setEditing] = useState<string | null>(null);
  const [heard, setHeard] = useState("");
  // Where there is an editor its toast says it, to eye and ear.
  const say = editor ? editor.tell : setHeard;
  const sweeping = useRef(false);
  const actions = useGridActions({ editor, rows, columns, at, say });
  useClipboard(frame, actions);

  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => frame.current,
    estimateSize: (i) => heightOf(rows[i], left),
    getItemKey: (i) => rows[i]?.id ?? i,
    initialRect: { width: 1_200, height: 800 },
    overscan: 6,
    scrollMargin: HEAD_PX,
    scrollPaddingStart: HEAD_PX + DOMAIN_PX,
    scrollPaddingEnd: FOOT_PX + 8,
    // The row the keys are in stays in the page, so that it can be named as the active one.
    rangeExtractor: (range) => [...new Set([...defaultRangeExtractor(range), ...(at.index >= 0 ? [at.index] : [])])].sort((a, b) => a - b),
  });
  useEffect(() => virtual.measure(), [virtual, left, rows]);

  const drag = useRowDrag({
    frame,
    virtual,
    rows,
    editor,
    together(dutyId) {
      const chosen = at.anchor && at.area ? dutiesIn(rows, at.area).map(({ id }) => id) : [];
      return chosen.includes(dutyId) ? chosen : [dutyId];
    },
    onPress(dutyId) {
      at.go({ rowId: dutyId, column: -1 }, false);
      requestAnimationFrame(() => clickMenuOf(dutyId));
    },
    onDropped(dutyId, { domain, into }) {
      if (!at.anchor) at.go(into ? { rowId: `domain:${domain.id}`, column: -1 } : { rowId: dutyId, column: Math.max(-1, at.place.column) }, false);
      refocus();
    },
    say: setHeard,
  });

  // A duty opened from elsewhere, by a link or the drawer's arrows, is where the keys go on, and in view.
  const reveal = useRef((_dutyId: string) => undefined);
  reveal.current = (dutyId) => {
    const index = at.indexOf.get(dutyId);
    if (index === undefined) return;
    virtual.scrollToIndex(index, { align: "auto" });
    if (at.place.rowId !== dutyId) at.go({ rowId: dutyId, column: Math.max(0, at.place.column) }, false);
  };
  useEffect(() => {
    if (openId) reveal.current(openId);
  }, [openId, left]);

  const moves = useGridMoves({ frame, virtual, rows, columns, at, left });

  // A dialog gives the focus back to what opened it as it closes; the grid takes it after that.
  const refocus = () => void requestAnimationFrame(() => frame.current?.focus({ preventScroll: true }));
  const clickMenuOf = (id: string) => frame.current?.querySelector<HTMLButtonElement>(`[data-menu-of="${CSS.escape(id)}"]`)?.click();
  const clickMenu = () => clickMenuOf(at.place.rowId === HEADER ? `role-${at.place.column}` : at.place.rowId);
  const addHere = () => {
    if (!editor) return;
    const domainId = at.row?.kind === "duty" ? at.row.duty.domainId : at.row?.kind === "domain" ? at.row.domain.id : (matrix.domains[0]?.id ?? "");
    const after = at.row?.kind === "duty" ? rows[at.index + 1] : null;
    onAdd({ domainId, beforeId: after?.kind === "duty" ? after.duty.id : null });
  };

  const keys = {
    ...actions,
    ...moves.keys,
    open: () => (at.row?.kind === "duty" ? onOpen(at.row.duty.id) : at.row ? onFold(at.row.domain.id, !at.row.folded) : clickMenu()),
    rename: () => editor && at.row?.kind === "duty" && setEditing(at.row.id),
    menu: clickMenu,
    addDuty: addHere,
    search: onSearch,
    help: onHelp,
  };

  function point(event: PointerEvent<HTMLDivElement>) {
    drag.grip(event);
    const target = event.target instanceof Element ? event.target : null;
    if (!target || event.button > 0 || target.closest(OVER)) return;
    const place = placeOf(target);
    if (!place) return;
    at.go(place, event.shiftKey && place.column >= 0);
    sweeping.current = place.column >= 0 && event.pointerType === "mouse";
    if (place.column >= 0) return;
    const row = rows[at.indexOf.get(place.rowId) ?? -1];
    if (row?.kind === "domain") onFold(row.domain.id, !row.folded);
    else if (row) onOpen(row.duty.id);
  }

  function sweep(event: PointerEvent<HTMLDivElement>) {
    const place = sweeping.current && event.target instanceof Element ? placeOf(event.target) : null;
    if (place && place.column >= 0 && (place.rowId !== at.place.rowId || place.column !== at.place.column) && at.indexOf.has(place.rowId)) at.go(place, true);
  }

  const widths: CSSProperties & Record<"--left", string> = { "--left": `${left}px` };
  const items = virtual.getVirtualItems();
  const first = virtual.range?.startIndex ?? 0;
  const stuck = rows.findLastIndex((row, i) => row.kind === "domain" && i <= first);
  const width = left + columns.length * COLUMN_PX;
  const selectedOf = (index: number): readonly [number, number] | null => (at.anchor && at.area && index >= at.area.top && index <= at.area.bottom ? [Math.max(0, at.area.left), at.area.right] : null);

  const topOf = (index: number) => (virtual.measurementsCache[index]?.start ?? virtual.getTotalSize() + HEAD_PX) - HEAD_PX;

  function draw(index: number, start: number, sticky: boolean) {
    const row = rows[index];
    if (!row) return null;
    const active = index === at.index ? at.place.column : null;
    const height = heightOf(row, left);
    const style = { top: sticky ? undefined : start - HEAD_PX, height, width };
    const aria = { index: index + 3, style, active, columns };
    if (row.kind === "domain") {
      const parts = balanceParts(matrix, "does", row.duties);
      const balance = <span className={styles.domainBar}><BalanceBar parts={parts} size="rail" label={balanceWords(parts)} /></span>;
      const heading = <DomainRow key={row.id} row={row} {...aria} balance={balance} menu={editor && active !== null && <DomainMenu row={row} editor={editor} onAdd={onAdd} refocus={refocus} />} />;
      return sticky ? <div key={row.id} className={styles.stuck} style={{ height }}>{heading}</div> : heading;
    }
    const menu = editor && active !== null && <DutyMenu duty={row.duty} editor={editor} onOpen={onOpen} onRename={() => setEditing(row.id)} onAdd={addHere} onMove={actions.moveRow} refocus={refocus} />;
    return <DutyRow key={row.id} duty={row.duty} {...aria} selected={selectedOf(index)} open={row.id === openId} structure={structure} change={changes?.of.get(row.id) ?? null} since={changes?.since ?? 0} matrixId={editor?.matrixId ?? null} menu={menu} movable={editor !== null} carried={drag.carried?.dutyIds.includes(row.id) ?? false} editing={editing === row.id} onRename={rename.current} />;
  }

  const renameNow = (dutyId: string, text: string | null, was: string) => {
    setEditing(null);
    if (text !== null) editor?.run([{ type: "duty.edit", dutyId, set: { text }, was }], "Duty renamed");
    frame.current?.focus({ preventScroll: true });
  };
  const latest = useRef(renameNow);
  latest.current = renameNow;
  const rename = useRef((dutyId: string, text: string | null, was: string) => latest.current(dutyId, text, was));

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
        aria-activedescendant={at.place.rowId === HEADER ? `role-${at.place.column}` : cellId(at.place.rowId, at.row?.kind === "domain" ? -1 : at.place.column)}
        tabIndex={0}
        className={classNames(styles.frame, drag.carried && styles.dragging)}
        style={widths}
        onKeyDown={(event) => {
          if (event.target !== event.currentTarget) return;
          if (pressInGrid(event, keys)) event.preventDefault();
          if (!["Escape", "Tab", "Shift"].includes(pressOf(event).key)) moves.leaving.current = false;
        }}
        onFocus={() => (moves.leaving.current = false)}
        onClick={follow}
        onPointerDown={point}
        onPointerMove={sweep}
        onPointerUp={() => (sweeping.current = false)}
        onDoubleClick={(event) => event.target instanceof Element && !event.target.closest(OVER) && event.target.closest("[data-col]") && at.row?.kind === "duty" && onOpen(at.row.duty.id)}
      >
        <div className={styles.grid}>
          <GridHead matrix={matrix} columns={columns} active={at.place.rowId === HEADER ? at.place.column : null} current={at.place.column} editor={editor} summary={summary} refocus={refocus} />
          <div role="rowgroup" className={styles.body} style={{ height: virtual.getTotalSize(), width }}>
            {stuck >= 0 && draw(stuck, 0, true)}
            {items.map(({ index, start }) => (index === stuck ? null : draw(index, start, false)))}
            {drag.carried && <LandingLine carried={drag.carried} top={topOf(drag.carried.landing?.row ?? 0)} height={DOMAIN_PX} />}
          </div>
          <GridFoot matrix={matrix} rows={rows} columns={columns} index={rows.length + 3} />
        </div>
      </div>
      <p id="grid-keys" className="vh">
        Arrows move. A, R, C and I set a letter, again to take it away. Enter opens the duty. Escape, then Tab, leaves the grid. Question mark lists all keys.
      </p>
      <p className="vh" aria-live="polite">{heard}</p>
      {drag.carried && <CarriedChip carried={drag.carried} matrix={matrix} chip={drag.holdChip} />}
      {actions.asked && <PasteDutiesDialog source={actions.asked} columns={columns} scheme={settings.scheme} below={at.row?.kind === "duty" ? at.row.duty.code : ""} onPaste={actions.addDuties} onClose={actions.dropAsked} />}
      {actions.pending && <PasteDialog plan={actions.pending} onPaste={actions.pastePending} onClose={actions.dropPending} />}
    </>
  );
}
