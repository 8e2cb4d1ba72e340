import { useRef, useState } from "react";
import type { Matrix } from "~/domain/matrix/matrix";
import { ChangesBar } from "../changes/changes-bar";
import { DutyDrawer } from "../duty/duty-drawer";
import { DRAWER_PARTS } from "../duty/lazy-form";
import type { MatrixEditor } from "../editor/editor-types";
import { FindingCounts } from "../findings/finding-counts";
import { usePreloaded } from "../primitives/lazily";
import { BoardColumns } from "./board-columns";
import { BoardBalance, NoDuties, NoMatch, PhoneTabs, SelectionBar } from "./board-parts";
import { BoardRail } from "./board-rail";
import { BoardToolbar } from "./board-toolbar";
import type { BoardColumn } from "./board-view";
import styles from "./board.module.css";
import { BoardDialogs, type BoardOpen } from "./dialogs/board-dialogs";
import { BOARD_DIALOGS } from "./dialogs/lazy-dialogs";
import { useBoardEdits } from "./use-board-edits";
import { useBoardKeys, useFocusAfterRender } from "./use-board-keys";
import { useBoardSelection } from "./use-board-selection";
import { useCardClicks } from "./use-card-clicks";
import { useKeyboardCarry } from "./use-keyboard-carry";
import { useVisibleDuties } from "./use-visible-duties";

/**
 * The board: every duty in the column of who does it or who answers. Without an editor it shows a version, which can
 * only be read.
 */
export function Board({ matrix, editor }: { matrix: Matrix; editor: MatrixEditor | null }) {
  const { filter, filtered, dutyId, set, changed, marking, changes, columns, visibleIds } = useVisibleDuties(matrix);
  const { lens } = filter;
  const [dialog, setDialog] = useState<BoardOpen | null>(null);
  const [draggedIds, setDraggedIds] = useState<string[] | null>(null);
  const [chosenKey, setChosenKey] = useState<string | null>(null);
  const search = useRef<HTMLInputElement>(null);
  const selection = useBoardSelection(visibleIds);
  const { movedWith } = selection;
  const focusAfterRender = useFocusAfterRender();
  const { moveTo, remove } = useBoardEdits({ editor, lens, visibleIds, selection, setDialog, focusAfterRender });
  const carry = useKeyboardCarry({ matrix, lens, columns, movedWith, moveTo });
  usePreloaded(BOARD_DIALOGS);
  usePreloaded(DRAWER_PARTS);
  const readOnly = editor === null;
  const matrixId = editor?.matrixId ?? null;
  const add = editor && (() => setDialog({ kind: "add" }));
  const chooseTarget = (id: string) => setDialog({ kind: "move", dutyIds: movedWith(id) });
  const help = () => setDialog({ kind: "help" });
  const open = (id: string) => set("duty", id);
  const click = useCardClicks({ readOnly, selection, onOpen: open, onMenu: chooseTarget });
  const phoneKey = phoneColumn(columns, chosenKey)?.key;

  useBoardKeys({
    columns,
    readOnly,
    carrying: carry.dutyIds !== null,
    lift: carry.lift,
    aim: carry.aim,
    drop: carry.drop,
    cancel: carry.cancel,
    open,
    chooseTarget,
    remove: (id) => remove(movedWith(id)),
    extend: selection.add,
    selectAll: selection.selectAll,
    clearSelection: selection.clear,
    help,
    search: () => search.current?.focus(),
  });

  function drop(id: string, key: string | null) {
    const column = columns.find((other) => other.key === key);
    setDraggedIds(null);
    if (column) moveTo(movedWith(id), column);
  }

  function clearSearch() {
    set("q", "");
    if (search.current) search.current.value = "";
  }

  function closeDrawer() {
    focusAfterRender(dutyId);
    set("duty", "");
  }

  return (
    <div className={styles.board} data-print="flow">
      <BoardRail
        matrix={matrix}
        lens={lens}
        domainId={filter.domainId}
        onChoose={(id) => set("domain", id)}
        editor={editor}
      />
      <div className={styles.main} data-print="flow">
        <h1 className="vh">{readOnly ? "The board of this version" : "Board"}</h1>
        <BoardToolbar
          ref={search}
          matrix={matrix}
          filter={filter}
          set={set}
          onAdd={add}
          onHelp={help}
          findings={matrixId && <FindingCounts matrixId={matrixId} />}
        />
        <ChangesBar state={marking} only={changed} set={set} />
        {matrix.duties.length === 0 ? (
          <NoDuties onAdd={add} />
        ) : (
          <>
            <BoardBalance matrix={matrix} lens={lens} />
            <PhoneTabs columns={columns} current={phoneKey} onChoose={setChosenKey} />
            {visibleIds.length === 0 && filter.query && <NoMatch query={filter.query} onClear={clearSearch} />}
            <BoardColumns
              columns={columns}
              matrix={matrix}
              lens={lens}
              marked={filter.kind !== ""}
              total={visibleIds.length}
              matrixId={matrixId}
              readOnly={readOnly}
              selection={selection.ids}
              carriedIds={carry.dutyIds}
              overKey={carry.overKey}
              draggedIds={draggedIds}
              phoneKey={phoneKey}
              filtered={filtered}
              changes={changes}
              dragHandlers={{ onStart: (id) => setDraggedIds(movedWith(id)), onEnd: drop }}
              onClick={click}
            />
          </>
        )}
      </div>
      {selection.ids.size > 0 && editor && (
        <SelectionBar
          count={selection.ids.size}
          visible={visibleIds.length}
          onMove={() => setDialog({ kind: "move", dutyIds: visibleIds.filter((id) => selection.ids.has(id)) })}
          onSelectAll={selection.selectAll}
          onClear={selection.clear}
        />
      )}
      <p className="vh" aria-live="assertive">
        {carry.announcement}
      </p>
      {dialog && (
        <BoardDialogs
          open={dialog}
          matrix={matrix}
          editor={editor}
          lens={lens}
          domainId={filter.domainId}
          onMove={moveTo}
          onOpenDuty={open}
          onDelete={remove}
          onFocus={focusAfterRender}
          onShared={selection.clear}
          onClose={() => setDialog(null)}
        />
      )}
      {dutyId && (
        <DutyDrawer
          matrix={matrix}
          dutyId={dutyId}
          editor={editor}
          order={visibleIds}
          onOpen={open}
          onClose={closeDrawer}
        />
      )}
    </div>
  );
}

/** The column that a phone shows: the chosen one, else the first with duties that somebody has. */
function phoneColumn(columns: readonly BoardColumn[], chosenKey: string | null): BoardColumn | undefined {
  return (
    columns.find(({ key }) => key === chosenKey) ??
    columns.find(({ count, key }) => count > 0 && key !== "unassigned") ??
    columns[0]
  );
}
