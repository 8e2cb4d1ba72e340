import { useState } from "react";
import type { DoorShown } from "~/domain/workshop/view/live";
import type { PartyView, PlanView, RoomView, SeatView, YoursView } from "~/domain/workshop/view/view-types";
import { Avatar } from "../../../marks/avatar";
import { Button } from "../../../primitives/button";
import { FieldError } from "../../../primitives/form/field";
import { Ellipsis, Icon } from "../../../primitives/icon";
import { Menu } from "../../../primitives/overlays/menu";
import type { MenuItem } from "../../../primitives/overlays/menu-item";
import { useAsking, type Asking } from "../../use-asking";
import type { WorkshopOnScreen } from "../../use-workshop";
import { SureDialog } from "../sure-dialog";
import { Door } from "./door";
import { RoomLog } from "./room-log";
import styles from "./room.module.css";

type RoomPanelProps = {
  room: RoomView;
  yours: YoursView;
  door: DoorShown | null;
  /** Whether how one joins is what stands in the middle. */
  inMiddle: boolean;
  plan: readonly PlanView[];
  ask: WorkshopOnScreen["ask"];
  /** Null while nothing can be gone to. */
  onGo: ((itemId: string) => void) | null;
};

/** The side of the stage: how one joins, who waits and who is here, and what this workshop came to so far. */
export function RoomPanel({ room, yours, door, inMiddle, plan, ask, onGo }: RoomPanelProps) {
  const asking = useAsking(ask);
  return (
    <aside className={styles.room} aria-label="The room">
      {door && room.stage === "open" && <Door {...{ door, room, inMiddle, asking }} />}
      {asking.refused && (
        <div role="alert">
          <FieldError>{asking.refused}</FieldError>
        </div>
      )}
      <Waiting yours={yours} parties={room.parties} asking={asking} />
      <MissingHosts room={room} yours={yours} asking={asking} />
      <RoomLog plan={plan} parties={room.parties} onGo={onGo} />
      <People room={room} asking={asking} />
    </aside>
  );
}

function Waiting({ yours, parties, asking }: { yours: YoursView; parties: readonly PartyView[]; asking: Asking }) {
  const { waiting } = yours;
  if (waiting.length === 0) return null;
  return (
    <section aria-labelledby="who-waits">
      <div className={styles.heading}>
        <h2 id="who-waits">
          Waiting <span>{waiting.length}</span>
        </h2>
        <Button
          size="sm"
          variant="primary"
          onClick={() => void asking.run({ type: "admit", participantIds: waiting.map((one) => one.participantId) })}
        >
          {waiting.length === 1 ? "Let in" : "Let all in"}
        </Button>
      </div>
      <ul className={styles.people}>
        {waiting.map(({ participantId, label, partyId }) => {
          const party = parties.find((one) => one.partyId === partyId);
          return (
            <li key={participantId}>
              <Avatar name={label} kind={party?.kind ?? null} size="sm" />
              <span className={styles.name}>
                {label}
                <span className={styles.side}>{party?.name}</span>
              </span>
              {waiting.length > 1 && (
                <Button
                  size="sm"
                  aria-label={`Let ${label} in`}
                  onClick={() => void asking.run({ type: "admit", participantIds: [participantId] })}
                >
                  Let in
                </Button>
              )}
              <Button
                size="sm"
                variant="ghost"
                aria-label={`Send ${label} away`}
                onClick={() => void asking.run({ type: "refuse", participantId })}
              >
                No
              </Button>
            </li>
          );
        })}
      </ul>
    </section>
  );
}

