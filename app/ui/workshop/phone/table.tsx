import { useState } from "react";
import { nameList } from "~/domain/name-list";
import { settlementWords } from "~/domain/workshop/settlement-words";
import type { WorkshopShown } from "~/domain/workshop/view/live";
import type { PlanView, SettlingView } from "~/domain/workshop/view/view-types";
import { Button } from "../../primitives/button";
import { CircleAlert, CircleCheck, Icon } from "../../primitives/icon";
import { Notice } from "../../primitives/notice";
import type { WorkshopOnScreen } from "../use-workshop";
import styles from "./phone.module.css";
import { SettlementText } from "./settlement-text";
import { partiesInOrder, sidesOf } from "../sides";
import { hostedSide } from "./sides";

type TableProps = {
  shown: WorkshopShown;
  item: PlanView;
  ask: WorkshopOnScreen["ask"];
  /** Names the item too. */
  named?: boolean;
};

/** What is on the table for an item, whose confirmation is waited for, and for a host the button that gives it. */
export function OnTable({ shown, item, ask, named = false }: TableProps) {
  const { settling } = item;
  if (!settling) return null;
  const title = named ? `${item.code} ${item.text}`.trim() : "On the table";
  return (
    <section
      className={styles.table}
      aria-label={named ? title : undefined}
      aria-labelledby={named ? undefined : "table"}
    >
      <h2 id={named ? undefined : "table"} dir="auto">
        {title}
      </h2>
      {settling.settlement.kind === "dispute" && <p>Recorded as disputed, with both positions:</p>}
      <SettlementText parties={partiesInOrder(shown.room?.parties ?? [])} settlement={settling.settlement} />
      <Standing shown={shown} settling={settling} />
      <Confirm shown={shown} itemId={item.itemId} settling={settling} ask={ask} />
    </section>
  );
}

function Standing({ shown, settling }: { shown: WorkshopShown; settling: SettlingView }) {
  const nameOf = (id: string | null) => shown.room?.people.find(({ participantId }) => participantId === id)?.label;
  const own = hostedSide(shown)?.partyId;
  return (
    <ul className={styles.confirmations}>
      {sidesOf(shown.room?.parties ?? []).map(({ partyId, name, hostId }) => {
        const done = settling.confirmed.includes(partyId);
        return (
          <li key={partyId} data-done={done || undefined}>
            {done ? <Icon of={CircleCheck} label="Confirmed" /> : <span aria-hidden className={styles.open} />}
            <span>
              {done ? (
                <>
                  Confirmed for <bdi>{name}</bdi>
                </>
              ) : hostId === null ? (
                <>
                  <bdi>{name}</bdi> has no host yet, so that nobody can confirm for it
                </>
              ) : (
                <>
                  Waiting for {partyId === own ? "you" : <bdi>{nameOf(hostId) ?? "its host"}</bdi>}, for{" "}
                  <bdi>{name}</bdi>
                </>
              )}
            </span>
          </li>
        );
      })}
    </ul>
  );
}

function Confirm({
  shown,
  itemId,
  settling,
  ask,
}: {
  shown: WorkshopShown;
  itemId: string;
  settling: SettlingView;
  ask: WorkshopOnScreen["ask"];
}) {
  const [busy, setBusy] = useState(false);
  const [refused, setRefused] = useState<string | null>(null);
  const hosted = hostedSide(shown);
  if (!hosted || !mayConfirm(shown, settling)) return null;
  if (settling.outdated)
    return (
      <Notice icon={CircleAlert}>It was changed on the board since. The facilitator looks at it again first.</Notice>
    );
  async function confirm() {
    setBusy(true);
    const answer = await ask([{ type: "confirm", itemId, number: settling.number }]);
    setBusy(false);
    setRefused(answer.refused);
    // The button goes with what it was for, so that the next one is found from the heading on.
    if (answer.refused === null) document.getElementById("item")?.focus({ preventScroll: true });
  }
  return (
    <>
      <div role="status">
        {refused !== null && (
          <Notice icon={CircleAlert} tone="alert">
            {refused}
          </Notice>
        )}
      </div>
      <Button variant="primary" size="lg" className={styles.confirm} loading={busy} onClick={() => void confirm()}>
        <span className={styles.cut}>
          Confirm for <bdi>{hosted.name}</bdi>
        </span>
      </Button>
    </>
  );
}

/** Whether the viewer is asked to confirm something for their party. */
export function mayConfirm(shown: WorkshopShown, settling: SettlingView | null): boolean {
  const hosted = hostedSide(shown);
  return (
    settling !== null &&
    hosted !== null &&
    hosted.kind !== "third-party" &&
    !settling.confirmed.includes(hosted.partyId)
  );
}

/** How an item was settled, in a sentence. */
export function settledWords({ room }: Pick<WorkshopShown, "room">, { settlement, status }: PlanView): string {
  if (!settlement) return "";
  const parties = (room?.parties ?? []).map(({ partyId, name }) => ({ id: partyId, name }));
  const words = settlementWords({ parties }, settlement);
  return status === "disputed" ? `Both positions are kept. ${words}` : words;
}

/** Who of the seats is waited for, in a sentence; empty where nobody is. */
export function waitedWords({ room, current }: Pick<WorkshopShown, "room" | "current">): string {
  if (!current || current.revealed) return "";
  const seatOf = (id: string) => room?.people.find(({ participantId }) => participantId === id);
  const spokenFor = current.seats.flatMap((one) => (one.forParty ? [seatOf(one.participantId)?.partyId] : []));
  const names = current.seats.flatMap(({ participantId, sealed }) => {
    const seat = seatOf(participantId);
    return sealed || !seat || spokenFor.includes(seat.partyId) ? [] : [seat.label];
  });
  if (names.length === 0) return "";
  return names.length > 4 ? `${names.length} people are still thinking.` : `Still thinking: ${nameList(names)}.`;
}
