import { useEffect, useState } from "react";
import { isReopened } from "~/domain/agreement/agreement";
import type { Duty } from "~/domain/matrix/shapes";
import { paths } from "~/paths";
import type { Reopening } from "~/services/matrix/activity.server";
import { LetterChangeChips } from "../activity/duty-change";
import type { MatrixEditor } from "../editor/editor-types";
import { unsavedEdits } from "../editor/save-state";
import { Time } from "../primitives/time";
import styles from "./drawer.module.css";

const NAMED = 3;
const NONE: Reopening[] = [];

/** Fetches what reopened a duty's marks, once a mark has become invalid and no edit is unsaved. */
export function useReopened(duty: Duty, editor: MatrixEditor): readonly Reopening[] {
  const [known, setKnown] = useState<{ duty: Duty; reopenings: Reopening[] } | null>(null);
  const wanted =
    unsavedEdits(editor.save) === 0 &&
    Object.keys(duty.marks).some((partyId) => isReopened(editor.matrix, duty, partyId));
  const { matrixId } = editor;

  useEffect(() => {
    if (!wanted) return;
    const gone = new AbortController();
    void fetchReopened(matrixId, duty.id, gone.signal).then(
      (reopenings) => !gone.signal.aborted && setKnown({ duty, reopenings }),
    );
    return () => gone.abort();
  }, [wanted, matrixId, duty]);
  return known?.duty === duty ? known.reopenings : NONE;
}

async function fetchReopened(matrixId: string, dutyId: string, signal: AbortSignal): Promise<Reopening[]> {
  try {
    const response = await fetch(paths.reopened(matrixId, dutyId), { signal });
    return response.ok ? await response.json() : NONE;
  } catch {
    return NONE;
  }
}

/**
 * Says why a party's mark became invalid: what changed since and who changed it, or a general sentence if that is
 * unknown.
 */
export function ReopenedWords({ reopening }: { reopening: Reopening | undefined }) {
  const changes = reopening?.changes ?? [];
  if (changes.length === 0)
    return <p>Open again: something that is signed changed since its mark. The history says what.</p>;
  const [only] = changes;
  if (only && changes.length === 1) {
    return (
      <p>
        Open again: <ChangeWords change={only} />
      </p>
    );
  }
  return (
    <div className={styles.reopened}>
      <p>Open again:</p>
      <ul>
        {changes.slice(0, NAMED).map((change) => (
          <li key={typeof change.term === "string" ? change.term : change.term.roleId}>
            <ChangeWords change={change} />
          </li>
        ))}
        {changes.length > NAMED && <li>And {changes.length - NAMED} more; the history says what.</li>}
      </ul>
    </div>
  );
}

function ChangeWords({ change: { term, actorName, at } }: { change: Reopening["changes"][number] }) {
  return (
    <>
      {typeof term === "string" ? <bdi>{term}</bdi> : <LetterChangeChips change={term} />}, by <bdi>{actorName}</bdi> on{" "}
      <Time iso={at} />
    </>
  );
}
