import { useState, type FormEvent } from "react";
import { LIMITS } from "~/domain/limits";
import type { CurrentView, PartyView } from "~/domain/workshop/view/view-types";
import { Button } from "../../../primitives/button";
import { Field, FieldError, TextArea } from "../../../primitives/form/field";
import { Dialog } from "../../../primitives/overlays/dialog";
import { choiceWords } from "../../reveal/verdict-words";
import type { Asking } from "../../use-asking";
import styles from "./dialogs.module.css";
import { sidesOf } from "../../sides";

/** A position begins with so many of the reasons that were given; others are in the minutes. */
const MOST_REASONS = 3;

/** Keeps both sides' positions, which begin with what each said at the reveal. Both hosts confirm that this is what they hold. */
export function DisputeDialog({
  current,
  parties,
  asking,
  onDone,
  onClose,
}: {
  current: CurrentView;
  parties: readonly PartyView[];
  asking: Asking;
  onDone: () => void;
  onClose: () => void;
}) {
  const sides = sidesOf(parties);
  const [positions, setPositions] = useState(() =>
    Object.fromEntries(sides.map(({ partyId }) => [partyId, positionOf(current, parties, partyId)])),
  );
  async function dispute(event: FormEvent) {
    event.preventDefault();
    const { itemId, terms } = current;
    if (await asking.run({ type: "settle", itemId, settlement: { kind: "dispute", positions }, terms })) onDone();
  }
  return (
    <Dialog open onClose={onClose} size="md" title="Record a dispute">
      <form onSubmit={(event) => void dispute(event)} className={styles.form}>
        <p>Both positions are kept beside each other. Both hosts confirm that this is what they hold.</p>
        {sides.map(({ partyId, name }, index) => (
          <Field key={partyId} label={`${name} holds`}>
            <TextArea
              rows={3}
              maxLength={LIMITS.position}
              value={positions[partyId] ?? ""}
              onChange={(event) => setPositions({ ...positions, [partyId]: event.target.value })}
              autoFocus={index === 0}
            />
          </Field>
        ))}
        {asking.refused && <FieldError>{asking.refused}</FieldError>}
        <div className={styles.actions}>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" variant="primary" loading={asking.busy}>
            Put it on the table
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

function positionOf({ revealed }: CurrentView, parties: readonly PartyView[], partyId: string): string {
  const picture = revealed?.pictures.find((one) => one.partyId === partyId);
  const words = picture?.choice ? choiceWords(parties, picture.choice) : "";
  const said =
    words === "" || picture?.choice?.kind === "not-sure" ? "" : `${words.charAt(0).toUpperCase()}${words.slice(1)}.`;
  return [said, ...(picture?.reasons ?? []).slice(0, MOST_REASONS).map(({ reason }) => reason)]
    .filter(Boolean)
    .join(" ")
    .slice(0, LIMITS.position);
}
