import { useCallback, useEffect, useMemo, useRef, useState, type MouseEvent } from "react";
import type { Matrix } from "~/domain/matrix";
import type { Column } from "~/domain/owner";
import { ChangesBar } from "../changes/changes-bar";
import { useChanges } from "../changes/use-changes";
import { DutyDrawer } from "../duty/duty-drawer";
import { DRAWER_PARTS } from "../duty/lazy-form";
import type { MatrixEditor } from "../editor/editor-types";
import { FindingCounts } from "../findings/finding-counts";
import { BalanceBar } from "../marks/balance-bar";
import { PartyMark } from "../marks/party-mark";
import { Button } from "../primitives/button";
import { Empty } from "../primitives/empty";
import { usePreloaded } from "../primitives/lazily";
import { useFollow } from "../primitives/use-follow";
import { BoardColumnView } from "./board-column";
import { BoardRail } from "./board-rail";
import { BoardToolbar } from "./board-toolbar";
import { balanceParts, balanceWords, boardColumns, dropResult, dropTitle, duties, kindOf, readingOrder } from "./board-view";
import styles from "./board.module.css";
import card from "./card.module.css";
import { DragArea } from "./dnd";
import { CardText } from "./duty-card";
import { BoardDialogs, type BoardOpen } from "./dialogs/board-dialogs";
import { BOARD_DIALOGS } from "./dialogs/lazy-dialogs";
import { useDutyFilter } from "../duty/use-duty-filter";
import { focusCard, focusedCard, useBoardKeys } from "./use-board-keys";

type Carried = { dutyIds: string[]; column: number } | null;
const NONE: ReadonlySet<string> = new Set();

