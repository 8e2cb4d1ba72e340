import { useMemo, useRef, useState, type FormEvent } from "react";
import type { Override } from "~/domain/cover/rota";
import { dayWords } from "~/domain/day-words";
import { turnsOfPeople, withImported, type ImportedTurn, type Remark } from "~/domain/escalation/rota-import";
import { LIMITS } from "~/domain/limits";
import { paths } from "~/paths";
import type { ImportPreview } from "~/services/people/rota-import.server";
import { Button } from "../primitives/button";
import { fetchJson } from "./fetch-json";
import { Field, FieldError, Select, TextInput } from "../primitives/form/field";
import { Dialog } from "../primitives/overlays/dialog";
import styles from "./calendars.module.css";

type People = readonly { id: string; name: string }[];

type ImportProps = {
  matrixId: string;
  role: { id: string; name: string };
  /** The zone of the rota; null where there is none yet, and one is chosen. */
  timeZone: string | null;
  usualZone: string;
  people: People;
  onDone: (imported: { turns: number; revision: number }) => void;
  onClose: () => void;
};

const UNREACHED = "The server can't be reached. Nothing was imported; try again once you are back online.";

/** Reads a calendar for the rota of a role, shows what that would change and what wasn't understood, and imports it. */
export function ImportDialog(props: ImportProps) {
  const { role, onClose } = props;
  const [preview, setPreview] = useState<ImportPreview | null>(null);
  return (
    <Dialog
      open
      size="lg"
      title={
        <>
          Import turns of <bdi>{role.name}</bdi>
        </>
      }
      onClose={onClose}
    >
      {preview ? (
        <Preview {...props} preview={preview} onAgain={() => setPreview(null)} />
      ) : (
        <ChooseFile {...props} onRead={setPreview} />
      )}
    </Dialog>
  );
}

function ChooseFile({
  matrixId,
  role,
  timeZone,
  usualZone,
  onRead,
}: ImportProps & { onRead: (read: ImportPreview) => void }) {
  const [zone, setZone] = useState(usualZone);
  const [trouble, setTrouble] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const file = useRef<HTMLInputElement>(null);

  async function read(event: FormEvent) {
    event.preventDefault();
    const chosen = file.current?.files?.[0];
    if (!chosen) return setTrouble("Choose a file first.");
    if (chosen.size > LIMITS.calendarBytes)
      return setTrouble(
        `The file is larger than the ${LIMITS.calendarBytes / 1_000_000} MB that are read. Export fewer months of the calendar.`,
      );
    const form = new FormData();
    form.set("roleId", role.id);
    form.set("timeZone", timeZone ?? zone);
    form.set("calendar", chosen);
    setBusy(true);
    const fetched = await fetchJson<ImportPreview>(paths.rotaImport(matrixId), UNREACHED, {
      method: "POST",
      body: form,
    });
    setBusy(false);
    setTrouble(fetched.ok ? null : fetched.message);
    if (fetched.ok) onRead(fetched.value);
  }

  return (
    <form className={styles.firsts} noValidate onSubmit={(event) => void read(event)}>
      <p>
        Choose an ICS file, as calendar programs and on-call tools export it. You see what it changes, and what of it
        isn&rsquo;t understood, before anything is stored.
      </p>
      <Field label="Calendar (.ics)" error={trouble}>
        <TextInput ref={file} type="file" accept=".ics,text/calendar" autoFocus onChange={() => setTrouble(null)} />
      </Field>
      {timeZone === null ? (
        <Field
          label="Time zone of the rota"
          hint="Times that name no zone are read on these clocks. As in Europe/London."
          className={styles.zone}
        >
          <TextInput value={zone} onChange={({ target }) => setZone(target.value)} dir="ltr" translate="no" />
        </Field>
      ) : (
        <p className={styles.quiet}>Times that name no zone are read on the clocks of {timeZone}.</p>
      )}
      <div>
        <Button type="submit" variant="primary" loading={busy}>
          Read the calendar
        </Button>
      </div>
    </form>
  );
}

type PreviewProps = ImportProps & { preview: ImportPreview; onAgain: () => void };

