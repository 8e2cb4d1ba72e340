import { useEffect, useState } from "react";
import { isStruck } from "~/domain/agreement/agreement";
import { whileWords } from "~/domain/agreement/who-words";
import { kindWords } from "~/domain/matrix/kinds";
import { lettersOf } from "~/domain/matrix/letters";
import type { Matrix } from "~/domain/matrix/matrix";
import type { Duty } from "~/domain/matrix/shapes";
import { indexOf } from "~/domain/matrix/owner";
import { useToday } from "../findings/findings-context";
import { LetterChip } from "../marks/letter-chip";
import { DutyMarks } from "./duty-marks";
import styles from "./matrix-page.module.css";
import type { GridRow } from "./matrix-view";

/** The matrix on a phone: a list of duties with their letters. A tap opens a duty, where its letters can be changed. */
export function DutyList({
  rows,
  matrix,
  marked,
  draft,
  onOpen,
}: {
  rows: readonly GridRow[];
  matrix: Matrix;
  /** Whether each duty says its kind and its pressures. */
  marked: boolean;
  draft: boolean;
  onOpen: (dutyId: string) => void;
}) {
  const narrow = useNarrow();
  return (
    <div className={styles.list}>
      {narrow &&
        rows.map((row) =>
          row.kind === "domain" ? (
            <section key={row.id} className={styles.group} aria-label={row.domain.name}>
              <h2>
                <bdi>{row.domain.name}</bdi> {row.duties.length}
              </h2>
              <ul>
                {row.duties.map((duty) => (
                  <li key={duty.id}>
                    <DutyEntry duty={duty} matrix={matrix} marked={marked} draft={draft} onOpen={onOpen} />
                  </li>
                ))}
              </ul>
            </section>
          ) : null,
        )}
    </div>
  );
}

function DutyEntry({
  duty,
  matrix,
  marked,
  draft,
  onOpen,
}: {
  duty: Duty;
  matrix: Matrix;
  marked: boolean;
  draft: boolean;
  onOpen: (dutyId: string) => void;
}) {
  const { party } = indexOf(matrix);
  const struck = isStruck(duty);
  return (
    <button type="button" className={styles.duty} onClick={() => onOpen(duty.id)}>
      <span className={styles.title} dir="auto">
        <span className={styles.code}>{duty.code}</span> {duty.text}
      </span>
      {marked && <span className={styles.kind}>{kindWords(duty)}</span>}
      {whileWords(matrix, duty, useToday()).map((sentence) => (
        <span key={sentence} className={styles.forAWhile} dir="auto">
          {sentence}
        </span>
      ))}
      <span className={styles.letters}>
        {matrix.roles.map((role) => {
          const letters = lettersOf(duty, role.id);
          return letters.length === 0 ? null : (
            <span key={role.id}>
              <LetterChip
                letters={letters}
                kind={party.get(role.partyId)?.kind ?? "client"}
                size="sm"
                resting={struck}
              />{" "}
              <bdi>{role.name}</bdi>
            </span>
          );
        })}
        <DutyMarks duty={duty} structure={matrix} matrixId={null} draft={draft} />
      </span>
    </button>
  );
}

/** Whether the window has a phone's width: the long list is rendered only there. */
function useNarrow(): boolean {
  const [narrow, setNarrow] = useState(false);
  useEffect(() => {
    const media = window.matchMedia("(max-width: 640px)");
    const change = () => setNarrow(media.matches);
    change();
    media.addEventListener("change", change);
    return () => media.removeEventListener("change", change);
  }, []);
  return narrow;
}
