import { useState, type FormEvent } from "react";
import { LIMITS } from "~/domain/limits";
import { Button } from "../../../primitives/button";
import { Field, TextInput } from "../../../primitives/form/field";
import { Dialog } from "../../../primitives/overlays/dialog";
import type { Asking } from "../../use-asking";
import styles from "./dialogs.module.css";

/** Puts an item off: who takes it up again, and until when. */
export function ParkDialog({
  itemId,
  people,
  day,
  asking,
  onDone,
  onClose,
}: {
  itemId: string;
  /** Names to choose among; anybody else can be written. */
  people: readonly string[];
  /** The day that it is put off to at first. */
  day: string;
  asking: Asking;
  onDone: () => void;
  onClose: () => void;
}) {
  const [owner, setOwner] = useState("");
  const [until, setUntil] = useState(day);
  async function park(event: FormEvent) {
    event.preventDefault();
    if (await asking.run({ type: "park", itemId, owner, until })) onDone();
  }
  return (
    <Dialog open onClose={onClose} size="sm" title="Park it">
      <form onSubmit={(event) => void park(event)} className={styles.form}>
        <p>It stays open, with somebody who takes it up again. Nobody has to confirm that.</p>
        <Field label="Who takes it up again" error={asking.refused}>
          <TextInput
            value={owner}
            onChange={(event) => setOwner(event.target.value)}
            maxLength={LIMITS.name}
            list="park-with"
            autoFocus
            required
          />
        </Field>
        <datalist id="park-with">
          {[...new Set(people)].map((name) => (
            <option key={name} value={name} />
          ))}
        </datalist>
        <Field label="Until">
          <TextInput type="date" value={until} onChange={(event) => setUntil(event.target.value)} required />
        </Field>
        <div className={styles.actions}>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" variant="primary" loading={asking.busy}>
            Park
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
