import { forwardRef } from "react";
import type { Matrix } from "~/domain/matrix";
import { indexOf } from "~/domain/owner";
import type { BoardFilter } from "../board/board-view";
import { DomainOptions } from "../duty/domain-options";
import { Button } from "../primitives/button";
import { Field, Select, TextInput } from "../primitives/field";
import { Icon, Keyboard, Plus } from "../primitives/icon";
import styles from "./matrix-page.module.css";

type ToolbarProps = {
  matrix: Matrix;
  filter: BoardFilter;
  set: (param: "q" | "domain" | "owner", value: string) => void;
  onAdd: (() => void) | null;
  onFoldAll: () => void;
  allFolded: boolean;
  onHelp: () => void;
};

/** The search and the filters of the matrix. */
export const MatrixToolbar = forwardRef<HTMLInputElement, ToolbarProps>(function MatrixToolbar({ matrix, filter, set, onAdd, onFoldAll, allFolded, onHelp }, search) {
  const { client, provider } = indexOf(matrix);
  return (
    <div className={styles.toolbar} data-print="hide">
      <Field label="Find a duty" hideLabel className={styles.search}>
        <TextInput ref={search} type="search" placeholder="Find a duty" defaultValue={filter.query} onChange={(event) => set("q", event.target.value)} onKeyDown={(event) => event.key === "Escape" && event.currentTarget.blur()} />
      </Field>
      <Field label="Domain" hideLabel className={styles.select}>
        <Select value={filter.domainId} onChange={(event) => set("domain", event.target.value)}>
          <option value="">All domains</option>
          <DomainOptions domains={matrix.domains} />
        </Select>
      </Field>
      <Field label="Owner" hideLabel className={styles.select}>
        <Select value={filter.owner} onChange={(event) => set("owner", event.target.value)}>
          <option value="">Any owner</option>
          {[client, provider].map((party) =>
            party ? (
              <option key={party.id} value={party.id}>
                Owned by {party.name}
              </option>
            ) : null,
          )}
          <option value="nobody">No owner yet</option>
        </Select>
      </Field>
      <Button variant="ghost" className={styles.deskOnly} onClick={onFoldAll}>
        {allFolded ? "Unfold all" : "Fold all"}
      </Button>
      <span className={styles.grow} />
      <Button variant="ghost" icon={<Icon of={Keyboard} />} aria-label="Keys" title="Keys (?)" onClick={onHelp} className={styles.deskOnly} />
      {onAdd && (
        <Button icon={<Icon of={Plus} size={14} />} onClick={onAdd}>
          Add duty
        </Button>
      )}
    </div>
  );
});
