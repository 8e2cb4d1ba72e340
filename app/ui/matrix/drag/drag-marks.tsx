import type { Ref } from "react";
import type { Matrix } from "~/domain/matrix/matrix";
import styles from "../grid/grid.module.css";
import type { Carried } from "./use-row-drag";

/** The line where dragged duties would land, or a frame round the heading of the domain that would take them. */
export function LandingLine({ carried: { landing }, top, height }: { carried: Carried; top: number; height: number }) {
  return (
    landing && (
      <div
        aria-hidden
        className={landing.into ? styles.landingHeading : styles.landingLine}
        style={landing.into ? { top, height } : { top: top - 1 }}
      />
    )
  );
}

/** The label beside the pointer that says what is dragged. */
export function CarriedChip({
  carried: { dutyIds, landing },
  matrix,
  chip,
}: {
  carried: Carried;
  matrix: Matrix;
  chip: Ref<HTMLDivElement>;
}) {
  const [only] = dutyIds.length === 1 ? matrix.duties.filter(({ id }) => id === dutyIds[0]) : [];
  return (
    <div ref={chip} aria-hidden className={styles.chip}>
      <b>{only ? only.code : `${dutyIds.length} duties`}</b>
      {only && (
        <bdi translate="yes" className={styles.chipText}>
          {only.text}
        </bdi>
      )}
      {landing && landing.domain.id !== only?.domainId && (
        <span className={styles.chipWhere}>to {landing.domain.name}</span>
      )}
    </div>
  );
}
