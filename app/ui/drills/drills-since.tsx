import { changeOwner, openChanges } from "~/domain/escalation/drills";
import type { Matrix } from "~/domain/matrix/matrix";
import { paths } from "~/paths";
import type { DrillsSince } from "~/services/people/drills.server";
import { Link } from "../primitives/router";
import list from "../versions/sentence-list.module.css";
import { ChangeState, DrillLink } from "./drill-card";
import styles from "./drills.module.css";

type SinceProps = {
  matrixId: string;
  matrix: Matrix;
  /** The number of the version to publish. */
  number: number;
  since: DrillsSince;
  today: string;
};

/** Before a publication: the drills since the last version, and what they said should change that isn't done. */
export function DrillsBefore({ matrixId, matrix, number, since: { drills, more }, today }: SinceProps) {
  const open = drills.reduce((count, drill) => count + openChanges(drill).length, 0);
  return (
    <section>
      <h2 className={list.heading}>{number === 1 ? "Drills" : `Drills since version ${number - 1}`}</h2>
      <p className={list.about}>
        {drills.length === 0 ? (
          <>
            None was recorded. <Link to={paths.escalation(matrixId, {}, "#try")}>Try a scenario</Link> before people
            rely on the paths.
          </>
        ) : open === 0 ? (
          "Everything that they said should change is done."
        ) : (
          `${open === 1 ? "One thing that they said should change isn't" : `${open} things that they said should change aren't`} done yet. That stops no publication.`
        )}
      </p>
      {drills.length > 0 && (
        <ul className={list.list}>
          {drills.map((drill) => (
            <li key={drill.id}>
              <p>
                <DrillLink drill={drill} matrixId={matrixId} />
              </p>
              {openChanges(drill).map((change) => (
                <div key={change.id} className={styles.openChange}>
                  <p dir="auto" translate="yes">
                    {change.text}
                  </p>
                  <ChangeState change={change} owner={changeOwner(matrix, change)} today={today} />
                </div>
              ))}
            </li>
          ))}
        </ul>
      )}
      {more > 0 && (
        <p className={list.about}>
          And {more} more: <Link to={paths.drills(matrixId)}>all drills</Link>
        </p>
      )}
    </section>
  );
}
