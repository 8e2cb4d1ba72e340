import { dayWords } from "~/domain/day-words";
import { nameList } from "~/domain/name-list";
import type { Choice, Settlement } from "~/domain/workshop/shapes";
import { PartyMark, type MarkKind } from "../../marks/party-mark";
import { CirclePause, EqualNot, Icon } from "../../primitives/icon";
import styles from "./choice-marks.module.css";
import { partyName, type NamedParty } from "./verdict-words";

/** The mark of those who do the work: one party's, or the one of two halves. */
function doersMark(parties: readonly NamedParty[], does: readonly string[]): MarkKind {
  const kinds = does.map((id) => parties.find((party) => party.partyId === id)?.kind ?? "none");
  return kinds.length === 1 ? (kinds[0] ?? "none") : "shared";
}

/** A split as it is called on a button: “Northwind”, or “Northwind answers, both do”. */
function splitLabel(
  parties: readonly NamedParty[],
  { does, answers }: { does: readonly string[]; answers: string },
): string {
  const answering = partyName(parties, answers);
  if (does.length === 1 && does[0] === answers) return answering;
  const sides = parties.filter(({ kind }) => kind !== "third-party").map(({ partyId }) => partyId);
  if (does.length === sides.length && sides.every((id) => does.includes(id))) return `${answering} answers, both do`;
  return `${answering} answers, ${nameList(does.map((id) => partyName(parties, id)))} ${does.length === 1 ? "does" : "do"}`;
}

/** What somebody proposes, in marks and few words. */
export function ChoiceMarks({ parties, choice }: { parties: readonly NamedParty[]; choice: Choice }) {
  if (choice.kind !== "split") return <span className={styles.words}>{OTHER_WORDS[choice.kind]}</span>;
  return (
    <span className={styles.line}>
      <PartyMark kind={doersMark(parties, choice.does)} className={styles.mark} />
      <span className={styles.words}>
        {splitLabel(parties, choice)}
        {choice.does.length === 1 && choice.does[0] === choice.answers && (
          <span className="vh"> answers and does it</span>
        )}
      </span>
    </span>
  );
}

const OTHER_WORDS: Record<Exclude<Choice["kind"], "split">, string> = {
  stands: "Stands as written",
  change: "Has to change",
  "not-sure": "Not sure",
};

/** How something is or would be settled, in marks and words: the split with its boundary note, or to when it is parked, or both positions. */
export function SettlementMarks({ parties, settlement }: { parties: readonly NamedParty[]; settlement: Settlement }) {
  switch (settlement.kind) {
    case "split":
      return (
        <>
          <ChoiceMarks parties={parties} choice={settlement} />
          {settlement.boundary !== "" && <span className={styles.note}>{settlement.boundary}</span>}
        </>
      );
    case "stands":
      return <ChoiceMarks parties={parties} choice={settlement} />;
    case "park":
      return (
        <span className={styles.line}>
          <Icon of={CirclePause} size={14} />
          <span className={styles.words}>
            Parked until {dayWords(settlement.until)} with {settlement.owner}
          </span>
        </span>
      );
    case "dispute":
      return (
        <>
          <span className={styles.line}>
            <Icon of={EqualNot} size={14} />
            <span className={styles.words}>Disputed</span>
          </span>
          {parties.map(({ partyId, kind, name }) =>
            Object.hasOwn(settlement.positions, partyId) ? (
              <span key={partyId} className={styles.note}>
                <PartyMark kind={kind} className={styles.mark} /> <span className="vh">{name}: </span>
                {settlement.positions[partyId]}
              </span>
            ) : null,
          )}
        </>
      );
  }
}
