import type { PartyView, SeatView, SettlingView, CurrentView } from "~/domain/workshop/view/view-types";
import { PartyMark } from "../../../marks/party-mark";
import { Check, Hourglass, Icon, TriangleAlert } from "../../../primitives/icon";
import { Notice } from "../../../primitives/notice";
import { ChoiceMarks, SettlementMarks } from "../../reveal/choice-marks";
import styles from "./settle.module.css";
import { sidesOf } from "../../sides";

/** What is on the table, and which side's host has confirmed it. Where the board changed under it, that is said first. */
export function OnTable({
  current,
  settling,
  parties,
  people,
}: {
  current: CurrentView;
  settling: SettlingView;
  parties: readonly PartyView[];
  people: readonly SeatView[];
}) {
  const { board } = current;
  return (
    <section className={styles.table} aria-labelledby="on-the-table">
      {settling.outdated && (
        <Notice icon={TriangleAlert} tone="alert">
          <p>
            This was changed on the board a moment ago, so that nobody can confirm it. Look again, then put it on the
            table anew.
            {board && board.answers !== null && board.does.length > 0 && (
              <>
                {" "}
                The board has:{" "}
                <ChoiceMarks parties={parties} choice={{ kind: "split", does: board.does, answers: board.answers }} />
              </>
            )}
          </p>
        </Notice>
      )}
      <h2 id="on-the-table">On the table</h2>
      <div className={styles.settlement}>
        <SettlementMarks parties={parties} settlement={settling.settlement} />
      </div>
      <ul className={styles.hosts}>
        {sidesOf(parties).map((party) => {
          const confirmed = settling.confirmed.includes(party.partyId);
          const host = people.find(({ participantId }) => participantId === party.hostId);
          return (
            <li key={party.partyId} data-confirmed={confirmed}>
              <Icon of={confirmed ? Check : Hourglass} />
              <PartyMark kind={party.kind} />
              <span>
                <b>{party.name}</b> {confirmed ? "confirmed" : hostWords(host)}
              </span>
            </li>
          );
        })}
      </ul>
    </section>
  );
}

function hostWords(host: SeatView | undefined): string {
  return host
    ? `waits for ${host.label}, on their own screen`
    : "has no host. Choose one among its people with an account, at the side.";
}
