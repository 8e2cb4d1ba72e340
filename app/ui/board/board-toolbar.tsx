import { forwardRef } from "react";
import type { Matrix } from "~/domain/matrix";
import { indexOf, type Lens } from "~/domain/owner";
import { Button } from "../primitives/button";
import { Field, Select, TextInput } from "../primitives/field";
import { Icon, Keyboard, Plus } from "../primitives/icon";
import { Segmented } from "../primitives/segmented";
import type { BoardFilter } from "./board-view";
import styles from "./board.module.css";
import { DomainOptions } from "../duty/domain-options";

type ToolbarProps = {
  matrix: Matrix;
  filter: BoardFilter;
  set: (param: "lens" | "q" | "domain" | "owner", value: string) => void;
  onAdd: (() => void) | null;
  onHelp: () => void;
};

const LENS_OPTIONS = [
  { value: "does", label: "Who does it" },
  { value: "answers", label: "Who answers" },
] as const satisfies readonly { value: Lens; label: string }[];

/** The lens, the search and the filters; on a phone also the domain, which otherwise stands in the rail. */
export const BoardToolbar = forwardRef<HTMLInputElement, ToolbarProps>(function BoardToolbar({ matrix, filter, set, onAdd, onHelp }, search) {
  const { client, provider } = indexOf(matrix);
  return (
    <div className={styles.toolbar} data-print="hide">
      <Segmented label="Lens" options={LENS_OPTIONS} value={filter.lens} onChange={(lens) => set("lens", lens === "does" ? "" : lens)} className={styles.lens} />
      <Field label="Find a duty" hideLabel className={styles.search}>
        <TextInput ref={search} type="search" placeholder="Find a duty" defaultValue={filter.query} onChange={(event) => set("q", event.target.value)} onKeyDown={(event) => event.key === "Escape" && event.currentTarget.blur()} />
      </Field>
      <Field label="Domain" hideLabel className={styles.domainSelect}>
        <Select value={filter.domainId} onChange={(event) => set("domain", event.target.value)}>
          <option value="">All domains</option>
          <DomainOptions domains={matrix.domains} />
        </Select>
      </Field>
      <Field label="Owner" hideLabel className={styles.ownerSelect}>
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
