import { classNames } from "../primitives/class-names";
import styles from "./draft-status.module.css";

type DraftStatusProps = { changes: number | null; lastVersion: number | null; className?: string };

/** How far the draft is from the last version. */
export function DraftStatus({ changes, lastVersion, className }: DraftStatusProps) {
  const words = statusWords(changes, lastVersion);
  return (
    <p className={classNames(styles.status, className)} title={`Draft · ${words}`}>
      <span className={styles.mark} aria-hidden="true" />
      <b>Draft</b>
      <span className={styles.words}>· {words}</span>
    </p>
  );
}

function statusWords(changes: number | null, lastVersion: number | null): string {
  if (lastVersion === null) return "not published yet";
  if (changes === null) return `goes on from version ${lastVersion}`;
  if (changes === 0) return `same as version ${lastVersion}`;
  return `${changes} ${changes === 1 ? "change" : "changes"} since version ${lastVersion}`;
}
