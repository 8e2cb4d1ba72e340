import type { HeaderView } from "~/services/drafts.server";
import { classNames } from "../primitives/class-names";
import styles from "./draft-status.module.css";

type DraftStatusProps = { changes: number | null; last: HeaderView["lastVersion"]; className?: string };

/** How far the draft is from the last version; and how far that one is, while it is out for signing. */
export function DraftStatus({ changes, last, className }: DraftStatusProps) {
  const out = last?.status === "proposed" ? last.signing : null;
  const [head, rest] = out && last ? [`Version ${last.number} proposed`, `${out.signed} of ${out.asked} signed${differs(changes)}`] : ["Draft", statusWords(changes, last?.number ?? null)];
  return (
    <p className={classNames(styles.status, className)} title={`${head} · ${rest}`}>
      <span className={styles.mark} aria-hidden="true" />
      <b>{head}</b>
      <span className={styles.words}>· {rest}</span>
    </p>
  );
}

/** What is out for signing stays as it is; where the draft went on, that is said. */
function differs(changes: number | null): string {
  return changes ? ` · the draft differs by ${changes} ${changes === 1 ? "change" : "changes"}` : "";
}

function statusWords(changes: number | null, lastVersion: number | null): string {
  if (lastVersion === null) return "not published yet";
  if (changes === null) return `goes on from version ${lastVersion}`;
  if (changes === 0) return `same as version ${lastVersion}`;
  return `${changes} ${changes === 1 ? "change" : "changes"} since version ${lastVersion}`;
}
