import { forwardRef, type ReactNode } from "react";
import type { Matrix } from "~/domain/matrix/matrix";
import type { Lens } from "~/domain/matrix/owner";
import { Button } from "../primitives/button";
import { Icon, Keyboard, Plus } from "../primitives/icon";
import { Segmented } from "../primitives/form/segmented";
import type { BoardFilter } from "./board-view";
import styles from "./board.module.css";
import { FilterFields } from "../duty/filter-fields";

type ToolbarProps = {
  matrix: Matrix;
  filter: BoardFilter;
  set: (param: "lens" | "q" | "domain" | "owner" | "kind", value: string) => void;
  onAdd: (() => void) | null;
  onHelp: () => void;
  /** The counts of findings in the draft; null in a version. */
  findings: ReactNode;
};

const LENS_OPTIONS = [
  { value: "does", label: "Who does it" },
  { value: "answers", label: "Who answers" },
] as const satisfies readonly { value: Lens; label: string }[];

/** The lens, the search and the filters. On a phone also the domain, which the rail offers on a larger screen. */
export const BoardToolbar = forwardRef<HTMLInputElement, ToolbarProps>(function BoardToolbar(
  { matrix, filter, set, onAdd, onHelp, findings },
  search,
) {
  return (
    <div className={styles.toolbar} data-print="hide">
      <Segmented
        label="Lens"
        options={LENS_OPTIONS}
        value={filter.lens}
        onChange={(lens) => set("lens", lens === "does" ? "" : lens)}
        className={styles.lens}
      />
      <FilterFields
        ref={search}
        matrix={matrix}
        filter={filter}
        set={set}
        classes={{
          search: styles.search,
          domain: styles.domainSelect,
          owner: styles.ownerSelect,
          kind: styles.ownerSelect,
        }}
      />
      <span className={styles.grow} />
      {findings}
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
