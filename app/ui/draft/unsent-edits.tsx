import { changeSentences } from "~/domain/pack/sentences";
import { diffMatrices } from "~/domain/changes/diff";
import type { Matrix } from "~/domain/matrix/matrix";
import { Button } from "../primitives/button";
import { Dialog } from "../primitives/overlays/dialog";
import styles from "./unsent-edits.module.css";

/** The edits that could not be stored, as sentences that can be read and copied. */
export function UnsentEdits({ before, after, onClose }: { before: Matrix; after: Matrix; onClose: () => void }) {
  const sentences = changeSentences(before, after, diffMatrices(before, after));
  return (
    <Dialog open title="Edits that were not stored" onClose={onClose} footer={<Button onClick={onClose}>Close</Button>}>
      <p>Copy what you need and give it to somebody who can edit. They are kept in this browser.</p>
      <textarea
        readOnly
        className={styles.edits}
        rows={Math.min(14, sentences.length + 1)}
        value={sentences.join("\n")}
        aria-label="Edits that were not stored"
        onFocus={(event) => event.target.select()}
      />
    </Dialog>
  );
}
