import { useEffect, useRef, useState } from "react";
import { localDay } from "~/domain/days";
import type { Fix, PeopleChange } from "~/domain/findings/finding";
import { sendHolding, type HoldingForm } from "../people/send-holding";
import { Button } from "../primitives/button";
import { useRevalidator } from "../primitives/router";
import styles from "./findings-page.module.css";

type PeopleFix = Extract<Fix, { people: unknown }>;

/** What was done last, and how it is undone; or why it wasn't done. */
type Outcome = { said: string; undo: HoldingForm | null; failed: boolean };

export type PeopleFixes = {
  /** The change that is being stored. */
  busy: PeopleFix | null;
  outcome: Outcome | null;
  run: (fix: PeopleFix) => void;
  undo: () => void;
};

/** Carries out changes of people that findings offer, one at a time. They are stored at once, and each can be undone. */
export function usePeopleFixes(matrixId: string): PeopleFixes {
  const { revalidate } = useRevalidator();
  const [busy, setBusy] = useState<PeopleFix | null>(null);
  const [outcome, setOutcome] = useState<Outcome | null>(null);

  async function send(form: HoldingForm, done: Outcome) {
    const sent = await sendHolding(matrixId, form);
    setOutcome(sent.ok ? done : { said: sent.message, undo: null, failed: true });
    setBusy(null);
    if (sent.ok) revalidate();
  }

  return {
    busy,
    outcome,
    run(fix) {
      if (busy) return;
      setBusy(fix);
      void send(formOf(fix.people), { said: `${fix.said}.`, undo: undoOf(fix.people), failed: false });
    },
    undo() {
      if (!outcome?.undo) return;
      void send(outcome.undo, { said: `Undone: ${outcome.said}`, undo: null, failed: false });
    },
  };
}

function formOf(change: PeopleChange): HoldingForm {
  switch (change.intent) {
    case "cover":
      return { intent: "cover", roleId: change.roleId, overrides: JSON.stringify(change.overrides) };
    case "hold":
      return { intent: "hold", roleId: change.roleId, personId: change.personId, since: "" };
    case "verify":
      return { intent: "verify", id: change.personId, on: localDay(new Date()) };
  }
}

function undoOf(change: PeopleChange): HoldingForm {
  switch (change.intent) {
    case "cover":
      return { intent: "uncover", roleId: change.roleId, overrides: JSON.stringify(change.overrides) };
    case "hold":
      return { intent: "end", roleId: change.roleId, personId: change.personId };
    case "verify":
      return { intent: "unverify", id: change.personId, was: change.was ?? "" };
  }
}

/** What was done last, with Undo, which takes the focus: the finding that had it is about to go. */
export function PeopleFixNotice({ fixes: { outcome, undo } }: { fixes: PeopleFixes }) {
  const button = useRef<HTMLButtonElement>(null);
  useEffect(() => button.current?.focus(), [outcome]);
  return (
    <div role="status" data-print="hide">
      {outcome && (
        <p className={styles.outcome} data-failed={outcome.failed || undefined}>
          <span>{outcome.said}</span>
          {outcome.undo && (
            <Button ref={button} size="sm" onClick={undo}>
              Undo
            </Button>
          )}
        </p>
      )}
    </div>
  );
}
