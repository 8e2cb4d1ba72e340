import { Dialog } from "../primitives/dialog";
import { Kbd } from "../primitives/kbd";
import styles from "./dialogs.module.css";

const KEYS: readonly [keys: string[], does: string][] = [
  [["←", "→", "↑", "↓"], "Move between cards; while carrying, choose the column"],
  [["Space"], "Pick up the card or the selection; drop it"],
  [["Esc"], "Put back, clear the selection, close"],
  [["Enter"], "Open the duty"],
  [["M"], "Move to…"],
  [["Shift", "↑ ↓"], "Select several in a row"],
  [["Ctrl", "A"], "Select all shown"],
  [["Delete"], "Delete the card or the selection"],
  [["/"], "Search"],
  [["Ctrl", "Z"], "Undo"],
  [["Ctrl", "Shift", "Z"], "Redo"],
  [["?"], "This list"],
];

/** The board's keys. */
export function KeyboardSheet({ onClose }: { onClose: () => void }) {
  return (
    <Dialog open onClose={onClose} size="sm" title="Keys on the board">
      <dl className={styles.keys}>
        {KEYS.map(([keys, does]) => (
          <div key={does}>
            <dt>
              {keys.map((key) => (
                <Kbd key={key}>{key}</Kbd>
              ))}
            </dt>
            <dd>{does}</dd>
          </div>
        ))}
      </dl>
    </Dialog>
  );
}
