import { nameList } from "~/domain/name-list";
import type { CurrentView, PartyView, SeatView } from "~/domain/workshop/view/view-types";
import { Avatar } from "../../../marks/avatar";
import { PartyMark } from "../../../marks/party-mark";
import { Hourglass, Icon, Lock } from "../../../primitives/icon";
import { SIDE_WORDS } from "../../reveal/side-words";
import { sidesOf } from "../../sides";
import styles from "./sides.module.css";

/** So many people of a side have room for a word each. */
const FEW = 4;
/** As many are named one by one; of more, those first who are waited for. */
const MOST_NAMED = 8;

type Seat = SeatView & { sealed: boolean; forParty: boolean };

/** Who has sealed a proposal, side by side, and nothing of what it says. */
export function Sides({
  current,
  parties,
  people,
}: {
  current: CurrentView;
  parties: readonly PartyView[];
  people: readonly SeatView[];
}) {
  const seats = current.seats.flatMap(({ participantId, sealed, forParty }): Seat[] => {
    const person = people.find((one) => one.participantId === participantId);
    return person ? [{ ...person, sealed, forParty }] : [];
  });
  const sides = sidesOf(parties);
  const others = parties.filter(
    (party) => party.kind === "third-party" && seats.some(({ partyId }) => partyId === party.partyId),
  );
  return (
    <>
      <div className={styles.sides}>
        {sides.map((party) => (
          <Side key={party.partyId} party={party} seats={seats.filter(({ partyId }) => partyId === party.partyId)} />
        ))}
      </div>
      {others.length > 0 && (
        <ul className={styles.others}>
          {others.map((party) => {
            const own = seats.filter(({ partyId }) => partyId === party.partyId);
            return (
              <li key={party.partyId}>
                <PartyMark kind={party.kind} /> <b>{party.name}</b> {own.filter(({ sealed }) => sealed).length} of{" "}
                {own.length} sealed
              </li>
            );
          })}
        </ul>
      )}
    </>
  );
}

function Side({ party, seats }: { party: PartyView; seats: readonly Seat[] }) {
  const sealed = seats.filter((seat) => seat.sealed);
  const thinking = seats.filter((seat) => !seat.sealed);
  const speaker = sealed.find(({ forParty }) => forParty);
  const done = seats.length > 0 && (thinking.length === 0 || speaker !== undefined);
  const named = seats.length > MOST_NAMED ? [...thinking, ...sealed].slice(0, MOST_NAMED) : seats;
  return (
    <article className={styles.side} data-kind={party.kind} aria-label={party.name}>
      <div className={styles.head}>
        <p>
          <PartyMark kind={party.kind} className={styles.mark} />
          <b>{party.name}</b> <span className={styles.quiet}>{SIDE_WORDS[party.kind]}</span>
        </p>
        {seats.length > 0 && (
          <p className={styles.count}>
            {sealed.length} of {seats.length} sealed
          </p>
        )}
      </div>
      <div className={styles.seal} data-done={done}>
        <Icon of={done ? Lock : Hourglass} size={20} />
        <p>{sealWords(seats.length, thinking, sealed.length, speaker)}</p>
      </div>
      <ul className={styles.seats}>
        {named.map(({ participantId, label, sealed: has }) => (
          <li key={participantId}>
            <Avatar name={label} kind={party.kind} />
            <span>{label}</span>
            {has ? (
              <Icon of={Lock} size={14} label="has sealed" />
            ) : (
              !speaker && seats.length <= FEW && <span className={styles.quiet}>thinking</span>
            )}
          </li>
        ))}
        {seats.length > named.length && <li className={styles.quiet}>and {seats.length - named.length} more</li>}
      </ul>
    </article>
  );
}

function sealWords(there: number, thinking: readonly Seat[], sealed: number, speaker: Seat | undefined): string {
  if (there === 0) return "Nobody here yet";
  if (speaker) return `Sealed by ${speaker.label} for all`;
  if (thinking.length === 0) return "Sealed";
  if (sealed === 0) return "Thinking";
  return thinking.length > 2
    ? `Waiting for ${thinking.length} people`
    : `Waiting for ${nameList(thinking.map(({ label }) => label))}`;
}
