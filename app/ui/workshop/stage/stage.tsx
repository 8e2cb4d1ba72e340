import { paths } from "~/paths";
import type { WorkshopPage } from "~/services/workshop/viewing.server";
import { ButtonLink } from "../../primitives/button";
import { useWorkshop } from "../use-workshop";
import { LedStage } from "./led-stage";
import styles from "./stage.module.css";

/** A workshop on the screen in front of everybody, with what its facilitator needs to lead it. */
export function Stage({ page }: { page: WorkshopPage }) {
  const on = useWorkshop(page, "projector");
  const { room, yours, workshopId } = on.shown;
  if (on.over === null && room && yours) return <LedStage on={on} room={room} yours={yours} />;
  return (
    <main id="content" className={styles.gone}>
      <h1>This screen shows the workshop no longer</h1>
      <p>{on.over ?? "Come in first: you aren’t in this workshop yet."}</p>
      <div className={styles.links}>
        <ButtonLink to={paths.workshop(workshopId)} variant="primary" reloadDocument>
          Open the workshop as yourself
        </ButtonLink>
        <ButtonLink to={paths.home()}>All engagements</ButtonLink>
      </div>
    </main>
  );
}
