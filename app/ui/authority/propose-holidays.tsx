import { useEffect, useRef, useState } from "react";
import { dayWords } from "~/domain/day-words";
import type { Matrix } from "~/domain/matrix/matrix";
import type { Result } from "~/domain/result";
import { paths } from "~/paths";
import type { ProposedHolidays } from "~/services/matrix/holidays.server";
import agreedStyles from "../agreed/agreed.module.css";
import { Button } from "../primitives/button";
import { fetchJson } from "../calendars/fetch-json";
import { Field, FieldError, Select } from "../primitives/form/field";
import styles from "./holidays.module.css";

type Day = ProposedHolidays["days"][number];
type Question = Parameters<typeof paths.holidays>[1];
type ProposeProps = {
  matrixId: string;
  /** The days that are in the list already. */
  agreed: Readonly<Record<string, string>>;
  onAdd: (days: readonly Day[]) => Result<Matrix>;
};

const UNREACHED = "The holidays could not be fetched. Check your connection, then choose once more.";

/** Proposes the public holidays of a country, of which the reader takes those that both sides are to agree. */
export function ProposeHolidays({ matrixId, agreed, onAdd }: ProposeProps) {
  const [open, setOpen] = useState(false);
  const frame = useRef<HTMLDivElement>(null);
  const toggled = useRef(false);
  // Whoever opens or closes it goes on where it was: at the first choice, or at the button again.
  useEffect(() => {
    if (toggled.current) frame.current?.querySelector<HTMLElement>("select, button")?.focus();
  }, [open]);
  const toggle = () => {
    toggled.current = true;
    setOpen(!open);
  };
  return (
    <div ref={frame}>
      {open ? (
        <section className={styles.propose} aria-labelledby="propose-title">
          <h3 id="propose-title">Holidays of a country</h3>
          <p className={agreedStyles.quiet}>
            Choose which of them to add. What counts is the list above, once both sides have signed it.
          </p>
          <Proposal matrixId={matrixId} agreed={agreed} onAdd={onAdd} onClose={toggle} />
        </section>
      ) : (
        <Button onClick={toggle}>Propose holidays…</Button>
      )}
    </div>
  );
}

