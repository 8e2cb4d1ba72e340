import { useState } from "react";
import { nameList } from "~/domain/name-list";
import type { WorkshopShown } from "~/domain/workshop/view/live";
import { Button } from "../../primitives/button";
import { CircleCheck, Icon, Lock } from "../../primitives/icon";
import type { Picked } from "./kept-drafts";
import styles from "./phone.module.css";
import { partiesInOrder } from "../sides";
import { ownSide } from "./sides";
import type { OwnAnswer } from "./use-proposals";

type SealedAnswerProps = {
  shown: WorkshopShown;
  answer: OwnAnswer;
  sealed: Picked;
  /** Who is waited for, in a sentence; empty where nobody is. */
  waited: string;
};

/** What somebody has sealed, which they can change or take back until it is revealed. */
export function SealedAnswer({ shown, answer, sealed, waited }: SealedAnswerProps) {
  const [busy, setBusy] = useState(false);
  const party = sealed.forParty ? ownSide(shown) : null;
  async function takeBack() {
    setBusy(true);
    await answer.takeBack();
    setBusy(false);
  }
  return (
    <>
      <section className={styles.sealed} aria-labelledby="sealed">
        <h2 id="sealed">
          <Icon of={CircleCheck} /> Sealed{party && ` for ${party.name}`}
        </h2>
        <p dir="auto">{pickedWords(shown, sealed)}</p>
        {sealed.reason && (
          <p className={styles.quiet} dir="auto">
            {sealed.reason}
          </p>
        )}
      </section>
      {waited && (
        <p className={styles.quiet} dir="auto">
          {waited}
        </p>
      )}
      <div className={styles.bar}>
        <div className={styles.sealNote}>
          <Icon of={Lock} size={14} />
          <p>Sealed, you can still change it. Nobody sees it before the reveal.</p>
        </div>
        <div className={styles.actions}>
          <Button size="lg" loading={busy} onClick={() => void takeBack()}>
            Take back
          </Button>
          <Button size="lg" className={styles.grow} onClick={() => answer.change(sealed)}>
            Change my answer
          </Button>
        </div>
      </div>
    </>
  );
}

/** What was picked, in a sentence. */
export function pickedWords(shown: Pick<WorkshopShown, "room">, { answers, does, path, notSure }: Picked): string {
  if (notSure) return "Not sure.";
  if (path) return path === "stands" ? "It stands as written." : "It has to change.";
  const parties = partiesInOrder(shown.room?.parties ?? []);
  const nameOf = (id: string | null) => parties.find(({ partyId }) => partyId === id)?.name ?? "Nobody yet";
  const doers =
    does.length === 0
      ? "nobody yet does it"
      : `${nameList(does.map(nameOf))} ${does.length === 1 ? "does it" : "do it"}`;
  return `${nameOf(answers)} answers, ${doers}.`;
}
