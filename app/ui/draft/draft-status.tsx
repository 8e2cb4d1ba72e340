import type { HeaderView } from "~/services/matrix/drafts.server";
import { classNames } from "../primitives/class-names";
import styles from "./draft-status.module.css";

type DraftStatusProps = { changes: number | null; last: HeaderView["lastVersion"]; className?: string };

/** How much the draft differs from the newest version, and how far that version is while it is out for signing. */
export function DraftStatus({ changes, last, className }: DraftStatusProps) {
  const out = last?.status === "proposed" ? last.signing : null;
  const [head, rest] =
    out && last
      ? [`Version ${last.number} proposed`, `${out.signed} of ${out.asked} signed${differs(changes)}`]
      : ["Draft", statusWords(changes, last?.number ?? null)];
  return (
    <p className={classNames(styles.status, className)} title={`${head} · ${rest}`}>
      <span className={styles.mark} aria-hidden="true" />
      <b>{head}</b>
      <span className={styles.words}>· {rest}</span>
    </p>
  );
}

/** Says if the draft differs from the version that is out for signing, which doesn't change. */
function differs(changes: number | null): string {
  return changes ? ` · the draft differs by ${changes} ${changes === 1 ? "change" : "changes"}` : "";
}

function statusWords(changes: number | null, lastVersion: number | null): string {
  if (lastVersion === null) return "not published yet";
  if (changes === null) return `goes on from version ${lastVersion}`;
  if (changes === 0) return `same as version ${lastVersion}`;
  return `${changes} ${changes === 1 ? "change" : "changes"} since version ${lastVersion}`;
}
