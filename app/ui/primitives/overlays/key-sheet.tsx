import { Dialog } from "./dialog";
import { Kbd } from "../kbd";
import styles from "./key-sheet.module.css";

export type KeyEntry = readonly [keys: readonly string[], does: string];

/** A list of keys and what they do. */
export function KeySheet({ title, keys, onClose }: { title: string; keys: readonly KeyEntry[]; onClose: () => void }) {
  return (
    <Dialog open onClose={onClose} size="sm" title={title}>
      <dl className={styles.keys}>
        {keys.map(([names, does]) => (
          <div key={does}>
            <dt>
              {names.map((name) => (
                <Kbd key={name}>{name}</Kbd>
              ))}
            </dt>
            <dd>{does}</dd>
          </div>
        ))}
      </dl>
    </Dialog>
  );
}
