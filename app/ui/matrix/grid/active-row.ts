import type { Matrix } from "~/domain/matrix/matrix";
import type { GridRow } from "../matrix-view";
import type { GridCursor } from "./use-grid-cursor";

type ActiveRowOptions = {
  matrix: Matrix;
  rows: readonly GridRow[];
  cursor: GridCursor;
  openMenu: () => void;
  onOpen: (dutyId: string) => void;
  onFold: (domainId: string, folded: boolean) => void;
  onRename: (dutyId: string) => void;
  onAdd: (where: { domainId: string; beforeId: string | null }) => void;
};

/** What the keys do with the active row, which is a duty, a domain's heading, or the roles above all rows. */
export function activeRowKeys({
  matrix,
  rows,
  cursor: { row, index },
  openMenu,
  onOpen,
  onFold,
  onRename,
  onAdd,
}: ActiveRowOptions) {
  return {
    menu: openMenu,
    open() {
      if (row?.kind === "duty") onOpen(row.duty.id);
      else if (row) onFold(row.domain.id, !row.folded);
      else openMenu();
    },
    rename() {
      if (row?.kind === "duty") onRename(row.duty.id);
    },
    /** Adds a duty below the active one, or at the end of the domain. */
    addDuty() {
      const domainId =
        row?.kind === "duty"
          ? row.duty.domainId
          : row?.kind === "domain"
            ? row.domain.id
            : (matrix.domains[0]?.id ?? "");
      const next = row?.kind === "duty" ? rows[index + 1] : null;
      onAdd({ domainId, beforeId: next?.kind === "duty" ? next.duty.id : null });
    },
  };
}
