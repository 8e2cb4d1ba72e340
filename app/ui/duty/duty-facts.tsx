import { describeLetters } from "~/domain/matrix/letter-words";
import type { Matrix } from "~/domain/matrix/matrix";
import type { Duty } from "~/domain/matrix/shapes";
import { standingWords } from "~/domain/parts/duties";
import styles from "./drawer.module.css";

/** The fields of a duty in a version, read-only. Empty ones are left out. */
export function DutyFacts({ matrix, duty }: { matrix: Matrix; duty: Duty }) {
  const { decisions, standing } = duty;
  const facts: [string, string | undefined][] = [
    ["Who", describeLetters(matrix, duty)],
    ["Boundary note", duty.boundary],
    ["Description", duty.description],
    ["Done when", duty.doneWhen],
    ["Cadence", duty.cadence],
    ["Tools and standards", duty.tools],
    ["Who decides", decisions.decides],
    ["Asked first", decisions.asked],
    ["Told afterwards", decisions.told],
    ["Up to", decisions.limit],
    ["Without an answer", decisions.silence],
    ["Cover", duty.cover === "24x7" ? "24x7" : "Office hours"],
    ["Reserved", duty.reserved ? "Yes: the client answers for it" : "No"],
    ["Standing", standingWords(standing)],
  ];
  return (
    <dl className={styles.facts}>
      {facts.map(([label, value]) =>
        value ? (
          <div key={label}>
            <dt>{label}</dt>
            <dd dir="auto">{value}</dd>
          </div>
        ) : null,
      )}
    </dl>
  );
}
