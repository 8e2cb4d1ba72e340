import { dayWords } from "~/domain/day-words";
import { OUTCOME_WORDS } from "~/domain/workshop/outcome";
import type { PartyView, PlanView } from "~/domain/workshop/view/view-types";
import { CirclePause, Icon } from "../../../primitives/icon";
import { ChoiceMarks } from "../../reveal/choice-marks";
import { OutcomeGlyph } from "../../reveal/outcome-glyph";
import styles from "./room.module.css";

/** What this workshop came to so far: what was revealed or settled, and what is parked with whom. Each leads back to it. */
export function RoomLog({
  plan,
  parties,
  onGo,
}: {
  plan: readonly PlanView[];
  parties: readonly PartyView[];
  onGo: ((itemId: string) => void) | null;
}) {
  const logged = plan.filter(({ outcome, status }) => outcome !== null && status !== "parked");
  const parked = plan.filter(({ status }) => status === "parked");
  return (
    <>
      {logged.length > 0 && (
        <section aria-labelledby="this-workshop">
          <div className={styles.heading}>
            <h2 id="this-workshop">This workshop</h2>
          </div>
          <ul className={styles.log}>
            {logged.map(({ itemId, text, outcome, settlement, settling, status }) => (
              <li key={itemId}>
                {outcome && <OutcomeGlyph outcome={outcome} className={styles.glyph} />}
                <span>
                  <button type="button" className={styles.go} disabled={!onGo} onClick={() => onGo?.(itemId)}>
                    {text}
                  </button>
                  <span className={styles.came} data-status={status} data-outcome={outcome}>
                    {settlement?.kind === "split" || settlement?.kind === "stands" ? (
                      <>
                        Settled: <ChoiceMarks parties={parties} choice={settlement} />
                      </>
                    ) : settlement?.kind === "dispute" ? (
                      "Disputed: both positions are kept"
                    ) : settling ? (
                      "On the table"
                    ) : (
                      outcome && `${OUTCOME_WORDS[outcome].name}, open`
                    )}
                  </span>
                </span>
              </li>
            ))}
          </ul>
        </section>
      )}
      {parked.length > 0 && (
        <section aria-labelledby="parked-here">
          <div className={styles.heading}>
            <h2 id="parked-here">
              Parked <span>{parked.length}</span>
            </h2>
          </div>
          <ul className={styles.log}>
            {parked.map(({ itemId, text, settlement }) => (
              <li key={itemId}>
                <Icon of={CirclePause} size={14} className={styles.pause} />
                <span>
                  <button type="button" className={styles.go} disabled={!onGo} onClick={() => onGo?.(itemId)}>
                    {text}
                  </button>
                  {settlement?.kind === "park" && (
                    <span className={styles.came}>
                      {settlement.owner}, {dayWords(settlement.until)}
                    </span>
                  )}
                </span>
              </li>
            ))}
          </ul>
        </section>
      )}
    </>
  );
}
