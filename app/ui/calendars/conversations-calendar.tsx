import { useEffect, useRef, useState } from "react";
import type { Plan } from "~/domain/escalation/conversation-calendar.server";
import { placeWords, RHYTHMS, type Rhythm } from "~/domain/escalation/rhythm";
import { DAY_NAMES } from "~/domain/cover/working-hours";
import { isDay } from "~/domain/days";
import { paths } from "~/paths";
import type { CalendarBasis, CalendarChoice } from "~/services/access/calendars.server";
import { Button } from "../primitives/button";
import { fetchJson } from "./fetch-json";
import { Field, FieldError, Select, TextInput } from "../primitives/form/field";
import { Download, Icon } from "../primitives/icon";
import { Dialog } from "../primitives/overlays/dialog";
import { ownZone } from "../primitives/time";
import styles from "./calendars.module.css";
import { MakeAddress } from "./make-address";

type Conversation = CalendarBasis["conversations"][number];
type First = { day: string; time: string; rhythm: Rhythm; minutes: string };

const UNREACHED = "The server can't be reached. Check your connection, then try again.";

/** The conversations as a calendar, once somebody has said when each of them first takes place. */
export function ConversationsCalendar({ matrixId, onClose }: { matrixId: string; onClose: () => void }) {
  const [basis, setBasis] = useState<CalendarBasis | null>(null);
  const [trouble, setTrouble] = useState<string | null>(null);
  useEffect(() => {
    const leaving = new AbortController();
    void fetchJson<CalendarBasis>(paths.calendars(matrixId), UNREACHED, { signal: leaving.signal }).then((fetched) => {
      if (leaving.signal.aborted) return;
      if (fetched.ok) setBasis(fetched.value);
      else setTrouble(fetched.message);
    });
    return () => leaving.abort();
  }, [matrixId]);
  return (
    <Dialog open size="lg" title="Calendar of conversations" onClose={onClose}>
      {trouble !== null && <FieldError>{trouble}</FieldError>}
      {trouble === null && basis === null && <p className={styles.quiet}>Fetching the conversations…</p>}
      {basis && <FirstTimes matrixId={matrixId} basis={basis} />}
    </Dialog>
  );
}

function FirstTimes({ matrixId, basis }: { matrixId: string; basis: CalendarBasis }) {
  const [timeZone, setTimeZone] = useState(() => basis.timeZone ?? ownZone());
  const [firsts, setFirsts] = useState<ReadonlyMap<string, First>>(() => new Map());
  const [trouble, setTrouble] = useState<string | null>(null);
  const form = useRef<HTMLFormElement>(null);

  function choice(): CalendarChoice | null {
    const first: Plan["first"] = basis.conversations.flatMap(({ id, rhythm, minutes }) => {
      const chosen = firsts.get(id);
      if (!chosen || chosen.day === "") return [];
      const { day, time } = chosen;
      return [
        {
          conversationId: id,
          day,
          time: time.slice(0, 5),
          rhythm: rhythm ?? chosen.rhythm,
          minutes: minutes ?? Number(chosen.minutes),
        },
      ];
    });
    setTrouble(first.length > 0 ? null : "Choose a first day for at least one conversation.");
    if (first.length > 0) return { about: "conversations", plan: { timeZone, first } };
    form.current?.querySelector<HTMLElement>("input[type='date']")?.focus();
    return null;
  }

  async function download() {
    const calendar = choice();
    if (!calendar) return;
    const said = await saveFile(paths.calendars(matrixId), { as: "file", calendar });
    setTrouble(said);
  }

  return (
    <form ref={form} className={styles.firsts} noValidate onSubmit={(event) => event.preventDefault()}>
      <p>
        {basis.sentence} Say when each first takes place; it then comes back in its agreed rhythm. What has no first day
        is left out.
      </p>
      {basis.conversations.length === 0 && <p>No conversation is agreed yet. Add one, then come back.</p>}
      <Field label="Time zone" hint="As in Europe/London." className={styles.zone}>
        <TextInput value={timeZone} onChange={({ target }) => setTimeZone(target.value)} dir="ltr" translate="no" />
      </Field>
      {basis.conversations.map((conversation) => (
        <FirstTime
          key={conversation.id}
          conversation={conversation}
          first={firsts.get(conversation.id) ?? { day: "", time: "10:00", rhythm: "monthly", minutes: "60" }}
          onChange={(first) => setFirsts(new Map(firsts).set(conversation.id, first))}
        />
      ))}
      {trouble !== null && (
        <div role="alert">
          <FieldError>{trouble}</FieldError>
        </div>
      )}
      <div>
        <Button variant="primary" icon={<Icon of={Download} size={14} />} onClick={() => void download()}>
          Download the calendar
        </Button>
      </div>
      <p className={styles.quiet}>
        A file says how things stand today. From a private address a calendar program fetches what is agreed by then,
        every few hours or once a day.
      </p>
      <MakeAddress matrixId={matrixId} choice={choice} />
    </form>
  );
}

type FirstTimeProps = { conversation: Conversation; first: First; onChange: (first: First) => void };

function FirstTime({ conversation: { name, cadence, rhythm, minutes }, first, onChange }: FirstTimeProps) {
  const recurs = rhythm ?? first.rhythm;
  const on = isDay(first.day) ? placeWords(recurs, first.day, (weekday) => DAY_NAMES[weekday]) : "";
  return (
    <fieldset className={styles.first}>
      <legend>
        <bdi translate="yes">{name}</bdi>
      </legend>
      <p className={styles.quiet}>
        <bdi translate="yes">{cadence || "No rhythm is agreed"}</bdi>
        {on !== "" && `: ${rhythm === null ? `${RHYTHMS[recurs].toLowerCase()} ` : ""}${on}`}
      </p>
      <div className={styles.when}>
        <Field label="First day">
          <TextInput
            type="date"
            value={first.day}
            onChange={({ target }) => onChange({ ...first, day: target.value })}
          />
        </Field>
        <Field label="At">
          <TextInput
            type="time"
            value={first.time}
            onChange={({ target }) => onChange({ ...first, time: target.value })}
          />
        </Field>
        {rhythm === null && (
          <Field label="How often">
            <Select
              value={first.rhythm}
              onChange={({ target }) => onChange({ ...first, rhythm: rhythmNamed(target.value) })}
            >
              {Object.entries(RHYTHMS).map(([key, words]) => (
                <option key={key} value={key}>
                  {words}
                </option>
              ))}
            </Select>
          </Field>
        )}
        {minutes === null && (
          <Field label="Minutes">
            <TextInput
              type="number"
              min={5}
              max={1440}
              value={first.minutes}
              onChange={({ target }) => onChange({ ...first, minutes: target.value })}
            />
          </Field>
        )}
      </div>
    </fieldset>
  );
}

function rhythmNamed(name: string): Rhythm {
  return Object.keys(RHYTHMS).find((key): key is Rhythm => key === name) ?? "once";
}

/** Saves what the server makes as a file of this browser; the sentence that says why not, where it doesn't. */
async function saveFile(address: string, body: unknown): Promise<string | null> {
  try {
    const response = await fetch(address, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(body),
    });
    if (!response.ok) {
      const { message }: { message?: string } = await response.json();
      return message ?? UNREACHED;
    }
    const link = document.createElement("a");
    link.href = URL.createObjectURL(await response.blob());
    link.download = "conversations.ics";
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
    return null;
  } catch {
    return UNREACHED;
  }
}
