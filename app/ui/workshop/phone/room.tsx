import { useState, type ReactNode } from "react";
import { paths } from "~/paths";
import type { Asked } from "~/domain/workshop/asked";
import type { WorkshopShown } from "~/domain/workshop/view/live";
import type { PartyView, SeatView } from "~/domain/workshop/view/view-types";
import { Avatar } from "../../marks/avatar";
import { PartyMark } from "../../marks/party-mark";
import { Button, ButtonLink } from "../../primitives/button";
import { CircleAlert, Icon, LogOut } from "../../primitives/icon";
import { Notice } from "../../primitives/notice";
import { Dialog } from "../../primitives/overlays/dialog";
import type { WorkshopOnScreen } from "../use-workshop";
import styles from "./phone.module.css";
import { partiesInOrder } from "../sides";
import { hostedSide, ownSide } from "./sides";

type RoomProps = { shown: WorkshopShown; ask: WorkshopOnScreen["ask"] };

/** A question before something that can't be taken back by one tap. */
type Question = { title: string; text: string; action: string; asked: Asked };

/** Who is in the workshop, who speaks for whom, and who waits to be let in. */
export function Room({ shown, ask }: RoomProps) {
  const [busy, setBusy] = useState<string | null>(null);
  const [refused, setRefused] = useState<string | null>(null);
  const [question, setQuestion] = useState<Question | null>(null);
  const { room, yours } = shown;
  if (!room || !yours) return null;
  async function run(key: string, asked: Asked) {
    setBusy(key);
    setQuestion(null);
    setRefused((await ask([asked])).refused);
    setBusy(null);
  }
  const own = ownSide(shown);
  const seat = room.people.find(({ participantId }) => participantId === yours.participantId);
  return (
    <div className={styles.view}>
      <div className={styles.item}>
        <h1 id="item" tabIndex={-1} className={styles.title}>
          {room.people.length === 1 ? "1 person" : `${room.people.length} people`} in the room
        </h1>
        <div role="status">
          {refused && (
            <Notice icon={CircleAlert} tone="alert">
              {refused}
            </Notice>
          )}
        </div>
        <Waiting shown={shown} busy={busy} run={run} />
        {own && own.kind !== "third-party" && yours.may.host && (
          <section className={styles.panel}>
            <p>
              Nobody speaks for <bdi>{own.name}</bdi> yet. Whoever does lets its people in, and confirms what is
              settled.
            </p>
            <Button
              variant="primary"
              size="lg"
              loading={busy === "host"}
              onClick={() => void run("host", { type: "host", participantId: yours.participantId })}
            >
              <span className={styles.cut}>
                Speak for <bdi>{own.name}</bdi>
              </span>
            </Button>
          </section>
        )}
        {yours.may.lead && (
          <section className={styles.panel}>
            <p>You lead this workshop. The projector’s view is for the screen in front of everybody.</p>
            <ButtonLink to={paths.projector(shown.workshopId)} size="lg">
              Open the projector’s view
            </ButtonLink>
          </section>
        )}
        {yours.may.takeOver && (
          <section className={styles.panel}>
            <p>
              <bdi>{room.facilitator}</bdi> leads, and named you as one who may take over. Everybody sees it.
            </p>
            <Button
              size="lg"
              onClick={() =>
                setQuestion({
                  title: "Take over?",
                  text: `You lead the workshop then, instead of ${room.facilitator}.`,
                  action: "Take over",
                  asked: { type: "take-over" },
                })
              }
            >
              Take over
            </Button>
          </section>
        )}
        {partiesInOrder(shown.room?.parties ?? []).map((party) => (
          <PartyList key={party.partyId} shown={shown} party={party} ask={setQuestion} />
        ))}
        {!seat?.facilitator && (
          <Button
            icon={<Icon of={LogOut} />}
            className={styles.leave}
            loading={busy === "leave"}
            onClick={() =>
              setQuestion({
                title: "Leave the workshop?",
                text: "What you sealed stays sealed. To come back, use the same link or the digits on the screen.",
                action: "Leave",
                asked: { type: "leave" },
              })
            }
          >
            Leave the workshop
          </Button>
        )}
      </div>
      <Dialog
        open={question !== null}
        title={question?.title}
        size="sm"
        onClose={() => setQuestion(null)}
        footer={
          <>
            <Button onClick={() => setQuestion(null)}>Stay</Button>
            <Button
              variant="primary"
              data-autofocus
              onClick={() => question && void run(question.asked.type, question.asked)}
            >
              {question?.action}
            </Button>
          </>
        }
      >
        <p dir="auto">{question?.text}</p>
      </Dialog>
    </div>
  );
}