function Preview({ matrixId, role, people, preview, onAgain, onDone }: PreviewProps) {
  const { calendar, named, overrides, timeZone, revision } = preview;
  const [chosen, setChosen] = useState(() => new Map(named.map(({ who, personId }) => [who, personId])));
  const [trouble, setTrouble] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const turns = useMemo(() => turnsOfPeople(calendar.turns, chosen), [calendar.turns, chosen]);
  const changes = useMemo(() => withImported(overrides, turns, LIMITS.rotaPeople), [overrides, turns]);
  const nameOf = (id: string) => people.find((person) => person.id === id)?.name ?? "Somebody";
  const tooMany = changes.overrides.length > LIMITS.overrides;
  const count = changes.added.length;

  async function store() {
    setBusy(true);
    const body = { intent: "import", roleId: role.id, revision, timeZone, turns };
    const stored = await fetchJson<{ done: true }>(paths.rotaImport(matrixId), UNREACHED, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(body),
    });
    setBusy(false);
    setTrouble(stored.ok ? null : stored.message);
    if (stored.ok) onDone({ turns: count, revision: revision === null ? 0 : revision + 1 });
  }

  return (
    <div className={styles.firsts}>
      <p role="status">{summaryOf(preview, changes, turns)}</p>
      {named.length > 0 && (
        <WhoIsWho
          named={named}
          people={people}
          chosen={chosen}
          onChoose={(who, personId) => setChosen(new Map(chosen).set(who, personId))}
        />
      )}
      <Changes heading="Will be added" list={changes.added} nameOf={nameOf} />
      <Changes heading="Give way to it, whole or in part" list={changes.replaced} nameOf={nameOf} />
      <Remarks heading="Not understood, and left out" remarks={calendar.leftOut} />
      <Remarks heading="Taken, and worth a look" remarks={calendar.notes} />
      {tooMany && (
        <FieldError>
          {`The rota would have ${changes.overrides.length} overrides; at most ${LIMITS.overrides} fit. Remove past ones, or import fewer turns.`}
        </FieldError>
      )}
      {trouble !== null && (
        <div role="alert">
          <FieldError>{trouble}</FieldError>
        </div>
      )}
      <div className={styles.acts}>
        <Button variant="primary" loading={busy} disabled={count === 0 || tooMany} onClick={() => void store()}>
          {count === 1 ? "Import 1 turn" : `Import ${count} turns`}
        </Button>
        <Button variant="ghost" onClick={onAgain}>
          Choose another file
        </Button>
      </div>
    </div>
  );
}

function summaryOf(
  { calendar: { turns: read, leftOut, over, upTo }, timeZone }: ImportPreview,
  { added, replaced }: { added: readonly Override[]; replaced: readonly Override[] },
  taken: readonly ImportedTurn[],
): string {
  const without = read.length - taken.length;
  return [
    `Read on the clocks of ${timeZone}, up to ${dayWords(upTo)}: ${things(read.length, "turn")}.`,
    added.length === 0
      ? read.length > 0 && without < read.length
        ? "The rota says all of that already."
        : "Nothing would change."
      : `${things(added.length, "override")} will be added${replaced.length > 0 ? `, and ${things(replaced.length, "override")} of before ${replaced.length === 1 ? "gives" : "give"} way` : ""}.`,
    without > 0
      ? `${things(without, "turn")} of people who aren't matched ${without === 1 ? "is" : "are"} left out.`
      : "",
    over > 0 ? `${things(over, "turn")} ${over === 1 ? "is" : "are"} over and left out.` : "",
    leftOut.length > 0
      ? `${things(leftOut.length, "thing")} of it ${leftOut.length === 1 ? "isn't" : "aren't"} understood; each is listed.`
      : "",
  ]
    .filter(Boolean)
    .join(" ");
}

function things(count: number, called: string): string {
  return `${count} ${count === 1 ? called : `${called}s`}`;
}

type WhoProps = {
  named: ImportPreview["named"];
  people: People;
  chosen: ReadonlyMap<string, string | null>;
  onChoose: (who: string, personId: string | null) => void;
};

function WhoIsWho({ named, people, chosen, onChoose }: WhoProps) {
  return (
    <fieldset className={styles.list}>
      <legend>Who is who</legend>
      {named.map(({ who, turns }) => (
        <div key={who} className={styles.who}>
          <span>
            <bdi translate="no">{who}</bdi> <span className={styles.quiet}>{things(turns, "turn")}</span>
          </span>
          <Select
            aria-label={`Who is ${who}`}
            value={chosen.get(who) ?? ""}
            onChange={({ target }) => onChoose(who, target.value || null)}
          >
            <option value="">Nobody: leave out</option>
            {people.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </Select>
        </div>
      ))}
    </fieldset>
  );
}

/** So many changes are listed; the summary has the count of all. */
const MOST_LISTED = 40;

function Changes({
  heading,
  list,
  nameOf,
}: {
  heading: string;
  list: readonly Override[];
  nameOf: (id: string) => string;
}) {
  if (list.length === 0) return null;
  return (
    <details className={styles.list} open={list.length <= 8}>
      <summary>
        {heading}: {list.length}
      </summary>
      <ul>
        {list.slice(0, MOST_LISTED).map(({ from, to, personIds }) => (
          <li key={from}>
            <span className={styles.span}>{spanWords(from, to)}</span>
            <bdi translate="no">{personIds.map(nameOf).join(", then ") || "Declared off"}</bdi>
          </li>
        ))}
      </ul>
      {list.length > MOST_LISTED && <p className={styles.quiet}>And {list.length - MOST_LISTED} more.</p>}
    </details>
  );
}

function spanWords(from: string, to: string): string {
  const words = (said: string) => {
    const [day = "", time] = said.split("T");
    return time === undefined ? dayWords(day) : `${dayWords(day)}, ${time}`;
  };
  return from === to ? words(from) : `${words(from)} to ${words(to)}`;
}

function Remarks({ heading, remarks }: { heading: string; remarks: readonly Remark[] }) {
  if (remarks.length === 0) return null;
  return (
    <details className={styles.list} open={remarks.length <= 8}>
      <summary>
        {heading}: {remarks.length}
      </summary>
      <ul>
        {remarks.map(({ line, title, why }, i) => (
          <li key={i}>
            <span className={styles.span}>
              {line > 0 && `Line ${line}`}
              {title !== "" && (
                <>
                  {line > 0 && ": "}
                  <bdi translate="no">{title}</bdi>
                </>
              )}
            </span>
            <span>{why}</span>
          </li>
        ))}
      </ul>
    </details>
  );
}
