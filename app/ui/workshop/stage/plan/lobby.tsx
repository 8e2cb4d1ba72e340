import { paths } from "~/paths";
import type { WorkshopShown } from "~/domain/workshop/view/live";
import { ButtonLink } from "../../../primitives/button";
import { QrPicture } from "../../../primitives/qr-picture";
import { minutesWords } from "./minutes-words";
import { isTouched } from "../steps";
import { JoinWords } from "../room/door";
import { Planned, PlanList } from "./plan-list";
import styles from "./lobby.module.css";

/** What everybody sees before the first item: how to join, and what is planned. Before it is opened there are no digits yet. */
export function Lobby({ shown, onGo }: { shown: WorkshopShown; onGo: ((itemId: string) => void) | null }) {
  const { title, plan, door, stage, timer, matrixId, workshopId } = shown;
  const begun = plan.some(isTouched);
  const minutes = plan.reduce((sum, one) => sum + one.minutes, 0);
  const there = timer?.wholeMs ?? null;
  return (
    <div className={styles.lobby}>
      <h1 className={styles.title} dir="auto">
        {title}
      </h1>
      {door && !(stage === "open" && begun) && (
        <div className={styles.join}>
          <QrPicture qr={door.qr} label="QR code to join on a phone" className={styles.qr} />
          {door.code !== null ? (
            <div className={styles.words}>
              <JoinWords door={door} />
            </div>
          ) : (
            <p className={styles.before}>
              {stage === "open"
                ? "The door is closed. Whoever comes by this picture can still ask to come in."
                : "Whoever comes by this picture can propose beforehand. There are digits to type as soon as you open the workshop."}
            </p>
          )}
        </div>
      )}
      {plan.length === 0 ? (
        <div className={styles.empty}>
          <p>Nothing is planned yet. Choose the duties to talk about first.</p>
          {matrixId !== null && (
            <ButtonLink to={paths.workshopPlan(matrixId, workshopId)} variant="primary" size="lg">
              Plan the workshop
            </ButtonLink>
          )}
        </div>
      ) : begun ? (
        <PlanList plan={plan} parties={shown.room?.parties ?? []} currentId={null} onGo={onGo} />
      ) : (
        <section aria-labelledby="planned">
          <h2 id="planned" className={styles.heading}>
            The plan{" "}
            <span>{`${plan.length}, ${minutesWords(minutes)}${there === null ? "" : ` of ${minutesWords(there / 60_000)}`}`}</span>
          </h2>
          <Planned plan={plan} />
        </section>
      )}
    </div>
  );
}
