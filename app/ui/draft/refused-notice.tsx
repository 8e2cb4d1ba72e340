import { useState } from "react";
import type { MatrixEditor, RefusedEdit } from "../editor/editor-types";
import { Button } from "../primitives/button";
import styles from "./refused-notice.module.css";

/** The edits that the server refused: what each was and why, until they are done again or discarded. */
export function RefusedNotice({ editor, live }: { editor: MatrixEditor; live: boolean }) {
  const { refused } = editor;
  const reasons = [...new Set(refused.map(({ reason }) => reason))];
  return (
    <>
      {live && (
        <p className="vh" role="status">
          {reasons.length > 0 && `Not done: ${reasons.join(" ")}`}
        </p>
      )}
      {refused.length > 0 && (
        <div
          role={live ? "region" : "group"}
          className={styles.refused}
          aria-label="Edits that were refused"
          data-print="hide"
        >
          <p className={styles.words}>
            {refused.length === 1 ? "1 edit was refused. It is" : `${refused.length} edits were refused. They are`} kept
            in this browser until you decide.
          </p>
          <ul className={styles.list} tabIndex={0} aria-label="Refused edits">
            {refused.map((edit) => (
              <RefusedRow key={edit.key} edit={edit} editor={editor} />
            ))}
          </ul>
          {refused.length > 1 && (
            <Button size="sm" onClick={(event) => withFocusKept(event.currentTarget, () => editor.discard(refused))}>
              Discard all
            </Button>
          )}
        </div>
      )}
    </>
  );
}

function RefusedRow({ edit, editor }: { edit: RefusedEdit; editor: MatrixEditor }) {
  const [copied, setCopied] = useState(false);

  async function copy() {
    // Where the browser denies access to the clipboard, the words stay there to be selected.
    await navigator.clipboard?.writeText(edit.words).then(
      () => setCopied(true),
      () => undefined,
    );
  }

  return (
    <li className={styles.row}>
      <p className={styles.edit}>
        <bdi translate="yes">{edit.words}</bdi>
        <span className={styles.reason}>Not done: {edit.reason}</span>
      </p>
      <span className={styles.buttons}>
        <Button size="sm" onClick={() => void copy()}>
          {copied ? "Copied" : "Copy"}
        </Button>
        <Button size="sm" onClick={(event) => withFocusKept(event.currentTarget, () => editor.tryAgain(edit))}>
          Try again
        </Button>
        <Button size="sm" onClick={(event) => withFocusKept(event.currentTarget, () => editor.discard([edit]))}>
          Discard
        </Button>
      </span>
    </li>
  );
}

/** A row that goes takes the focused button along, so the focus moves to the drawer or the page around it. */
function withFocusKept(button: HTMLElement, act: () => void) {
  const place = button.closest<HTMLElement>("aside[tabindex]") ?? document.getElementById("content");
  act();
  requestAnimationFrame(() => !button.isConnected && place?.focus({ preventScroll: true }));
}
