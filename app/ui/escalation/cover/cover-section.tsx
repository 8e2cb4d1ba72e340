import { useMemo, useState } from "react";
import type { EscalationPath } from "~/domain/matrix/escalation-shapes";
import { paths } from "~/paths";
import type { MatrixEditor } from "../../editor/editor-types";
import { usePeople } from "../../people/people-context";
import { Button, ButtonLink } from "../../primitives/button";
import { classNames } from "../../primitives/class-names";
import { Field, Select, TextInput } from "../../primitives/form/field";
import { ownZone } from "../../primitives/time";
import { usePrinting } from "../../primitives/use-printing";
import styles from "./cover.module.css";
import { CoverFindings } from "./cover-findings";
import { CoverGrid } from "./cover-grid";
import { CoverTable } from "./cover-table";
import { weekWords } from "./cover-words";
import { useWeekCover, type AskedWeek, type FetchedCover, type WeekCover } from "./use-week-cover";

type SectionProps = { editor: MatrixEditor; path: EscalationPath };

/** Who can be reached for each role of a path, across any week. */
export function CoverSection({ editor, path }: SectionProps) {
  const [asked, setAsked] = useState<AskedWeek>(() => ({
    day: "",
    // Where no hours are agreed, the reader's own clocks say more than UTC.
    zone: editor.matrix.hours.length === 0 ? ownZone() : "",
  }));
  const fetched = useWeekCover(editor.matrixId, path.id, asked, useVersion(editor));
  const { cover, path: shown, waiting, failed, retry } = fetched;
  return (
    <section className={styles.cover} aria-labelledby="cover-title" data-print="flow">
      <header className={styles.top}>
        <h2 id="cover-title">Cover across the week</h2>
        <Legend />
      </header>
      <WeekPicker editor={editor} asked={asked} cover={cover} choose={setAsked} />
      <p className={styles.said} role="status">
        {cover ? shownWords(cover, fetched) : waiting && "Working out who can be reached…"}
      </p>
      {failed && (
        <p className={styles.failed} role="alert">
          {failed}
          {cover && ` Shown is still ${weekWords(cover)}.`}{" "}
          <Button size="sm" onClick={retry} loading={waiting}>
            Try again
          </Button>
        </p>
      )}
      {cover && shown && <Week cover={cover} shown={shown} waiting={waiting} matrixId={editor.matrixId} />}
      <CoverFindings editor={editor} path={path} />
    </section>
  );
}

/** What the cover is made of, as it is stored: another value means that it has to be fetched again. */
function useVersion({ stored }: MatrixEditor): unknown {
  const { paths: agreed, roles, hours, offDuties, parties } = stored;
  const { people, holdings } = usePeople();
  return useMemo(
    () => [agreed, roles, hours, offDuties, parties, people, holdings],
    [agreed, roles, hours, offDuties, parties, people, holdings],
  );
}

function shownWords({ timeZone, clockChange, days, ...week }: WeekCover, { waiting }: FetchedCover): string {
  const holidays = days.flatMap(({ words, holidays: names }) => names.map((name) => `${words}, ${name}`));
  return [
    `Shown is ${weekWords(week)}, on the clocks of ${timeZone}.`,
    clockChange,
    holidays.length > 0 ? `Holidays: ${holidays.join("; ")}.` : "",
    waiting ? "Working out who can be reached…" : "",
  ]
    .filter(Boolean)
    .join(" ");
}

type ShownProps = { cover: WeekCover; shown: NonNullable<FetchedCover["path"]>; waiting: boolean; matrixId: string };

function Week({ cover, shown, waiting, matrixId }: ShownProps) {
  const [asTable, setAsTable] = useState(false);
  const printing = usePrinting();
  if (shown.strips.length === 0) return <p className={styles.quiet}>The path calls no role yet. Add one to a level.</p>;
  if (shown.nobodyBehind)
    return (
      <div className={styles.empty}>
        <p>Nobody is behind the roles of this path yet, so nobody can be reached at any hour.</p>
        <ButtonLink size="sm" to={paths.people(matrixId)}>
          Name the holders
        </ButtonLink>
      </div>
    );
  return (
    <div className={classNames(waiting && styles.waiting)} aria-busy={waiting}>
      {shown.clock && <p className={styles.failed}>{shown.clock}</p>}
      <CoverGrid key={`${shown.pathId} ${cover.firstDay} ${cover.timeZone}`} cover={cover} path={shown} />
      <Button size="sm" variant="ghost" aria-expanded={asTable} data-print="hide" onClick={() => setAsTable(!asTable)}>
        {asTable ? "Hide the table" : "Show as a table"}
      </Button>
      {(asTable || printing) && <CoverTable cover={cover} path={shown} />}
    </div>
  );
}

const KEYS = [
  ["shift", "On shift"],
  ["call", "On call"],
  ["off", "Off duty"],
  ["hole", "Nobody"],
] as const;

function Legend() {
  return (
    <ul className={styles.legend} aria-label="What the strips show">
      {KEYS.map(([look, words]) => (
        <li key={look}>
          <i aria-hidden className={styles[look]} />
          {words}
        </li>
      ))}
    </ul>
  );
}

type PickerProps = {
  editor: MatrixEditor;
  asked: AskedWeek;
  cover: WeekCover | null;
  choose: (asked: AskedWeek) => void;
};

function WeekPicker({ editor: { matrix }, asked, cover, choose }: PickerProps) {
  const zones = [...new Set([...matrix.hours.map(({ timeZone }) => timeZone), ownZone(), "UTC"])].filter(Boolean);
  return (
    <div className={styles.picker} role="group" aria-label="Which week" data-print="hide">
      {cover?.choices.map(({ label, firstDay }, i) => (
        <Button
          key={i}
          size="sm"
          aria-pressed={cover.firstDay === firstDay}
          onClick={() => choose({ ...asked, day: firstDay })}
        >
          {label}
        </Button>
      ))}
      <Field label="Week of" className={styles.day}>
        <TextInput
          type="date"
          min="2000-01-01"
          max="2100-12-31"
          value={asked.day || (cover?.firstDay ?? "")}
          onChange={({ target }) => target.value && target.validity.valid && choose({ ...asked, day: target.value })}
        />
      </Field>
      <Field label="Clocks of" className={styles.zone}>
        <Select
          translate="no"
          value={asked.zone || (cover?.timeZone ?? "")}
          onChange={({ target }) => choose({ ...asked, zone: target.value })}
        >
          {(cover ? [...new Set([cover.timeZone, ...zones])] : []).map((zone) => (
            <option key={zone} value={zone}>
              {zone}
            </option>
          ))}
        </Select>
      </Field>
    </div>
  );
}
