import { useState } from "react";
import { compareDuties } from "~/domain/changes/comparison";
import { diffMatrices, isEmptyDiff } from "~/domain/changes/diff";
import { LIMITS } from "~/domain/limits";
import type { Matrix } from "~/domain/matrix/matrix";
import { restoredDraft } from "~/domain/editing/restore";
import { paths } from "~/paths";
import type { MatrixEditor } from "../editor/editor-types";
import { Button, ButtonLink } from "../primitives/button";
import { Dialog } from "../primitives/overlays/dialog";
import { CircleAlert, Icon, Undo2 } from "../primitives/icon";
import { Notice } from "../primitives/notice";
import { useNavigate } from "../primitives/router";
import { useOwnParty } from "../draft/own-side";
import styles from "./version-header.module.css";

/** How many bytes of an edit fit into one request, with room for the rest of the batch. */
const MOST_BYTES = LIMITS.batchBytes - 10_000;

/** Restores the agreed contents of a version in the draft, as one step to undo. */
export function RestoreVersion({ editor, number, version }: { editor: MatrixEditor; number: number; version: Matrix }) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button icon={<Icon of={Undo2} size={14} />} onClick={() => setOpen(true)}>
        Restore into the draft
      </Button>
      {open && <RestoreDialog editor={editor} number={number} version={version} onClose={() => setOpen(false)} />}
    </>
  );
}

function RestoreDialog({
  editor,
  number,
  version,
  onClose,
}: {
  editor: MatrixEditor;
  number: number;
  version: Matrix;
  onClose: () => void;
}) {
  const [refusal, setRefusal] = useState<string | null>(null);
  const navigate = useNavigate();
  const { matrix, matrixId } = editor;
  const own = useOwnParty();
  const target = restoredDraft(matrix, version, own?.kind ?? "third-party");
  const diff = target.ok ? diffMatrices(matrix, target.value) : null;
  const { changed } = compareDuties(version, matrix);
  const tooLarge = diff !== null && new TextEncoder().encode(JSON.stringify(diff)).length > MOST_BYTES;
  function restore() {
    if (!diff) return;
    const result = editor.run([{ type: "diff.apply", diff }], `Version ${number} restored into the draft`);
    if (!result.ok) return setRefusal(result.rejection.message);
    onClose();
    navigate(paths.board(matrixId));
  }
  return (
    <Dialog open size="sm" title={`Restore version ${number}`} onClose={onClose}>
      {!target.ok || !diff ? (
        <p>{target.ok ? "" : target.rejection.message}</p>
      ) : isEmptyDiff(diff) ? (
        <p>The draft says what version {number} says. There is nothing to restore.</p>
      ) : tooLarge ? (
        <p>More differs than one edit can hold. Delete what version {number} doesn't have first, then restore it.</p>
      ) : (
        <>
          <p>
            {changed === 0 ? "What stands beside the duties" : changed === 1 ? "1 duty" : `${changed} duties`} will read
            as in version {number} again. Marks, {own?.kind === "client" ? "" : "what is reserved, "}documentation and
            how it is done today stay. It is one edit, and undo takes it back.
          </p>
          {refusal && (
            <Notice icon={CircleAlert} tone="alert">
              {refusal}
            </Notice>
          )}
          <div className={styles.acts}>
            <Button variant="primary" onClick={restore}>
              Restore it
            </Button>
            <ButtonLink to={paths.compare(matrixId, { from: String(number) })} variant="ghost">
              See what differs
            </ButtonLink>
          </div>
        </>
      )}
    </Dialog>
  );
}
