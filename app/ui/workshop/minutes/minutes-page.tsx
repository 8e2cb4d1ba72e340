import type { Fact } from "~/domain/blocks";
import type { MinutesItem } from "~/domain/workshop/minutes/minutes";
import { itemFacts, NOTHING_SETTLED, partWords, spentWords } from "~/domain/workshop/minutes/document";
import { paths } from "~/paths";
import type { MinutesPage as Minutes } from "~/services/workshop/viewing.server";
import { PartyMark } from "../../marks/party-mark";
import { Button, ButtonLink } from "../../primitives/button";
import { Calendar, Download, Icon, Printer } from "../../primitives/icon";
import { Link } from "../../primitives/router";
import { Time } from "../../primitives/time";
import { Logo } from "../../shell/logo";
import { SkipLink } from "../../shell/skip-link";
import styles from "./minutes.module.css";

/** The minutes of a workshop, to read, to print and to download. `now` is when they were loaded, in ISO 8601. */
export function MinutesPage({ minutes, now }: { minutes: Minutes; now: string }) {
  const { title, client, provider, number, settled, parked, disputed, left } = minutes;
  return (
    <div className={styles.page}>
      <SkipLink />
      <header className={styles.top} data-print="hide">
        <Logo compact />
        <Back minutes={minutes} />
      </header>
      <main id="content" tabIndex={-1} className={styles.main}>
        <div className={styles.head}>
          <div>
            <p className={styles.over}>
              Minutes of workshop {number}, <bdi>{client}</bdi> and <bdi>{provider}</bdi>
            </p>
            <h1 dir="auto">{title}</h1>
          </div>
          <Files minutes={minutes} />
        </div>
        <About minutes={minutes} now={now} />
        <Part title="Agreed" items={settled} none={NOTHING_SETTLED} />
        <Part title="Parked" items={parked} />
        <Part title="Disputed" items={disputed} />
        <Part title="Left for another day" items={left} />
        <TookPart minutes={minutes} />
      </main>
    </div>
  );
}

function Back({ minutes: { stage, matrixId, workshopId } }: { minutes: Minutes }) {
  if (stage === "open") return <Link to={paths.workshop(workshopId)}>Back to the workshop</Link>;
  return matrixId === null ? null : <Link to={paths.workshops(matrixId)}>Workshops</Link>;
}

function Files({ minutes: { workshopId, parked } }: { minutes: Minutes }) {
  return (
    <nav aria-label="Download" className={styles.files} data-print="hide">
      <ButtonLink to={paths.minutesFile(workshopId, "pdf")} reloadDocument icon={<Icon of={Download} />}>
        PDF
      </ButtonLink>
      <ButtonLink to={paths.minutesFile(workshopId, "docx")} reloadDocument icon={<Icon of={Download} />}>
        DOCX
      </ButtonLink>
      {parked.length > 0 && (
        <ButtonLink to={paths.minutesFile(workshopId, "ics")} reloadDocument icon={<Icon of={Calendar} />}>
          Follow-ups
        </ButtonLink>
      )}
      <Button icon={<Icon of={Printer} />} onClick={() => window.print()}>
        Print
      </Button>
    </nav>
  );
}

function About({ minutes, now }: { minutes: Minutes; now: string }) {
  const { facilitator, openedAt, endedAt, stage, spentMs, settledAnHour, settled, parked, disputed, left } = minutes;
  const counts = [
    { count: settled.length, words: "agreed" },
    { count: parked.length, words: "parked" },
    { count: disputed.length, words: "disputed" },
    { count: left.length, words: "left" },
  ];
  return (
    <section aria-label="About the workshop" className={styles.about}>
      <ul className={styles.counts}>
        {counts.map(({ count, words }) => (
          <li key={words}>
            <b>{count}</b> {words}
          </li>
        ))}
      </ul>
      <dl className={styles.facts}>
        <dt>Led by</dt>
        <dd>
          <bdi>{facilitator}</bdi>
        </dd>
        <dt>Opened</dt>
        <dd>{openedAt === null ? "Not opened yet" : <Time iso={new Date(openedAt).toISOString()} withTime />}</dd>
        <dt>Ended</dt>
        <dd>
          {endedAt !== null ? (
            <Time iso={new Date(endedAt).toISOString()} withTime />
          ) : (
            <>
              {stage === "open"
                ? "Not ended: it is still open."
                : openedAt === null
                  ? "Not ended."
                  : "Not ended: it goes on another day."}{" "}
              These minutes are as of <Time iso={now} withTime />.
            </>
          )}
        </dd>
        <dt>Talked for</dt>
        <dd>
          {spentWords(spentMs)}
          {settledAnHour !== null && `, ${settledAnHour} agreed an hour`}
        </dd>
      </dl>
    </section>
  );
}

function Part({ title, items, none }: { title: string; items: readonly MinutesItem[]; none?: string }) {
  if (items.length === 0 && none === undefined) return null;
  return (
    <section aria-label={title} className={styles.part}>
      <h2>
        {title} {items.length > 0 && <span className={styles.number}>{items.length}</span>}
      </h2>
      {items.length === 0 ? (
        <p className={styles.none}>{none}</p>
      ) : (
        <ol className={styles.items}>
          {items.map((item) => (
            <Item key={item.itemId} item={item} />
          ))}
        </ol>
      )}
    </section>
  );
}

function Item({ item }: { item: MinutesItem }) {
  const facts = itemFacts(item);
  return (
    <li className={styles.item}>
      <h3 dir="auto">
        {item.code !== "" && <span className={styles.code}>{item.code}</span>} {item.text}
      </h3>
      {facts.length > 0 && (
        <dl className={styles.facts}>
          {facts.map((fact) => (
            <FactLine key={fact.label} fact={fact} />
          ))}
        </dl>
      )}
    </li>
  );
}

function FactLine({ fact: { label, value } }: { fact: Fact }) {
  return (
    <>
      <dt>{label}</dt>
      <dd dir="auto" className={styles.value}>
        {value}
      </dd>
    </>
  );
}

function TookPart({ minutes: { tookPart } }: { minutes: Minutes }) {
  return (
    <section aria-label="Who took part" className={styles.part}>
      <h2>
        Who took part <span className={styles.number}>{tookPart.length}</span>
      </h2>
      <ul className={styles.people}>
        {tookPart.map((person) => (
          <li key={person.label}>
            <PartyMark kind={person.kind} />
            <b>
              <bdi>{person.label}</bdi>
            </b>
            <span>
              <bdi>{person.party}</bdi>
            </span>
            <span>{partWords(person)}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