function Proposal({ matrixId, agreed, onAdd, onClose }: ProposeProps & { onClose: () => void }) {
  const [asked, setAsked] = useState<Question>({ country: "", state: "", region: "", year: "" });
  const [answer, setAnswer] = useState<ProposedHolidays | null>(null);
  const [trouble, setTrouble] = useState<string | null>(null);
  const [said, setSaid] = useState("");
  const newest = useRef(0);

  async function ask(question: Question) {
    setAsked(question);
    setSaid("");
    const number = ++newest.current;
    const fetched = await fetchJson<ProposedHolidays>(paths.holidays(matrixId, question), UNREACHED);
    if (number !== newest.current) return;
    setTrouble(fetched.ok ? null : fetched.message);
    if (!fetched.ok) return setAnswer((before) => before && { ...before, days: [], leftOut: [] });
    setAnswer(fetched.value);
    setSaid(question.country === "" ? "" : `${fetched.value.days.length} public holidays in ${question.year}.`);
    // The year is there from the first answer on, which says which years can be asked for.
    if (question.year === "") setAsked({ ...question, year: String(fetched.value.usualYear) });
  }
  const first = useRef(ask);
  useEffect(() => void first.current({ country: "", state: "", region: "", year: "" }), []);

  function add(days: readonly Day[]) {
    const result = onAdd(days);
    setTrouble(result.ok ? null : result.rejection.message);
    if (result.ok) setSaid(`Added ${days.length} ${days.length === 1 ? "holiday" : "holidays"} to the list.`);
  }

  return (
    <>
      <div className={styles.where}>
        <Choice
          label="Country"
          none="Choose a country"
          places={answer?.countries ?? []}
          value={asked.country}
          onChoose={(country) => void ask({ ...asked, country, state: "", region: "" })}
        />
        {(answer?.states.length ?? 0) > 0 && (
          <Choice
            label="Region"
            none="The whole country"
            places={answer?.states ?? []}
            value={asked.state}
            onChoose={(state) => void ask({ ...asked, state, region: "" })}
          />
        )}
        {(answer?.regions.length ?? 0) > 0 && (
          <Choice
            label="Part of the region"
            none="The whole region"
            places={answer?.regions ?? []}
            value={asked.region}
            onChoose={(region) => void ask({ ...asked, region })}
          />
        )}
        <Field label="Year">
          <Select value={asked.year} onChange={({ target }) => void ask({ ...asked, year: target.value })}>
            {(answer?.years ?? []).map((year) => (
              <option key={year} value={year}>
                {year}
              </option>
            ))}
          </Select>
        </Field>
      </div>
      {trouble !== null && <FieldError>{trouble}</FieldError>}
      <p role="status" className={agreedStyles.quiet}>
        {said}
      </p>
      {answer && answer.days.length > 0 && (
        <Pick key={JSON.stringify(asked)} days={answer.days} agreed={agreed} onAdd={add} />
      )}
      {answer && answer.leftOut.length > 0 && (
        <ul className={styles.leftOut} aria-label="Not proposed">
          {answer.leftOut.map((sentence) => (
            <li key={sentence}>{sentence}</li>
          ))}
        </ul>
      )}
      <p className={styles.source}>
        Dates from{" "}
        <a href="https://github.com/commenthol/date-holidays" rel="noreferrer" target="_blank">
          date-holidays
        </a>
        , licensed{" "}
        <a href="https://creativecommons.org/licenses/by/3.0/" rel="noreferrer license" target="_blank">
          CC BY 3.0
        </a>
        . Some are wrong for a region, and those that follow the moon are reckoned: look them over.
      </p>
      <div>
        <Button variant="ghost" onClick={onClose}>
          Close the proposal
        </Button>
      </div>
    </>
  );
}

type ChoiceProps = {
  label: string;
  none: string;
  places: readonly { code: string; name: string }[];
  value: string;
  onChoose: (code: string) => void;
};

function Choice({ label, none, places, value, onChoose }: ChoiceProps) {
  return (
    <Field label={label}>
      <Select value={value} onChange={({ target }) => onChoose(target.value)}>
        <option value="">{none}</option>
        {places.map(({ code, name }) => (
          <option key={code} value={code}>
            {name}
          </option>
        ))}
      </Select>
    </Field>
  );
}

type PickProps = { days: readonly Day[]; agreed: ProposeProps["agreed"]; onAdd: (days: readonly Day[]) => void };

function Pick({ days, agreed, onAdd }: PickProps) {
  const [without, setWithout] = useState<ReadonlySet<string>>(new Set());
  const isAgreed = (day: string) => Object.hasOwn(agreed, day);
  const chosen = days.filter(({ day }) => !isAgreed(day) && !without.has(day));

  function choose(day: string, take: boolean) {
    const next = new Set(without);
    if (take) next.delete(day);
    else next.add(day);
    setWithout(next);
  }

  return (
    <fieldset className={styles.pick}>
      <legend>Which to add</legend>
      {days.map(({ day, name }) => (
        <label key={day} className={styles.one}>
          <input
            type="checkbox"
            checked={isAgreed(day) || !without.has(day)}
            disabled={isAgreed(day)}
            onChange={({ target }) => choose(day, target.checked)}
          />
          <span className={styles.date}>{dayWords(day)}</span>
          <span>
            <bdi translate="yes">{name}</bdi>
            {isAgreed(day) && <span className={agreedStyles.quiet}> in the list already</span>}
          </span>
        </label>
      ))}
      <div>
        <Button variant="primary" disabled={chosen.length === 0} onClick={() => onAdd(chosen)}>
          {chosen.length === 1 ? "Add 1 holiday" : `Add ${chosen.length} holidays`}
        </Button>
      </div>
    </fieldset>
  );
}
