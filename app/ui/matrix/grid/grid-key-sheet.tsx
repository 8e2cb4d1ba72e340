import type { Settings } from "~/domain/matrix/shapes";
import { KeySheet, type KeyEntry } from "../../primitives/overlays/key-sheet";

const KEYS: readonly KeyEntry[] = [
  [["←", "→", "↑", "↓"], "Move; with Ctrl to the edge, with Shift select"],
  [["Tab"], "Next cell; Esc, then Tab, leaves the grid"],
  [["A", "R", "C", "I"], "Set the letter, again to take it away"],
  [["Shift", "A"], "Answers and does"],
  [["Delete"], "Clear the cells"],
  [["Enter"], "Open the duty, fold a domain, open a role's menu"],
  [["F2"], "Edit the duty's text in place"],
  [["N"], "Add a duty below"],
  [["M"], "Menu of the row or the role"],
  [["Alt", "↑ ↓"], "Move the duty up or down"],
  [["[", "]"], "Previous and next domain"],
  [["Ctrl", "C X V"], "Copy, cut and paste, also to and from a spreadsheet"],
  [["Ctrl", "D"], "Fill down"],
  [["Ctrl", "A"], "Select every cell"],
  [["Ctrl", "Z"], "Undo; with Shift redo"],
  [["/"], "Search"],
  [["?"], "This list"],
];

/** The keys of the grid. */
export function GridKeySheet({ onClose, scheme }: { onClose: () => void; scheme: Settings["scheme"] }) {
  const keys =
    scheme === "RACI"
      ? KEYS
      : KEYS.map(([names, does]): KeyEntry =>
          names.join("") === "ARCI" ? [["A", "R", "S", "C", "I"], does] : [names, does],
        );
  return <KeySheet title="Keys in the matrix" keys={keys} onClose={onClose} />;
}