type WaitingProps = { shown: WorkshopShown; busy: string | null; run: (key: string, asked: Asked) => Promise<void> };

/** Those at the door whom the viewer may let in, one by one or all. */
function Waiting({ shown, busy, run }: WaitingProps) {
  const waiting = shown.yours?.waiting ?? [];
  if (waiting.length === 0) return null;
  return (
    <section className={styles.panel} aria-labelledby="waiting">
      <h2 id="waiting">{waiting.length === 1 ? "1 person waits" : `${waiting.length} people wait`} to be let in</h2>
      <ul className={styles.people}>
        {waiting.map(({ participantId, label, partyId }) => (
          <li key={participantId}>
            <PartyMark kind={shown.room?.parties.find((party) => party.partyId === partyId)?.kind ?? "none"} />
            <bdi className={styles.name}>{label}</bdi>
            <span className={styles.two}>
              <Button
                aria-label={`Send ${label} away`}
                loading={busy === `refuse ${participantId}`}
                onClick={() => void run(`refuse ${participantId}`, { type: "refuse", participantId })}
              >
                Not them
              </Button>
              <Button
                variant="primary"
                aria-label={`Let ${label} in`}
                loading={busy === `admit ${participantId}`}
                onClick={() => void run(`admit ${participantId}`, { type: "admit", participantIds: [participantId] })}
              >
                Let in
              </Button>
            </span>
          </li>
        ))}
      </ul>
      {waiting.length > 1 && (
        <Button
          size="lg"
          loading={busy === "admit all"}
          onClick={() =>
            void run("admit all", { type: "admit", participantIds: waiting.map(({ participantId }) => participantId) })
          }
        >
          Let all {waiting.length} in
        </Button>
      )}
    </section>
  );
}

type PartyListProps = { shown: WorkshopShown; party: PartyView; ask: (question: Question) => void };

function PartyList({ shown, party, ask }: PartyListProps) {
  const people = shown.room?.people.filter(({ partyId }) => partyId === party.partyId) ?? [];
  const hosts = hostedSide(shown)?.partyId === party.partyId && party.kind !== "third-party";
  if (people.length === 0 && party.kind === "third-party") return null;
  return (
    <section className={styles.party} aria-label={party.name}>
      <h2>
        <PartyMark kind={party.kind} /> <bdi>{party.name}</bdi>
      </h2>
      {people.length === 0 && <p className={styles.quiet}>Nobody is here yet.</p>}
      <ul className={styles.people}>
        {people.map((seat) => (
          <li key={seat.participantId}>
            <Avatar name={seat.label} kind={party.kind} />
            <span className={styles.name}>
              <bdi>{seat.label}</bdi>
              {seat.participantId === shown.yours?.participantId && " (you)"}
              <Roles seat={seat} party={party} />
            </span>
            {hosts && !seat.host && !seat.guest && (
              <Button
                aria-label={`Let ${seat.label} speak for ${party.name}`}
                onClick={() =>
                  ask({
                    title: "Hand it on?",
                    text: `${seat.label} speaks for ${party.name} then, and confirms what is settled. You don’t any more.`,
                    action: "Hand on",
                    asked: { type: "host", participantId: seat.participantId },
                  })
                }
              >
                Hand on
              </Button>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}

function Roles({ seat, party }: { seat: SeatView; party: PartyView }): ReactNode {
  const roles = [
    seat.facilitator && "Leads the workshop",
    seat.host && `Speaks for ${party.name}`,
    seat.second && "May take over",
    seat.guest && "Guest",
  ].filter(Boolean);
  return roles.length === 0 ? null : (
    <span className={styles.under} dir="auto">
      {roles.join(" · ")}
    </span>
  );
}
