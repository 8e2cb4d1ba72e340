import { useEffect, useRef, useState } from "react";
import type { LiveEvent, Present } from "~/domain/live/live-event";
import type { MatrixEditor } from "../editor/editor-types";
import { flashDuties } from "./flash";
import type { LiveState } from "./event-source";
import styles from "./live.module.css";
import { createMatrixReader, type WantedMatrix } from "./matrix-reader";
import { otherStepsInWords, dutiesOf } from "./other-steps";
import { PlaceMarks } from "./place-marks";
import { PresentMenu } from "./present-menu";
import { joinSharedSource } from "./shared-source";
import { usePresence } from "./use-presence";
import { useReloading } from "./use-reloading";

/**
 * Keeps the matrix on screen current while others edit it: applies their steps under one's own, shows who is there, and
 * says politely what changed. Focus, selection and scrolling stay where they are.
 */
export function Live({ editor, userId }: { editor: MatrixEditor; userId: string }) {
  const [present, setPresent] = useState<readonly Present[]>([]);
  const [state, setState] = useState<LiveState>("live");
  const tab = useTabId();
  useLiveEvents({ editor, userId, tab, onPresent: setPresent, onState: setState });
  usePresence(editor.matrixId, tab);
  const others = present.filter((one) => one.tab !== tab);
  return (
    <>
      <PresentMenu matrix={editor.matrix} matrixId={editor.matrixId} present={others} ownId={userId} />
      <PlaceMarks present={others} />
      <OtherSteps editor={editor} ownId={userId} />
      {state === "other-release" && (
        <p className={styles.release} role="status">
          Demarc was updated.{" "}
          <button type="button" className={styles.reload} onClick={() => location.reload()}>
            Reload
          </button>{" "}
          to see what others edit.
        </p>
      )}
    </>
  );
}

/** A random id of this page, by which a browser's tabs tell each other apart. */
function useTabId(): string {
  const [tab] = useState(() => crypto.randomUUID());
  return tab;
}

type LiveEvents = {
  editor: MatrixEditor;
  userId: string;
  tab: string;
  onPresent: (present: readonly Present[]) => void;
  onState: (state: LiveState) => void;
};

function useLiveEvents({ editor, userId, tab, onPresent, onState }: LiveEvents) {
  const { matrixId, takeSteps, refresh, revision } = editor;
  const reload = useReloading();
  useEffect(() => {
    const shared = joinSharedSource<WantedMatrix, LiveEvent>({
      name: `demarc.live.${userId}`,
      tab,
      createReader: createMatrixReader,
      wanted: () => (document.visibilityState === "visible" ? { matrixId, revision: revision() } : null),
      onState,
      onEvent(event) {
        if (event.matrixId !== matrixId) return;
        switch (event.kind) {
          case "steps":
            return takeSteps(event.steps);
          case "refetch":
            return refresh();
          case "beside":
            return reload();
          case "present":
            return onPresent(event.present);
          // Reading the draft again tells why, and what becomes of edits that wait.
          case "ended":
            return refresh();
        }
      },
    });
    const changed = () => shared.changed();
    document.addEventListener("visibilitychange", changed);
    return () => {
      document.removeEventListener("visibilitychange", changed);
      shared.leave();
    };
  }, [matrixId, userId, tab, takeSteps, refresh, revision, reload, onPresent, onState]);
}

/** Announces what others changed, and shows once where. */
function OtherSteps({ editor, ownId }: { editor: MatrixEditor; ownId: string }) {
  const { others, matrix } = editor;
  const [words, setWords] = useState("");
  const shown = useRef(matrix);
  shown.current = matrix;
  useEffect(() => {
    if (others.length === 0) return;
    flashDuties(dutiesOf(others));
    setWords(otherStepsInWords(others, shown.current, ownId));
  }, [others, ownId]);
  return (
    <p className="vh" role="status" aria-live="polite">
      {words}
    </p>
  );
}
