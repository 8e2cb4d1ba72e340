import { TODAY } from "~/domain/parts/duties";
import type { PlanView, ReadingView } from "~/domain/workshop/view/view-types";
import { PartyTag } from "./party-tag";
import styles from "./phone.module.css";
import type { Side } from "./sides";

type ItemHeadProps = { item: PlanView; place: number; of: number; reading: ReadingView | null; own: Side | null };

/** What an item is about: its place, its words, the question, and what helps with the answer. */
export function ItemHead({ item, place, of, reading, own }: ItemHeadProps) {
  return (
    <>
      <p className={styles.where}>
        {own && <PartyTag side={own} />}
        <span className={styles.quiet}>
          <bdi>{item.domain || "Duty"}</bdi>, {place} of {of}
        </span>
      </p>
      <h1 id="item" tabIndex={-1} className={styles.title} dir="auto">
        {item.text}
      </h1>
      {reading?.question && (
        <p className={styles.ask} dir="auto">
          {reading.question}
        </p>
      )}
      {reading && <Written reading={reading} />}
    </>
  );
}

function Written({ reading: { doneWhen, today, written } }: { reading: ReadingView }) {
  const lines = [
    [TODAY.how.label, today.how],
    [TODAY.tried.label, today.tried],
    [TODAY.risk.label, today.risk],
    [
      TODAY.compromise.label,
      today.compromise && (today.compromise === "conscious" ? "A conscious one" : "It came by accident"),
    ],
  ].flatMap(([label, text]) => (label && text ? [{ label, text }] : []));
  return (
    <>
      {doneWhen && (
        <p className={styles.done}>
          <b>Done when</b> <span dir="auto">{doneWhen}</span>
        </p>
      )}
      {written.length > 0 && (
        <details className={styles.more}>
          <summary>As it is written</summary>
          <ol className={styles.lines}>
            {written.map((line, index) => (
              <li key={index} dir="auto">
                {line}
              </li>
            ))}
          </ol>
        </details>
      )}
      {lines.length > 0 && (
        <details className={styles.more}>
          <summary>How it is today</summary>
          <dl className={styles.facts}>
            {lines.map(({ label, text }) => (
              <div key={label}>
                <dt>{label}</dt>
                <dd dir="auto">{text}</dd>
              </div>
            ))}
          </dl>
        </details>
      )}
    </>
  );
}
