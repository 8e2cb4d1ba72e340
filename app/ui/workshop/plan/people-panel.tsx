import { useState } from "react";
import type { Asked } from "~/domain/workshop/asked";
import type { WorkshopShown } from "~/domain/workshop/view/live";
import type { AskAnswer } from "../ask-workshop";
import { Avatar } from "../../marks/avatar";
import { Button } from "../../primitives/button";
import { CircleAlert } from "../../primitives/icon";
import { Notice } from "../../primitives/notice";
import styles from "./people.module.css";

type PeopleProps = {
  shown: WorkshopShown;
  ask: (asked: readonly Asked[]) => Promise<AskAnswer>;
  readOnly: boolean;
};

/** Who has come in, who waits at the door, and how many have proposed beforehand; never what. */
export function PeoplePanel({ shown: { room, yours, stage }, ask, readOnly }: PeopleProps) {
  const [refused, setRefused] = useState<string | null>(null);
  if (!room) return null;
  const kinds = new Map(room.parties.map(({ partyId, kind }) => [partyId, kind]));
  const names = new Map(room.parties.map(({ partyId, name }) => [partyId, name]));
  const waiting = readOnly ? [] : (yours?.waiting ?? []);
  const act = async (asked: Asked) => setRefused((await ask([asked])).refused);
  const others = room.people.length - 1;
  return (
    <section className={styles.people} aria-labelledby="people-title">
      <h2 id="people-title">
        Who takes part <span className={styles.count}>{room.people.length}</span>
      </h2>
      {stage !== "ended" && (
        <p className={styles.quiet}>
          {others === 0
            ? "You are alone so far. Invite people by mail or with the link: they need no account."
            : proposedWords(room.proposedBeforehand)}
        </p>
      )}
      {refused !== null && (
        <Notice icon={CircleAlert} tone="alert" formError>
          {refused}
        </Notice>
      )}
      {waiting.length > 0 && (
        <div className={styles.waiting}>
          <div className={styles.waitingHead}>
            <h3>{waiting.length === 1 ? "One waits to be let in" : `${waiting.length} wait to be let in`}</h3>
            {waiting.length > 1 && (
              <Button
                size="sm"
                onClick={() =>
                  void act({ type: "admit", participantIds: waiting.map(({ participantId }) => participantId) })
                }
              >
                Let all in
              </Button>
            )}
          </div>
          <ul>
            {waiting.map(({ participantId, label, partyId }) => (
              <li key={participantId} className={styles.person}>
                <Avatar name={label} kind={kinds.get(partyId) ?? null} size="sm" />
                <span className={styles.who}>
                  <bdi>{label}</bdi> <bdi className={styles.quiet}>{names.get(partyId)}</bdi>
                </span>
                <Button
                  size="sm"
                  aria-label={`Let ${label} in`}
                  onClick={() => void act({ type: "admit", participantIds: [participantId] })}
                >
                  Let in
                </Button>
                <Button
                  size="sm"
                  variant="ghost"
                  aria-label={`Send ${label} away`}
                  onClick={() => void act({ type: "refuse", participantId })}
                >
                  Send away
                </Button>
              </li>
            ))}
          </ul>
        </div>
      )}
      <ul>
        {room.people.map(({ participantId, label, partyId, facilitator, host, guest }) => (
          <li key={participantId} className={styles.person}>
            <Avatar name={label} kind={kinds.get(partyId) ?? null} size="sm" />
            <span className={styles.who}>
              <bdi>{label}</bdi>{" "}
              <span className={styles.quiet}>
                <bdi>{names.get(partyId)}</bdi>
                {facilitator && ", leads"}
                {host && ", host"}
                {guest && ", guest"}
              </span>
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}

function proposedWords(count: number): string {
  if (count === 0) return "Nobody has proposed beforehand yet.";
  const who = count === 1 ? "One person has" : `${count} people have`;
  return `${who} proposed beforehand. What they proposed stays sealed until the reveal.`;
}
