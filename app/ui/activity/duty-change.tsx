import type { LoggedDutyChange, LoggedCellChange } from "~/domain/changes/describe-log";
import type { Letter, PartyKind } from "~/domain/matrix/shapes";
import { LetterChip } from "../marks/letter-chip";
import { ArrowRight, Icon } from "../primitives/icon";
import styles from "./duty-change.module.css";

/** What one step changed in a duty: letters before and after as chips, the rest in words. */
export function DutyChangeWords({ change }: { change: LoggedDutyChange }) {
  return (
    <>
      {change.letters.map((letters) => (
        <span key={letters.roleId} className={styles.space}>
          <LetterChangeChips change={letters} />
        </span>
      ))}
      {change.words.map((sentence) => (
        <span key={sentence} className={styles.words} dir="auto">
          {sentence}
        </span>
      ))}
    </>
  );
}

/** One cell before and after. */
export function LetterChangeChips({ change: { roleName, kind, before, after } }: { change: LoggedCellChange }) {
  return (
    <span className={styles.change}>
      <bdi>{roleName}</bdi> <Cell letters={before} kind={kind} /> <Icon of={ArrowRight} size={12} label="to" />{" "}
      <Cell letters={after} kind={kind} />
    </span>
  );
}

function Cell({ letters, kind }: { letters: readonly Letter[]; kind: PartyKind }) {
  return letters.length > 0 ? <LetterChip letters={letters} kind={kind} size="sm" /> : <span title="nothing">–</span>;
}
