import { useCallback, useMemo, useRef, useState } from "react";
import { paths } from "~/paths";
import { agreementOf } from "~/domain/agreement/agreement";
import type { Matrix } from "~/domain/matrix/matrix";
import { dutyFilter, isNarrowed } from "../board/board-view";
import { AddDutyDialog } from "../board/dialogs/add-duty-dialog";
import { ChangesBar } from "../changes/changes-bar";
import { useChanges } from "../changes/use-changes";
import { DutyDrawer } from "../duty/duty-drawer";
import { DRAWER_PARTS } from "../duty/lazy-form";
import { useDutyFilter } from "../duty/use-duty-filter";
import type { MatrixEditor } from "../editor/editor-types";
import { FindingCounts } from "../findings/finding-counts";
import { Button } from "../primitives/button";
import { Empty } from "../primitives/empty";
import { usePreloaded } from "../primitives/lazily";
import { EqualNot, Icon } from "../primitives/icon";
import { usePrinting } from "../primitives/use-printing";
import { DutyList } from "./duty-list";
import { Grid } from "./grid/grid";
import { gridRows } from "./matrix-view";
import { GridKeySheet } from "./grid/grid-key-sheet";
import { MatrixToolbar } from "./matrix-toolbar";
import styles from "./matrix-page.module.css";
import { PrintedMatrix } from "./printed-matrix";

const NONE: ReadonlySet<string> = new Set();

/**
 * The matrix: every duty a row, every role a column, the open duty beside it. Without an editor it shows a version,
 * which can only be read.
 */
export function MatrixPage({ matrix, editor }: { matrix: Matrix; editor: MatrixEditor | null }) {
  const { filter, dutyId, since, changed, set, clear } = useDutyFilter();
  const marking = useChanges(matrix, since);
  const changes = marking.kind === "ready" ? marking.changes : null;
  const among = changed ? changes?.of : null;
  const { query, domainId, owner, kind, role, only } = filter;
  usePreloaded(DRAWER_PARTS);
  const [folded, setFolded] = useState(NONE);
  const [adding, setAdding] = useState<{ domainId: string; beforeId: string | null } | null>(null);
  const [help, setHelp] = useState(false);
  const search = useRef<HTMLInputElement>(null);
  const filtered = Boolean(query || domainId || owner || isNarrowed(kind) || role || only || among);
  const fits = useMemo(
    () => (filtered ? dutyFilter(matrix, { query, domainId, owner, kind, role, only, among }) : null),
    [matrix, query, domainId, owner, kind, role, only, among, filtered],
  );
  const rows = useMemo(() => gridRows(matrix, fits, folded), [matrix, fits, folded]);
  const printing = usePrinting();
  const order = useMemo(() => rows.flatMap((row) => (row.kind === "duty" ? [row.id] : [])), [rows]);

  const open = useCallback((id: string) => set("duty", id), [set]);
  const fold = useCallback(
    (id: string, shut: boolean) =>
      setFolded((current) => new Set(shut ? [...current, id] : [...current].filter((other) => other !== id))),
    [],
  );

  function close() {
    set("duty", "");
    document.querySelector<HTMLElement>("[role=grid]")?.focus({ preventScroll: true });
  }

  return (
    <div className={styles.page} data-print="flow">
      {/* The paper's orientation is always in the page, because the browser reads it before the `beforeprint` event. */}
      <style>{"@page { size: landscape; }"}</style>
      <div className={styles.main} data-print="flow">
        <h1 className="vh">{editor ? "Matrix" : "The matrix of this version"}</h1>
        <MatrixToolbar
          ref={search}
          matrix={matrix}
          filter={filter}
          set={set}
          onAdd={editor && (() => setAdding({ domainId: domainId || (matrix.domains[0]?.id ?? ""), beforeId: null }))}
          onFoldAll={() =>
            setFolded((current) => (current.size > 0 ? NONE : new Set(matrix.domains.map(({ id }) => id))))
          }
          allFolded={folded.size > 0}
          onHelp={() => setHelp(true)}
          sheet={editor && paths.workshopSheet(editor.matrixId)}
          findings={editor && <FindingCounts matrixId={editor.matrixId} />}
        />
        <ChangesBar state={marking} only={changed} set={set} />
        {(role || only) && (
          <p className={styles.chosen}>
            {role
              ? `Duties that ${matrix.roles.find(({ id }) => id === role)?.name ?? "a role"} does or answers for`
              : `Duties only ${matrix.parties.find(({ id }) => id === only)?.name ?? "one party"} does`}
            <Button size="sm" variant="ghost" onClick={clear}>
              Show all
            </Button>
          </p>
        )}
        {matrix.duties.length === 0 ? (
          <Empty
            title="No duties yet"
            action={
              editor && (
                <Button
                  variant="primary"
                  onClick={() => setAdding({ domainId: matrix.domains[0]?.id ?? "", beforeId: null })}
                >
                  Add a duty
                </Button>
              )
            }
          >
            Write down what somebody must do, one verb phrase each, then say who does it and who answers.
          </Empty>
        ) : rows.length === 0 ? (
          <Empty
            title={query ? `No duty matches “${query}”.` : "No duty matches."}
            action={
              <Button
                onClick={() => {
                  clear();
                  if (search.current) search.current.value = "";
                }}
              >
                Clear the filter
              </Button>
            }
          >
            Clear the filter or add a duty.
          </Empty>
        ) : (
          <>
            <Grid
              matrix={matrix}
              editor={editor}
              rows={rows}
              marked={kind !== ""}
              changes={changes}
              openId={dutyId}
              summary={
                <Summary
                  matrix={matrix}
                  matrixId={editor?.matrixId ?? null}
                  visible={order.length}
                  filtered={filtered}
                />
              }
              onOpen={open}
              onFold={fold}
              onAdd={setAdding}
              onSearch={() => search.current?.focus()}
              onHelp={() => setHelp(true)}
            />
            <DutyList rows={rows} matrix={matrix} marked={kind !== ""} draft={editor !== null} onOpen={open} />
            {printing && <PrintedMatrix matrix={matrix} rows={rows} kind={kind} />}
          </>
        )}
      </div>
      {dutyId && (
        <DutyDrawer matrix={matrix} dutyId={dutyId} editor={editor} order={order} onOpen={open} onClose={close} />
      )}
      {help && <GridKeySheet onClose={() => setHelp(false)} scheme={matrix.settings.scheme} />}
      {editor && adding && (
        <AddDutyDialog
          editor={editor}
          lens="does"
          domainId={adding.domainId}
          beforeId={adding.beforeId}
          onClose={() => setAdding(null)}
          onAdded={() => setAdding(null)}
        />
      )}
    </div>
  );
}

function Summary({
  matrix,
  matrixId,
  visible,
  filtered,
}: {
  matrix: Matrix;
  matrixId: string | null;
  visible: number;
  filtered: boolean;
}) {
  const disputed = useMemo(
    () => matrix.duties.filter((duty) => agreementOf(matrix, duty) === "disputed").length,
    [matrix],
  );
  const total = matrix.duties.length;
  return (
    <span className={styles.summary}>
      <span>
        {filtered ? `${visible} of ${total}` : total} {total === 1 ? "duty" : "duties"}
      </span>
      {disputed > 0 && (
        <span className={styles.alert}>
          <Icon of={EqualNot} size={14} /> {disputed} disputed
        </span>
      )}
      {matrixId && <FindingCounts matrixId={matrixId} />}
    </span>
  );
}
