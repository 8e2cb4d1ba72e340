import { Suspense, useState } from "react";
import type { Matrix } from "~/domain/matrix/matrix";
import { balanceOf, balanceWords, type Lens } from "~/domain/matrix/owner";
import type { MatrixEditor } from "../editor/editor-types";
import { BalanceBar } from "../marks/balance-bar";
import { Button } from "../primitives/button";
import { Icon, Pencil, Plus } from "../primitives/icon";
import styles from "./board.module.css";
import { DomainDialog } from "./dialogs/lazy-dialogs";

type RailProps = {
  matrix: Matrix;
  lens: Lens;
  domainId: string;
  onChoose: (domainId: string) => void;
  editor: MatrixEditor | null;
};

/** The domains with how each divides; choosing one shows only its duties. */
export function BoardRail({ matrix, lens, domainId, onChoose, editor }: RailProps) {
  const [naming, setNaming] = useState<"add" | "rename" | null>(null);
  const chosen = matrix.domains.find(({ id }) => id === domainId) ?? null;
  const entries = [
    { id: "", name: "All domains", duties: matrix.duties },
    ...matrix.domains.map(({ id, name }) => ({
      id,
      name,
      duties: matrix.duties.filter((duty) => duty.domainId === id),
    })),
  ];
  return (
    <aside className={styles.rail} aria-label="Domains" data-print="hide">
      <header className={styles.railHead}>
        <h2>Domains</h2>
        {editor && chosen && (
          <Button
            size="sm"
            variant="ghost"
            icon={<Icon of={Pencil} size={14} />}
            aria-label={`Rename ${chosen.name}`}
            title="Rename this domain"
            onClick={() => setNaming("rename")}
          />
        )}
        {editor && (
          <Button
            size="sm"
            variant="ghost"
            icon={<Icon of={Plus} size={14} />}
            aria-label="Add a domain"
            title="Add a domain"
            onClick={() => setNaming("add")}
          />
        )}
      </header>
      <ul>
        {entries.map((entry) => {
          const parts = balanceOf(matrix, lens, entry.duties);
          return (
            <li key={entry.id}>
              <button
                type="button"
                aria-pressed={entry.id === domainId}
                onClick={() => onChoose(entry.id)}
                className={styles.railEntry}
                title={entry.name}
              >
                <bdi className={styles.railName}>{entry.name}</bdi>
                <span className={styles.railCount}>{entry.duties.length}</span>
                {entry.id !== "" && <BalanceBar parts={parts} size="rail" label={balanceWords(parts)} />}
              </button>
            </li>
          );
        })}
      </ul>
      {editor && naming !== null && (
        <Suspense>
          <DomainDialog
            key={naming}
            open
            domain={naming === "rename" ? chosen : null}
            editor={editor}
            onClose={() => setNaming(null)}
            onAdded={onChoose}
          />
        </Suspense>
      )}
    </aside>
  );
}
