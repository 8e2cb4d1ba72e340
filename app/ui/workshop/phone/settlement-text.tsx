import type { Settlement } from "~/domain/workshop/shapes";
import { partyName, settlementWords } from "~/domain/workshop/settlement-words";
import styles from "./phone.module.css";
import type { Side } from "./sides";

/** How something is or would be settled, in words; of a dispute each position with whose it is. */
export function SettlementText({ parties, settlement }: { parties: readonly Side[]; settlement: Settlement }) {
  const named = { parties: parties.map(({ partyId, name }) => ({ id: partyId, name })) };
  if (settlement.kind !== "dispute")
    return (
      <p className={styles.words} dir="auto">
        {settlementWords(named, settlement)}
      </p>
    );
  return (
    <dl className={styles.positions}>
      {Object.entries(settlement.positions).map(([partyId, position]) => (
        <div key={partyId}>
          <dt>
            <bdi>{partyName(named, partyId)}</bdi>
          </dt>
          <dd dir="auto">{position}</dd>
        </div>
      ))}
    </dl>
  );
}
