import type { CSSProperties } from "react";
import { leftOutWords, type CallCard } from "~/domain/call-card/call-card";
import { TARGET_NOTE } from "~/domain/parts/paths";
import { PartyMark } from "../marks/party-mark";
import { classNames } from "../primitives/class-names";
import styles from "./call-card.module.css";

type Level = CallCard["levels"][number];
type Person = Level["calls"][number]["people"][number];

/** The size of a card's letters, for the style of everything on it. */
export function scaled({ scale }: CallCard): CSSProperties {
  return { fontSize: `${scale}em` };
}

/** A call card that fills a page. */
export function PageCard({ card }: { card: CallCard }) {
  const { name, trigger, examples, kind, parties, edition, clock, levels, lastResort } = card;
  return (
    <article className={styles.content} style={scaled(card)} aria-label={`Call card: ${name}`}>
      <div>
        <h2 className={styles.name}>
          Call card: <bdi>{name}</bdi>
        </h2>
        <p className={styles.trigger} dir="auto">
          {trigger || "It isn’t said yet when this path begins"}
        </p>
        {examples && <p dir="auto">Such as: {examples}</p>}
        <p>{[kind, parties, edition].filter(Boolean).join(" · ")}</p>
        <p>{clock}</p>
      </div>
      {levels.length === 0 ? <p>This path has no level yet, so it calls nobody.</p> : <Levels card={card} />}
      <section className={styles.resort}>
        <h3>When nobody answers</h3>
        <p dir="auto">{lastResort || "Not agreed. Ask who leads on each side."}</p>
      </section>
      <Below card={card} />
      <div className={styles.foot}>
        <p>{card.validity}</p>
        {card.withheld && <p>{card.withheld}</p>}
        <p>{leftOutWords(card) || `Kept in Demarc: ${card.address}`}</p>
      </div>
    </article>
  );
}

function Levels({ card: { name, levels } }: { card: CallCard }) {
  return (
    <table className={styles.levels}>
      <caption className="vh">Who is called when by {name}</caption>
      <thead>
        <tr>
          <th scope="col">When</th>
          <th scope="col">Role</th>
          <th scope="col">Who</th>
          <th scope="col">Reached by</th>
          <th scope="col">How, and what they may do</th>
        </tr>
      </thead>
      {levels.map((level) => (
        <LevelRows key={level.number} level={level} />
      ))}
    </table>
  );
}

/** The rows of a level: one for each person of each role it calls. */
function LevelRows({ level }: { level: Level }) {
  const { number, short, calls, channels, mayDecide, may } = level;
  const rows = calls.flatMap((call, i): { key: string; call: typeof call; first: boolean; person: Person | null }[] =>
    call.people.length === 0
      ? [{ key: `${i}`, call, first: true, person: null }]
      : call.people.map((person, j) => ({ key: `${i} ${j}`, call, first: j === 0, person })),
  );
  const span = Math.max(1, rows.length);
  const [firstRow, ...others] = rows;
  return (
    <tbody>
      <tr>
        <th scope="row" rowSpan={span}>
          <b>{short}</b>
          <small>Level {number}</small>
        </th>
        {firstRow ? (
          <RoleCells row={firstRow} />
        ) : (
          <td colSpan={3}>Nobody is called at this level; it is passed over.</td>
        )}
        <td rowSpan={span}>
          {mayDecide && <span className={classNames(styles.tag, styles.filled)}>May decide</span>}
          <p>{channels ? `By ${channels}` : "By any channel"}</p>
          {may && <p dir="auto">{may}</p>}
        </td>
      </tr>
      {others.map((row) => (
        <tr key={row.key}>
          <RoleCells row={row} />
        </tr>
      ))}
    </tbody>
  );
}

type RowProps = { row: { call: Level["calls"][number]; first: boolean; person: Person | null } };

function RoleCells({ row: { call, first, person } }: RowProps) {
  return (
    <>
      <td>
        {first && (
          <span className={styles.role}>
            <PartyMark kind={call.kind ?? "none"} className={styles.mark} />
            <span>
              <b>
                <bdi>{call.role}</bdi>
              </b>
              <small>
                <bdi>{call.party}</bdi>
              </small>
              {person && call.note && <small>{call.note}</small>}
            </span>
          </span>
        )}
      </td>
      {person ? (
        <>
          <td>
            <bdi>{person.name}</bdi>
            <small>{person.when}</small>
          </td>
          <td translate="no">
            {person.ways.length === 0 && <b>No way to reach them here</b>}
            {person.ways.map((way) => (
              <b key={way.to} className={styles.way}>
                {way.to}
                {way.label && <span className={styles.sort}> ({way.label})</span>}
              </b>
            ))}
            <small>{person.verified}</small>
          </td>
        </>
      ) : (
        <td colSpan={2}>
          <b>{call.note}</b>
        </td>
      )}
    </>
  );
}

/** What holds beside the calls: handing over, updates and targets, containment. */
function Below({ card: { handover, times, containment, offLimits } }: { card: CallCard }) {
  const groups = [
    { title: "Act, then report", look: undefined, actions: containment.act },
    { title: "Call first", look: styles.outlined, actions: containment.callFirst },
    { title: "Never", look: styles.filled, actions: containment.never },
    { title: "Off limits: don’t touch", look: styles.filled, actions: offLimits },
  ].filter(({ actions }) => actions.length > 0);
  return (
    <div className={styles.below}>
      <div>
        <h3>Hand over with each call</h3>
        <p dir="auto">{handover || "Not agreed"}</p>
        {times.length > 0 && (
          <>
            <h3>Updates and targets</h3>
            {times.map(({ label, value }) => (
              <p key={label}>
                {label}: {value}
              </p>
            ))}
            <p>{TARGET_NOTE}</p>
          </>
        )}
      </div>
      {groups.length > 0 && (
        <div>
          <h3>Containment</h3>
          {groups.map(({ title, look, actions }) => (
            <div key={title}>
              <h4 className={classNames(styles.tag, look)}>{title}</h4>
              <ul>
                {actions.map(({ action, about }, i) => (
                  <li key={i} dir="auto">
                    {action}
                    {about && ` (${about})`}
                  </li>
                ))}
              </ul>
            </div>
          ))}
        </div>
      )}
    </div>
  );
}
