import { useMemo } from "react";
import type { Matrix } from "~/domain/matrix/matrix";
import { classNames } from "../../primitives/class-names";
import styles from "./grid.module.css";
import { loadOf, type GridColumn, type GridRow } from "../matrix-view";

const TALLEST = 24;

/** How much each role answers for and does, among the duties shown. */
export function GridFoot({
  matrix,
  rows,
  columns,
  index,
}: {
  matrix: Matrix;
  rows: readonly GridRow[];
  columns: readonly GridColumn[];
  index: number;
}) {
  const loads = useMemo(
    () =>
      loadOf(
        matrix,
        rows.flatMap((row) => (row.kind === "domain" ? row.duties : [])),
      ),
    [matrix, rows],
  );
  const most = Math.max(1, ...[...loads.values()].flatMap(({ answers, does }) => [answers, does]));
  return (
    <div role="rowgroup" className={styles.foot}>
      <div role="row" aria-rowindex={index} className={styles.headRow}>
        <div role="rowheader" aria-colindex={1} className={styles.corner}>
          <span>Load by role</span>
          <span className={styles.key} aria-hidden>
            <i />
            answers
            <i className={styles.open} />
            does
          </span>
        </div>
        {columns.map(({ role, party, edge }, i) => {
          const { answers, does } = loads.get(role.id) ?? { answers: 0, does: 0 };
          return (
            <div
              key={role.id}
              role="gridcell"
              aria-colindex={i + 2}
              aria-label={`${role.name}: answers for ${answers}, does ${does}`}
              className={classNames(styles.load, styles[party.kind], edge && styles.edge)}
            >
              <span className={styles.bars} aria-hidden>
                <i style={{ height: (answers / most) * TALLEST }} />
                <i style={{ height: (does / most) * TALLEST }} />
              </span>
              <span aria-hidden>
                <b>{answers}</b> {does}
              </span>
            </div>
          );
        })}
      </div>
    </div>
  );
}
