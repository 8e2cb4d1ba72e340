import { paths } from "~/paths";
import type { PlanView } from "~/services/workshop/planning.server";
import { ButtonLink } from "../../primitives/button";
import { Empty } from "../../primitives/empty";
import styles from "./workshops.module.css";

type OthersProps = Extract<PlanView, { kind: "others" }> & { matrixId: string };

/** Where a workshop is prepared, for somebody who doesn't lead it: who does, and where they take part. */
export function LedByOthers({ workshopId, number, title, stage, facilitator, matrixId }: OthersProps) {
  const ended = stage === "ended";
  return (
    <div className={styles.page}>
      <h1 className="vh">
        Workshop {number}: <bdi translate="yes">{title}</bdi>
      </h1>
      <Empty
        title={<bdi translate="yes">{title}</bdi>}
        action={
          <>
            <ButtonLink variant="primary" to={ended ? paths.workshopMinutes(workshopId) : paths.workshop(workshopId)}>
              {ended ? "Read the minutes" : "Take part"}
            </ButtonLink>
            <ButtonLink to={paths.workshops(matrixId)}>All workshops</ButtonLink>
          </>
        }
      >
        {ended ? (
          <>
            <bdi>{facilitator}</bdi> led this workshop, which has ended. What it settled is on the board and in its
            minutes.
          </>
        ) : (
          <>
            <bdi>{facilitator}</bdi> leads this workshop and plans what it is about. You can look at the plan and
            propose beforehand where you take part.
          </>
        )}
      </Empty>
    </div>
  );
}
