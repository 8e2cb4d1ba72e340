import { forwardRef, type ReactNode } from "react";
import type { Matrix } from "~/domain/matrix/matrix";
import type { BoardFilter } from "../board/board-view";
import { FilterFields } from "../duty/filter-fields";
import { Button, ButtonLink } from "../primitives/button";
import { Icon, Keyboard, Plus, Printer } from "../primitives/icon";
import styles from "./matrix-page.module.css";

type ToolbarProps = {
  matrix: Matrix;
  filter: BoardFilter;
  set: (param: "q" | "domain" | "owner" | "kind", value: string) => void;
  onAdd: (() => void) | null;
  onFoldAll: () => void;
  allFolded: boolean;
  onHelp: () => void;
  /** Where the sheet for a workshop is; null where a version is shown. */
  sheet: string | null;
  /** The counts of findings for small screens; on larger ones they stand in the corner of the grid. */
  findings: ReactNode;
};

/** The search and the filters of the matrix. */
export const MatrixToolbar = forwardRef<HTMLInputElement, ToolbarProps>(function MatrixToolbar(
  { matrix, filter, set, onAdd, onFoldAll, allFolded, onHelp, sheet, findings },
  search,
) {
  return (
    <div className={styles.toolbar} data-print="hide">
      <FilterFields
        ref={search}
        matrix={matrix}
        filter={filter}
        set={set}
        classes={{ search: styles.search, domain: styles.select, owner: styles.select, kind: styles.select }}
      />
      {matrix.domains.length > 0 && (
        <Button variant="ghost" className={styles.deskOnly} onClick={onFoldAll}>
          {allFolded ? "Unfold all" : "Fold all"}
        </Button>
      )}
      <span className={styles.grow} />
      {findings && <div className={styles.phoneOnly}>{findings}</div>}
      {sheet && (
        <ButtonLink variant="ghost" to={sheet} icon={<Icon of={Printer} size={14} />} className={styles.deskOnly}>
          Workshop sheet
        </ButtonLink>
      )}
      <Button
        variant="ghost"
        icon={<Icon of={Keyboard} />}
        aria-label="Keys"
        title="Keys (?)"
        onClick={onHelp}
        className={styles.deskOnly}
      />
      {onAdd && (
        <Button icon={<Icon of={Plus} size={14} />} onClick={onAdd}>
          Add duty
        </Button>
      )}
    </div>
  );
});
