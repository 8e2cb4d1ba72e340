import type { Stage } from "~/domain/workshop/shapes";
import { paths } from "~/paths";
import type { WorkshopRow } from "~/services/workshop/workshops.server";
import { ButtonLink } from "../../primitives/button";
import { Link } from "../../primitives/router";
import { Time } from "../../primitives/time";
import styles from "./workshops.module.css";

/** What a stage is called where it stands alone. One that was open before goes on another day. */
export function stageWords(stage: Stage, openedBefore: boolean): string {
  const words: Record<Stage, string> = {
    prepared: openedBefore ? "Goes on another day" : "Prepared",
    open: "Open now",
    ended: "Ended",
  };
  return words[stage];
}

type ItemProps = { row: WorkshopRow; matrixId: string; /** The reader may edit the matrix. */ mayLead: boolean };

/** One workshop: how far it is, what it settled, and where to go on. */
export function WorkshopItem({ row, matrixId, mayLead }: ItemProps) {
  const { number, title, stage, facilitator, createdAt, openedAt, endedAt } = row;
  const leads = row.leads && mayLead;
  const at = endedAt ?? openedAt ?? createdAt;
  const happened = endedAt ? "ended" : openedAt ? "opened" : "prepared";
  return (
    <li>
      <article className={styles.card} aria-labelledby={`workshop-${number}`} data-stage={stage}>
        <header className={styles.cardHead}>
          <div className={styles.names}>
            <p className={styles.quiet}>Workshop {number}</p>
            <h2 id={`workshop-${number}`}>
              <Link to={placeOf(row, matrixId, leads)}>
                <bdi translate="yes">{title}</bdi>
              </Link>
            </h2>
          </div>
          <span className={styles.stage} data-stage={stage}>
            {stageWords(stage, openedAt !== null)}
          </span>
        </header>
        <p className={styles.quiet}>
          Led by {row.leads ? "you" : <bdi>{facilitator}</bdi>} · {happened}{" "}
          <Time iso={at} withTime={stage !== "prepared"} />
        </p>
        <Results row={row} />
        <div className={styles.acts}>
          <Acts row={row} matrixId={matrixId} leads={leads} />
        </div>
      </article>
    </li>
  );
}

function placeOf({ workshopId, stage, leads: own }: WorkshopRow, matrixId: string, leads: boolean): string {
  if (stage === "ended") return own ? paths.workshopPlan(matrixId, workshopId) : paths.workshopMinutes(workshopId);
  return leads ? paths.workshopPlan(matrixId, workshopId) : paths.workshop(workshopId);
}

function Results({ row: { stage, openedAt, items, settled, parked, disputed, settledAnHour } }: { row: WorkshopRow }) {
  if (items === 0) return <p className={styles.results}>Nothing is planned yet.</p>;
  const left = items - settled - parked - disputed;
  if (openedAt === null)
    return (
      <p className={styles.results}>
        {items} {items === 1 ? "item" : "items"} planned
      </p>
    );
  const parts = [
    `${settled} settled`,
    ...(parked > 0 ? [`${parked} parked`] : []),
    ...(disputed > 0 ? [`${disputed} disputed`] : []),
    ...(left > 0 ? [stage === "ended" ? `${left} not reached` : `${left} left`] : []),
  ];
  return (
    <p className={styles.results}>
      <span>
        <b>{items === 1 ? "1 item" : `${items} items`}:</b> {parts.join(", ")}
      </span>
      {settledAnHour !== null && <span className={styles.rate}>{settledAnHour} settled an hour</span>}
    </p>
  );
}

function Acts({ row, matrixId, leads }: { row: WorkshopRow; matrixId: string; leads: boolean }) {
  const { workshopId, stage, title, openedAt } = row;
  const minutes = openedAt !== null && (
    <ButtonLink size="sm" to={paths.workshopMinutes(workshopId)} aria-label={`Minutes: ${title}`}>
      Minutes
    </ButtonLink>
  );
  if (stage === "ended") return minutes;
  if (!leads)
    return (
      <>
        <ButtonLink
          size="sm"
          variant={stage === "open" ? "primary" : "default"}
          to={paths.workshop(workshopId)}
          aria-label={`Take part: ${title}`}
        >
          {stage === "open" ? "Take part" : "Take part beforehand"}
        </ButtonLink>
        {minutes}
      </>
    );
  const open = stage === "open";
  return (
    <>
      <ButtonLink
        size="sm"
        variant={open ? "default" : "primary"}
        to={paths.workshopPlan(matrixId, workshopId)}
        aria-label={`${open ? "Change the plan" : "Go on preparing"}: ${title}`}
      >
        {open ? "Change the plan" : "Go on preparing"}
      </ButtonLink>
      {row.items > 0 && (
        <ButtonLink
          size="sm"
          variant={open ? "primary" : "default"}
          to={paths.projector(workshopId)}
          aria-label={`Open the stage: ${title}`}
        >
          Open the stage
        </ButtonLink>
      )}
      {minutes}
    </>
  );
}
