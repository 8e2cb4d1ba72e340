import { useEffect, useRef, useState } from "react";
import type { WorkshopShown } from "~/domain/workshop/view/live";
import { OUTCOME_WORDS, type Outcome } from "~/domain/workshop/outcome";
import type { PlanView } from "~/domain/workshop/view/view-types";
import { Button } from "../../primitives/button";
import { CircleAlert, CircleCheck } from "../../primitives/icon";
import { Notice } from "../../primitives/notice";
import { Reveal } from "../reveal/reveal";
import type { WorkshopOnScreen } from "../use-workshop";
import { ActionNotice } from "./action-notice";
import { ItemHead } from "./item-head";
import styles from "./phone.module.css";
import { ProposeForm } from "./propose-form";
import { pickedWords, SealedAnswer } from "./sealed-answer";
import { SettlementText } from "./settlement-text";
import { partiesInOrder } from "../sides";
import { ownSide } from "./sides";
import { mayConfirm, OnTable, waitedWords } from "./table";
import { takesProposals, type Proposals } from "./use-proposals";

type NowProps = { shown: WorkshopShown; ask: WorkshopOnScreen["ask"]; proposals: Proposals };

/** What is talked about at this moment. Whoever is in the middle of an answer stays with it when the room goes on. */
export function Now({ shown, ask, proposals }: NowProps) {
  const { current, plan } = shown;
  const [shownId, setShownId] = useState(current?.itemId ?? null);
  const room = useRef<HTMLDivElement>(null);
  const currentId = current?.itemId ?? null;
  const answering = useRef(false);
  answering.current = shownId !== null && proposals.drafts[shownId]?.phase === "typing";

  // Only the room's going on leads on: whoever stops typing afterwards goes on by the button.
  useEffect(() => {
    const typing = room.current?.querySelector("[data-proposing]")?.contains(document.activeElement) ?? false;
    if (!(typing && answering.current)) setShownId(currentId);
  }, [currentId]);

  const item = plan.find(({ itemId }) => itemId === shownId);
  const asked = item !== undefined && mayConfirm(shown, item.settling);
  const revealed = item !== undefined && !takesProposals(plan, item.itemId);
  useFromTop(`${shownId} ${revealed} ${asked}`);
  const goneOn = currentId !== null && item !== undefined && shownId !== currentId;
  return (
    <div ref={room} className={styles.view}>
      <div role="status">
        {goneOn && (
          <ActionNotice action={<Button onClick={() => setShownId(currentId)}>Go to what is talked about</Button>}>
            The facilitator has gone on. Your answer here still counts if you seal it, and is kept if you don’t.
          </ActionNotice>
        )}
      </div>
      {item ? (
        <ItemView key={item.itemId} shown={shown} item={item} ask={ask} proposals={proposals} />
      ) : (
        <Lobby shown={shown} />
      )}
    </div>
  );
}

/** What is shown now is another thing than before, so that it is read from its beginning. */
function useFromTop(what: string) {
  const before = useRef(what);
  useEffect(() => {
    if (before.current !== what) window.scrollTo({ top: 0 });
    before.current = what;
  }, [what]);
}

/** One item with what its state asks for: an answer, its reveal, what is on the table, or how it was settled. */
export function ItemView({ shown, item, ask, proposals }: NowProps & { item: PlanView }) {
  const { current, plan, reading } = shown;
  const text = reading.find(({ itemId }) => itemId === item.itemId) ?? null;
  const answer = proposals.of(item);
  const revealed = current?.itemId === item.itemId ? current.revealed : null;
  const open = takesProposals(plan, item.itemId);
  const mode = !open ? "closed" : answer.sealed && !answer.draft ? "sealed" : "form";
  const focus = useFocusKept(mode);
  return (
    <div className={styles.item} {...focus}>
      <ItemHead item={item} place={plan.indexOf(item) + 1} of={plan.length} reading={text} own={ownSide(shown)} />
      {item.deleted && (
        <div className={styles.notice}>
          <Notice icon={CircleAlert}>
            This was deleted from the board. The facilitator skips it or brings it back.
          </Notice>
        </div>
      )}
      {mode === "sealed" && answer.sealed && (
        <SealedAnswer
          shown={shown}
          answer={answer}
          sealed={answer.sealed}
          waited={current?.itemId === item.itemId ? waitedWords(shown) : ""}
        />
      )}
      {mode === "form" && <ProposeForm shown={shown} item={item} answer={answer} />}
      {!open && answer.draft && (
        <div className={styles.notice}>
          <ActionNotice action={<Button onClick={answer.forget}>Dismiss</Button>}>
            {answer.draft.refused ?? "This was revealed before you sealed. Say it to the room."} You had:{" "}
            <bdi>
              {pickedWords(shown, answer.draft.picked)} {answer.draft.picked.reason}
            </bdi>
          </ActionNotice>
        </div>
      )}
      {item.settling && <OnTable shown={shown} item={item} ask={ask} />}
      {item.settlement && (
        <section className={styles.sealed} aria-label="How it was settled" data-status={item.status}>
          <h2>{STATUS_TITLES[item.status] ?? "Settled"}</h2>
          <SettlementText parties={partiesInOrder(shown.room?.parties ?? [])} settlement={item.settlement} />
        </section>
      )}
      {revealed && (
        <div className={styles.notice}>
          <Reveal parties={partiesInOrder(shown.room?.parties ?? [])} revealed={revealed} risk={text?.today.risk} />
        </div>
      )}
      {item.outcome && !revealed && !item.settlement && <OutcomeLine outcome={item.outcome} />}
      {item.status === "revealed" && current?.itemId === item.itemId && (
        <p className={styles.quiet}>
          The room talks about it. The facilitator then puts on the table what both hosts confirm.
        </p>
      )}
    </div>
  );
}

/** What the reveal of an item came to that isn't talked about at this moment. */
function OutcomeLine({ outcome }: { outcome: Outcome }) {
  const { name, meaning } = OUTCOME_WORDS[outcome];
  return (
    <p className={styles.quiet}>
      Revealed: {name}. {meaning}
    </p>
  );
}

const STATUS_TITLES: Partial<Record<PlanView["status"], string>> = {
  settled: "Agreed by both parties",
  parked: "Parked",
  disputed: "Disputed",
};

/** Where the control that had the focus is gone with what it was for, the item's heading has it. */
function useFocusKept(mode: string) {
  const had = useRef(false);
  useEffect(() => {
    if (had.current && document.activeElement === document.body)
      document.getElementById("item")?.focus({ preventScroll: true });
  }, [mode]);
  return { onFocus: () => void (had.current = true), onBlur: () => void (had.current = false) };
}

function Lobby({ shown: { title, stage, plan, room } }: { shown: WorkshopShown }) {
  return (
    <div className={styles.item}>
      <h1 className={styles.title} dir="auto">
        {title}
      </h1>
      <div className={styles.notice}>
        <Notice icon={CircleCheck}>You are in.</Notice>
      </div>
      <p className={styles.ask}>
        {stage === "prepared"
          ? `${plan.some(({ spentMs }) => spentMs > 0) ? "It goes on another day." : "It has not begun."} Until then you can read each item, and seal what you would propose.`
          : plan.length === 0
            ? "Nothing is planned yet. It appears here when the facilitator adds it."
            : "It has begun. The first item appears here when the facilitator goes to it."}
      </p>
      {room && (
        <p className={styles.quiet}>
          Led by <bdi>{room.facilitator}</bdi>.{" "}
          {room.people.length === 1 ? "1 person is" : `${room.people.length} people are`} here.
        </p>
      )}
    </div>
  );
}
