import type { CallCard } from "~/domain/call-card/call-card";
import { PartyMark } from "../marks/party-mark";
import { classNames } from "../primitives/class-names";
import styles from "./call-card.module.css";
import { scaled } from "./page-card";

type Call = CallCard["levels"][number]["calls"][number];

/** A call card as large as a bank card: whom to call by their first number, and what holds when nobody answers. */
export function WalletCard({ card }: { card: CallCard }) {
  const { name, trigger, parties, levels, lastResort, left, withheld, edition, until } = card;
  const foot = [
    withheld === "" ? "" : "Without names and numbers",
    left.length === 0 ? "" : `Without ${left.join(", ")}: see the full card`,
    edition,
    until,
  ];
  return (
    <article className={styles.walletContent} style={scaled(card)} aria-label={`Call card: ${name}`}>
      <h2 className={styles.walletName} dir="auto">
        {name}: {trigger}
      </h2>
      <p className={styles.walletSmall}>
        <bdi>{parties}</bdi>
      </p>
      {levels.length === 0 && <p className={styles.walletLevels}>This path has no level yet.</p>}
      <ol className={styles.walletLevels}>
        {levels.map(({ number, short, calls, mayDecide }) => (
          <li key={number}>
            <b>{short}</b>
            <div>
              {calls.length === 0 && "nobody"}
              {calls.map((call, i) => (
                <WalletCall key={i} call={call} mayDecide={mayDecide} />
              ))}
            </div>
          </li>
        ))}
      </ol>
      <p className={styles.walletResort} dir="auto">
        Nobody answers: {lastResort || "not agreed"}
      </p>
      <p className={styles.walletSmall}>{foot.filter(Boolean).join(" · ")}</p>
    </article>
  );
}

function WalletCall({ call: { role: called, kind, people, note }, mayDecide }: { call: Call; mayDecide: boolean }) {
  const role = mayDecide ? `${called} (may decide)` : called;
  const [first, ...others] = people;
  return (
    <div className={styles.walletCall}>
      <PartyMark kind={kind ?? "none"} className={styles.mark} />
      <div>
        {!first && <p dir="auto">{[role, note].filter(Boolean).join(": ")}</p>}
        {first && <Line who={`${role}: ${first.name}`} ways={first.ways} />}
        {others.map((person, i) => (
          <Line key={i} who={`then ${person.name}`} ways={person.ways} />
        ))}
      </div>
    </div>
  );
}

function Line({ who, ways: [way] }: { who: string; ways: Call["people"][number]["ways"] }) {
  const to = way?.to ?? "no number";
  return (
    <p className={classNames(styles.walletLine, to.includes("@") && styles.walletAddress)}>
      <bdi>{who}</bdi>
      <b translate="no">{to}</b>
    </p>
  );
}
