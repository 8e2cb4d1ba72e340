import type { PlanView } from "~/domain/workshop/view/view-types";
import { KeySheet, type KeyEntry } from "../../primitives/overlays/key-sheet";
import type { Asking } from "../use-asking";
import styles from "./stage.module.css";
import { SureDialog } from "./sure-dialog";

type DialogProps = { asking: Asking; onClose: () => void };

/** Asks whether the workshop goes on another day, and says what stays. */
export function AdjournDialog({ asking, onClose }: DialogProps) {
  return (
    <SureDialog
      title="Go on another day?"
      yes="Stop for today"
      asked={[{ type: "adjourn" }]}
      asking={asking}
      onClose={onClose}
    >
      <ul className={styles.facts}>
        <li>The time stops, and the digits open nothing any more.</li>
        <li>Everything that was proposed and settled stays as it is.</li>
        <li>You open it again from here. Everybody comes back by the same link.</li>
      </ul>
    </SureDialog>
  );
}

/** Asks whether the workshop ends, and says what follows. */
export function EndDialog({
  plan,
  opened,
  asking,
  onClose,
}: DialogProps & { plan: readonly PlanView[]; opened: boolean }) {
  const count = (...statuses: PlanView["status"][]) => plan.filter(({ status }) => statuses.includes(status)).length;
  const done = count("settled", "parked", "disputed");
  const left = plan.length - done;
  return (
    <SureDialog title="End the workshop?" yes="End it" asked={[{ type: "end" }]} asking={asking} onClose={onClose}>
      <ul className={styles.facts}>
        <li>
          {count("settled")} settled, {count("parked")} parked, {count("disputed")} disputed: all of that is on the
          board.
        </li>
        {left > 0 && <li>{left} not settled: on the board they stay as they are.</li>}
        <li>The minutes go by mail to those who took part.</li>
        <li>Guests are out, and neither link nor digits open anything any more.</li>
        <li>
          It can’t be opened again.{opened && " To continue with the same people and plan, go on another day instead."}
        </li>
      </ul>
    </SureDialog>
  );
}

const KEYS: readonly KeyEntry[] = [
  [["Space"], "Open, begin, reveal, put on the table, confirm, go on: what the black button says"],
  [["1", "–", "9"], "Choose what it is settled by"],
  [["N"], "Write the boundary note; Enter puts it on the table"],
  [["P"], "Park, with an owner and a day"],
  [["D"], "Record a dispute"],
  [["C"], "Change what is on the table"],
  [["R"], "Reopen: everybody proposes anew"],
  [["U"], "Undo your last step; Ctrl+Z too"],
  [["S"], "Skip"],
  [["←"], "Back to the one before"],
  [["→"], "On to the next"],
  [["T"], "Pause the time, and go on"],
  [["L"], "The whole plan"],
  [["O"], "Only differences"],
  [["A"], "Let in all who wait"],
  [["F"], "Full screen"],
  [["E"], "End the workshop"],
  [["?"], "This list"],
];

/** The keys of the stage. */
export function StageKeySheet({ onClose }: { onClose: () => void }) {
  return <KeySheet title="Keys" keys={KEYS} onClose={onClose} />;
}
