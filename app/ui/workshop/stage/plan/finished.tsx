import { paths } from "~/paths";
import type { WorkshopShown } from "~/domain/workshop/view/live";
import { ButtonLink } from "../../../primitives/button";
import { PlanList } from "./plan-list";
import styles from "./lobby.module.css";

/** What a workshop came to once it has ended, with the way to its minutes. */
export function Finished({ shown }: { shown: WorkshopShown }) {
  const { title, plan, room, matrixId, workshopId } = shown;
  const count = (status: string) => plan.filter((row) => row.status === status).length;
  const [settled, parked, disputed] = [count("settled"), count("parked"), count("disputed")];
  const counts = [
    ["settled", settled],
    ["parked", parked],
    ["disputed", disputed],
    ["left for another day", plan.length - settled - parked - disputed],
  ] as const;
  return (
    <div className={styles.lobby}>
      <h1 className={styles.title} dir="auto">
        {title} has ended
      </h1>
      <dl className={styles.counts}>
        {counts.map(([words, number]) => (
          <div key={words}>
            <dt>{words}</dt>
            <dd>{number}</dd>
          </div>
        ))}
      </dl>
      <div className={styles.links}>
        <ButtonLink to={paths.workshopMinutes(workshopId)} variant="primary" size="lg">
          Open the minutes
        </ButtonLink>
        {matrixId !== null && (
          <ButtonLink to={paths.board(matrixId)} size="lg">
            Open the board
          </ButtonLink>
        )}
      </div>
      {plan.length > 0 && <PlanList plan={plan} parties={room?.parties ?? []} currentId={null} onGo={null} />}
    </div>
  );
}
