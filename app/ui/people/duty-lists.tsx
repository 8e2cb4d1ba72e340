import type { Duty } from "~/domain/matrix/shapes";
import { paths } from "~/paths";
import { Link } from "../primitives/router";
import styles from "./people.module.css";

/** A sentence that counts duties and unfolds to a list of links to them. */
export function DutyList({ words, duties, matrixId }: { words: string; duties: readonly Duty[]; matrixId: string }) {
  if (duties.length === 0) return null;
  return (
    <details className={styles.list}>
      <summary>
        {words} <b>{duties.length === 1 ? "1 duty" : `${duties.length} duties`}</b>
      </summary>
      <ul>
        {duties.map(({ id, code, text }) => (
          <li key={id}>
            <Link to={paths.matrix(matrixId, id)}>
              <span>{code}</span> <bdi translate="yes">{text}</bdi>
            </Link>
          </li>
        ))}
      </ul>
    </details>
  );
}
