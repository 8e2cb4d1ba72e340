import type { Settings } from "~/domain/matrix/shapes";
import type { useGridActions } from "../grid/use-grid-actions";
import type { GridColumn, GridRow } from "../matrix-view";
import { PasteDialog } from "./paste-dialog";
import { PasteDutiesDialog } from "./paste-duties-dialog";

/** Asks about a paste that can't be carried out as it is: which columns are the duties, or which cells are left out. */
export function PasteDialogs({
  actions,
  columns,
  scheme,
  row,
}: {
  actions: ReturnType<typeof useGridActions>;
  columns: readonly GridColumn[];
  scheme: Settings["scheme"];
  row: GridRow | null;
}) {
  return (
    <>
      {actions.asked && (
        <PasteDutiesDialog
          source={actions.asked}
          columns={columns}
          scheme={scheme}
          below={row?.kind === "duty" ? row.duty.code : ""}
          onPaste={actions.addDuties}
          onClose={actions.dropAsked}
        />
      )}
      {actions.pending && (
        <PasteDialog plan={actions.pending} onPaste={actions.pastePending} onClose={actions.dropPending} />
      )}
    </>
  );
}