/** Which side has no host, and how it gets one: without both nothing is confirmed. */
function MissingHosts({ room: { parties }, yours, asking }: { room: RoomView; yours: YoursView; asking: Asking }) {
  const missing = parties.filter(({ kind, hostId }) => kind !== "third-party" && hostId === null);
  const mine = parties.find(({ partyId }) => partyId === yours.partyId);
  if (missing.length === 0) return null;
  return (
    <section aria-label="Hosts">
      {missing.map(({ partyId, name }) => (
        <p key={partyId} className={styles.missing}>
          {name} has no host, so nothing can be confirmed for it. Somebody of it with an account takes the seat on their
          own screen, or you choose them below.
        </p>
      ))}
      {yours.may.host && mine && (
        <Button
          size="sm"
          className={styles.seat}
          onClick={() => void asking.run({ type: "host", participantId: yours.participantId })}
        >
          Be the host of {mine.name}
        </Button>
      )}
    </section>
  );
}

/** What is asked before it happens, since nobody can take it back alone. */
type Sure = { seat: SeatView; what: "hand-over" | "refuse" };

function People({ room, asking }: { room: RoomView; asking: Asking }) {
  const [sure, setSure] = useState<Sure | null>(null);
  const { people, parties } = room;
  const close = () => setSure(null);
  return (
    <section aria-labelledby="who-is-here">
      <div className={styles.heading}>
        <h2 id="who-is-here">
          Here <span>{people.length}</span>
        </h2>
      </div>
      {parties.map((party) => {
        const seats = people.filter(({ partyId }) => partyId === party.partyId);
        return seats.length === 0 ? null : (
          <ul key={party.partyId} className={styles.people} aria-label={party.name}>
            {seats.map((seat) => (
              <li key={seat.participantId}>
                <Avatar name={seat.label} kind={party.kind} size="sm" />
                <span className={styles.name}>
                  {seat.label} <span className={styles.quiet}>{marksOf(seat)}</span>
                </span>
                <SeatMenu seat={seat} asking={asking} onSure={(what) => setSure({ seat, what })} />
              </li>
            ))}
          </ul>
        );
      })}
      {people.length <= 1 && (
        <p className={styles.quiet}>Nobody else is here yet. People come by the digits or the picture above.</p>
      )}
      {sure && (
        <SureDialog
          title={sure.what === "refuse" ? `Send ${sure.seat.label} away?` : `Hand over to ${sure.seat.label}?`}
          yes={sure.what === "refuse" ? "Send away" : "Hand over"}
          asking={asking}
          asked={[{ type: sure.what, participantId: sure.seat.participantId }]}
          onClose={close}
        >
          {sure.what === "refuse"
            ? "They see nothing more of this workshop. What they proposed stays; they can come back only by the door."
            : "They lead from then on, with the projector on their screen. You may take over again from yours."}
        </SureDialog>
      )}
    </section>
  );
}

function marksOf({ facilitator, host, second, guest }: SeatView): string {
  return [facilitator && "leads", host && "host", second && "may take over", guest && "guest"]
    .filter(Boolean)
    .join(", ");
}

function SeatMenu({ seat, asking, onSure }: { seat: SeatView; asking: Asking; onSure: (what: Sure["what"]) => void }) {
  const { participantId, label, facilitator, second, host, guest } = seat;
  const items: MenuItem[] = [
    ...(host || guest
      ? []
      : [{ key: "host", label: "Make host", onSelect: () => void asking.run({ type: "host", participantId }) }]),
    ...(facilitator || guest
      ? []
      : [
          {
            key: "second",
            label: second ? "May not take over any more" : "May take over",
            onSelect: () => void asking.run({ type: "second", participantId, may: !second }),
          },
          { key: "hand-over", label: "Hand over to them…", onSelect: () => onSure("hand-over") },
        ]),
    ...(facilitator
      ? []
      : [
          {
            key: "refuse",
            label: "Send away…",
            tone: "alert" as const,
            separated: !guest,
            onSelect: () => onSure("refuse"),
          },
        ]),
  ];
  if (items.length === 0) return null;
  return (
    <Menu
      align="end"
      items={items}
      trigger={(props) => (
        <Button
          size="sm"
          variant="ghost"
          icon={<Icon of={Ellipsis} size={14} />}
          aria-label={`More about ${label}`}
          {...props}
        />
      )}
    />
  );
}
