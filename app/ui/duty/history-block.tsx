import { useEffect, useState } from "react";
import type { Duty } from "~/domain/matrix/shapes";
import { paths } from "~/paths";
import type { History } from "~/services/matrix/activity.server";
import { DutyChangeWords } from "../activity/duty-change";
import type { MatrixEditor } from "../editor/editor-types";
import { unsavedEdits } from "../editor/save-state";
import { Button } from "../primitives/button";
import { Time } from "../primitives/time";
import styles from "./drawer.module.css";

type Loading = { state: "waiting" | "failed" } | { state: "here"; history: History };

/**
 * The history of a duty: who changed what, when, with a button to undo each step. It reads the stored log, so it waits
 * until no edit is unsaved.
 */
export function HistoryBlock({ duty, editor }: { duty: Duty; editor: MatrixEditor }) {
  const [open, setOpen] = useState(false);
  const [loading, setLoading] = useState<Loading>({ state: "waiting" });
  const [attempt, setAttempt] = useState(0);
  const saved = unsavedEdits(editor.save) === 0;
  const { matrixId } = editor;

  useEffect(() => {
    if (!open || !saved) return;
    const gone = new AbortController();
    void fetchHistory(matrixId, duty.id, null, gone.signal).then(
      (history) => !gone.signal.aborted && setLoading(history ? { state: "here", history } : { state: "failed" }),
    );
    return () => gone.abort();
  }, [open, saved, matrixId, duty, attempt]);

  async function older(from: History) {
    const next = await fetchHistory(matrixId, duty.id, from.older, AbortSignal.timeout(20_000));
    if (next)
      setLoading({ state: "here", history: { entries: [...from.entries, ...next.entries], older: next.older } });
  }

  return (
    <details className={styles.section} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>History</summary>
      <div className={styles.inside}>
        {loading.state === "waiting" && <p className={styles.hint}>Reading the history…</p>}
        {loading.state === "failed" && (
          <p className={styles.hint}>
            The history can't be read now.{" "}
            <Button size="sm" onClick={() => setAttempt(attempt + 1)}>
              Try again
            </Button>
          </p>
        )}
        {loading.state === "here" && loading.history.entries.length === 0 && (
          <p className={styles.hint}>Nothing has changed here since the matrix was made.</p>
        )}
        {loading.state === "here" && (
          <>
            <ol className={styles.history}>
              {loading.history.entries.map((entry) => (
                <li key={entry.id}>
                  <p className={styles.meta}>
                    <b>
                      <bdi>{entry.actorName}</bdi>
                    </b>
                    <Time iso={entry.at} withTime />
                    {entry.undo && <span>took back or repeated a step</span>}
                    {entry.change.terms && <span>terms changed</span>}
                  </p>
                  <p>
                    <DutyChangeWords change={entry.change} />
                  </p>
                  {entry.workshop && <p className={styles.hint}>{entry.workshop}</p>}
                  <div>
                    <Button
                      size="sm"
                      variant="ghost"
                      onClick={() =>
                        editor.run([{ type: "diff.apply", diff: entry.inverse }], `Step on ${duty.code} taken back`)
                      }
                    >
                      Take this back
                    </Button>
                  </div>
                </li>
              ))}
            </ol>
            {loading.history.older !== null && (
              <Button size="sm" onClick={() => void older(loading.history)}>
                Older
              </Button>
            )}
          </>
        )}
      </div>
    </details>
  );
}

async function fetchHistory(
  matrixId: string,
  dutyId: string,
  before: number | null,
  signal: AbortSignal,
): Promise<History | null> {
  try {
    const response = await fetch(paths.history(matrixId, dutyId, before), { signal });
    return response.ok ? await response.json() : null;
  } catch {
    return null;
  }
}