/** The board: every duty in the column of who does it or who answers. Without an editor it is a version, to be read. */
export function Board({ matrix, editor }: { matrix: Matrix; editor: MatrixEditor | null }) {
  const { filter, dutyId, since, changed, set } = useDutyFilter();
  const marking = useChanges(matrix, since);
  const changes = marking.kind === "shown" ? marking.changes : null;
  const among = changed ? changes?.of : null;
  const columns = useMemo(() => boardColumns(matrix, { ...filter, among }), [matrix, filter, among]);
  const shown = useMemo(() => columns.flatMap(readingOrder), [columns]);
  const [selection, setSelection] = useState(NONE);
  const [anchor, setAnchor] = useState<string | null>(null);
  const [tabStop, setTabStop] = useState<string | null>(null);
  const [carried, setCarried] = useState<Carried>(null);
  const [dragged, setDragged] = useState<string[] | null>(null);
  const [open, setOpen] = useState<BoardOpen | null>(null);
  const [phoneKey, setPhoneKey] = useState<string | null>(null);
  const [announced, setAnnounced] = useState("");
  const search = useRef<HTMLInputElement>(null);
  const focusNext = useRef<string | null>(null);
  const readOnly = editor === null;
  const follow = useFollow();
  usePreloaded(BOARD_DIALOGS);
  usePreloaded(DRAWER_PARTS);
  const { lens } = filter;
  const filtered = Boolean(filter.query || filter.domainId || filter.owner || among);

  useEffect(() => {
    if (focusNext.current) focusCard(focusNext.current);
    focusNext.current = null;
  });

  const together = useCallback((id: string) => (selection.has(id) ? shown.filter((other) => selection.has(other)) : [id]), [selection, shown]);

  const moveTo = useCallback(
    (dutyIds: string[], column: Column) => {
      if (!editor || dutyIds.length === 0) return;
      if (column.target === "shared") return setOpen({ kind: "share", dutyIds });
      const said = dutyIds.length > 1 ? `${duties(dutyIds.length)} moved to ${column.label}` : `Moved to ${column.label}`;
      focusNext.current = dutyIds[0] ?? null;
      editor.run(dutyIds.map((id) => ({ type: "duty.assign", dutyId: id, lens, to: column.target })), said);
      setSelection(NONE);
      setOpen(null);
    },
    [editor, lens],
  );

  function remove(dutyIds: string[]) {
    const after = shown[shown.indexOf(dutyIds[0] ?? "") + 1];
    focusNext.current = after ?? null;
    editor?.run(dutyIds.map((id) => ({ type: "duty.delete", dutyId: id })), dutyIds.length > 1 ? `${duties(dutyIds.length)} deleted` : "Duty deleted");
    setSelection(NONE);
    setOpen(null);
  }

  function aimAt(next: Carried) {
    setCarried(next);
    const column = next && columns[next.column];
    if (!next || !column) return;
    const [first] = next.dutyIds;
    const result = next.dutyIds.length === 1 && first ? dropResult(matrix, first, lens, column) : duties(next.dutyIds.length);
    setAnnounced(`Over ${column.label}, ${duties(column.count)}. Drop: ${dropTitle(column, lens)}. ${result}.`);
  }

  const wordsFor = (dutyIds: readonly string[]) => (dutyIds.length === 1 ? (matrix.duties.find(({ id }) => id === dutyIds[0])?.text ?? "") : duties(dutyIds.length));

  useBoardKeys({
    columns,
    readOnly,
    carrying: carried !== null,
    lift(id) {
      const dutyIds = together(id);
      const column = columns.findIndex((other) => readingOrder(other).includes(id));
      setCarried({ dutyIds, column });
      setAnnounced(`Picked up ${wordsFor(dutyIds)}. Arrow keys choose the column, Space drops, Escape puts it back.`);
    },
    aim: (step) => carried && aimAt({ ...carried, column: Math.min(columns.length - 1, Math.max(0, carried.column + step)) }),
    drop() {
      const column = carried && columns[carried.column];
      setCarried(null);
      setAnnounced("");
      if (carried && column) moveTo(carried.dutyIds, column);
    },
    cancel() {
      setCarried(null);
      setAnnounced("Put back.");
    },
    open: (id) => set("duty", id),
    chooseTarget: (id) => setOpen({ kind: "move", dutyIds: together(id) }),
    remove: (id) => remove(together(id)),
    extend: (from, to) => setSelection((current) => new Set([...current, from, to])),
    selectAll: () => setSelection(new Set(shown)),
    clearSelection: () => setSelection(NONE),
    help: () => setOpen({ kind: "help" }),
    search: () => search.current?.focus(),
  });

  function click(event: MouseEvent) {
    const target = event.target instanceof Element ? event.target : null;
    if (follow(event)) return;
    const id = target?.closest("[data-duty]")?.getAttribute("data-duty");
    if (!id) return;
    if (target?.closest("[data-menu]")) return setOpen({ kind: "move", dutyIds: together(id) });
    if (readOnly || !(event.shiftKey || event.ctrlKey || event.metaKey)) {
      setAnchor(id);
      return set("duty", id);
    }
    setSelection((current) => {
      if (!event.shiftKey) return toggled(current, id);
      const [from, to] = [shown.indexOf(anchor ?? id), shown.indexOf(id)].sort((a, b) => a - b);
      return new Set([...current, ...shown.slice(from, (to ?? 0) + 1)]);
    });
    setAnchor(id);
  }

  const activeIds = carried?.dutyIds ?? dragged;
  const aimed = carried ? columns[carried.column]?.key : null;
  const resultFor = (column: Column): string | null => {
    if (!activeIds) return null;
    const [first] = activeIds;
    return activeIds.length === 1 && first ? dropResult(matrix, first, lens, column) : `${duties(activeIds.length)}, each by its own roles`;
  };
  const phone = columns.find(({ key }) => key === phoneKey) ?? columns.find(({ count, key }) => count > 0 && key !== "unassigned") ?? columns[0];
  const lifted = useMemo(() => new Set(carried?.dutyIds ?? []), [carried]);
  const parts = useMemo(() => balanceParts(matrix, lens, matrix.duties), [matrix, lens]);

  return (
    <div className={styles.board} data-print="flow">
      <BoardRail matrix={matrix} lens={lens} domainId={filter.domainId} onChoose={(id) => set("domain", id)} editor={editor} />
      <div className={styles.main} data-print="flow">
        <h1 className="vh">{readOnly ? "The board of this version" : "Board"}</h1>
        <BoardToolbar ref={search} matrix={matrix} filter={filter} set={set} onAdd={editor && (() => setOpen({ kind: "add" }))} onHelp={() => setOpen({ kind: "help" })} findings={editor && <FindingCounts matrixId={editor.matrixId} />} />
        <ChangesBar state={marking} only={changed} set={set} />
        {matrix.duties.length === 0 ? (
          <Empty title="No duties yet" action={editor && <Button variant="primary" onClick={() => setOpen({ kind: "add" })}>Add a duty</Button>}>
            Write down what somebody must do, one verb phrase each, and give each to who does it.
          </Empty>
        ) : (
          <>
            <div className={styles.balance}>
              <BalanceBar parts={parts} size="board" label={balanceWords(parts)} />
            </div>
            <div className={styles.phoneTabs} role="group" aria-label="Column">
              {columns.map((column) => (
                <button key={column.key} type="button" aria-pressed={column.key === phone?.key} onClick={() => setPhoneKey(column.key)}>
                  <PartyMark kind={kindOf(column)} />
                  <bdi translate={column.party ? "no" : "yes"}>{column.label}</bdi>
                  <b>{column.count}</b>
                </button>
              ))}
            </div>
            {shown.length === 0 && filter.query && (
              <Empty title={`No duty matches “${filter.query}”.`} action={<Button onClick={() => { set("q", ""); if (search.current) search.current.value = ""; }}>Clear the search</Button>}>
                Clear the filter or add a duty.
              </Empty>
            )}
            <DragArea
              handlers={{
                onStart: (id) => setDragged(together(id)),
                onEnd(id, key) {
                  const column = columns.find((other) => other.key === key);
                  setDragged(null);
                  if (column) moveTo(together(id), column);
                },
              }}
              overlay={(id) => {
                const duty = matrix.duties.find((other) => other.id === id);
                const more = (dragged?.length ?? 1) - 1;
                return duty ? (
                  <div className={styles.overlay}>
                    <div className={card.card}>
                      <CardText duty={duty} parties={matrix.parties} roles={matrix.roles} settings={matrix.settings} accepted={matrix.accepted} matrixId={null} lens={lens} />
                    </div>
                    {more > 0 && <span className={styles.more}>+{more}</span>}
                  </div>
                ) : null;
              }}
            >
              <div
                className={styles.columns}
                data-print="flow"
                style={{ gridTemplateColumns: columns.map(({ party, target }) => (target === "unassigned" ? "minmax(168px, .7fr)" : party?.kind === "third-party" ? "minmax(160px, .6fr)" : "minmax(210px, 1.1fr)")).join(" ") }}
                onClick={click}
                onFocus={() => setTabStop((current) => focusedCard() ?? current)}
              >
                {columns.map((column) => (
                  <BoardColumnView
                    key={column.key}
                    column={column}
                    matrix={matrix}
                    lens={lens}
                    total={shown.length}
                    matrixId={editor?.matrixId ?? null}
                    readOnly={readOnly}
                    active={column.key === phone?.key}
                    selection={selection}
                    tabStop={tabStop}
                    lifted={lifted}
                    result={resultFor(column)}
                    aimed={column.key === aimed}
                    filtered={filtered}
                    changes={changes}
                  />
                ))}
              </div>
            </DragArea>
          </>
        )}
      </div>
      {selection.size > 0 && editor && (
        <div className={styles.selectionBar} data-selection-bar role="region" aria-label="Selection" data-print="hide">
          <b>{selection.size} selected</b>
          <Button size="sm" variant="primary" onClick={() => setOpen({ kind: "move", dutyIds: shown.filter((id) => selection.has(id)) })}>
            Move to…
          </Button>
          <Button size="sm" onClick={() => setSelection(new Set(shown))}>
            Select all {shown.length} shown
          </Button>
          <Button size="sm" onClick={() => setSelection(NONE)}>
            Clear
          </Button>
        </div>
      )}
      <p className="vh" aria-live="assertive">
        {announced}
      </p>
      {open && (
        <BoardDialogs
          open={open}
          matrix={matrix}
          editor={editor}
          lens={lens}
          domainId={filter.domainId}
          onMove={moveTo}
          onOpenDuty={(id) => set("duty", id)}
          onDelete={remove}
          onFocus={(id) => (focusNext.current = id)}
          onShared={() => setSelection(NONE)}
          onClose={() => setOpen(null)}
        />
      )}
      {dutyId && <DutyDrawer matrix={matrix} dutyId={dutyId} editor={editor} order={shown} onOpen={(id) => set("duty", id)} onClose={() => { focusNext.current = dutyId; set("duty", ""); }} />}
    </div>
  );
}

function toggled(selection: ReadonlySet<string>, id: string): ReadonlySet<string> {
  const next = new Set(selection);
  if (!next.delete(id)) next.add(id);
  return next;
}
