import { KeySheet, type KeyEntry } from "../../primitives/overlays/key-sheet";

const KEYS: readonly KeyEntry[] = [
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
  return <KeySheet title="Keys on the board" keys={KEYS} onClose={onClose} />;
}
