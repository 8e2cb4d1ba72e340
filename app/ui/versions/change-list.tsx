import { useState } from "react";
import { paths } from "~/paths";
import { Button } from "../primitives/button";
import { Link } from "../primitives/router";
import styles from "./sentence-list.module.css";

const MOST_LISTED = 20;

/** The changes since the previous version, in sentences, with a link to the comparison. */
export function ChangeList({
  matrixId,
  number,
  changes,
}: {
  matrixId: string;
  number: number;
  changes: readonly string[];
}) {
  return (
    <section>
      <h2 className={styles.heading}>{number === 1 ? "The first version" : `Changes since version ${number - 1}`}</h2>
      {number === 1 && (
        <p className={styles.about}>It holds the whole draft. The next version will list here what changed.</p>
      )}
      {number > 1 && changes.length === 0 && (
        <p className={styles.about}>Nothing has changed since version {number - 1}.</p>
      )}
      {changes.length > 0 && (
        <>
          <p className={styles.about}>
            <Link to={paths.compare(matrixId)}>Compare with version {number - 1}</Link>
          </p>
          <ChangeRows changes={changes} />
        </>
      )}
    </section>
  );
}

/** The sentences as rows. After twenty, a button shows the rest. */
export function ChangeRows({ changes }: { changes: readonly string[] }) {
  const [all, setAll] = useState(false);
  const listed = all ? changes : changes.slice(0, MOST_LISTED);
  return (
    <>
      <ul className={styles.list}>
        {listed.map((sentence, i) => (
          <li key={i} dir="auto">
            {sentence}
          </li>
        ))}
      </ul>
      {changes.length > listed.length && (
        <Button size="sm" className={styles.more} onClick={() => setAll(true)}>
          Show all {changes.length}
        </Button>
      )}
    </>
  );
}
