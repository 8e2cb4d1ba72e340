import { useState } from "react";
import { WEEKDAYS, weekdayAt, type Weekday } from "~/domain/cover/working-hours";
import { isDay } from "~/domain/days";
import { LIMITS } from "~/domain/limits";
import type { EscalationPath } from "~/domain/matrix/escalation-shapes";
import type { Matrix } from "~/domain/matrix/matrix";
import { OWN_SCENARIO } from "~/domain/scenario/scenario";
import type { OfferedScenario } from "~/services/people/scenario-answers.server";
import { usePeople } from "../../people/people-context";
import { Field, Select, TextInput } from "../../primitives/form/field";
import { THIS_PATH, type ScenarioDraft } from "./scenario-draft";
import styles from "./scenario.module.css";

type FieldsProps = {
  draft: ScenarioDraft;
  matrix: Matrix;
  path: EscalationPath;
  offered: readonly OfferedScenario[];
  onChange: (fields: Partial<ScenarioDraft>) => void;
  onChoose: (choice: string) => void;
};

const WEEKDAY_NAMES: Record<Weekday, string> = {
  mon: "Monday",
  tue: "Tuesday",
  wed: "Wednesday",
  thu: "Thursday",
  fri: "Friday",
  sat: "Saturday",
  sun: "Sunday",
};

/** What happens, when, on which clocks, and who is away besides. */
export function ScenarioFields({ draft, matrix, path, offered, onChange, onChoose }: FieldsProps) {
  const story = offered.find(({ id }) => id === draft.choice)?.story;
  const { people } = usePeople();
  return (
    <>
      <Field label="What happens" className={styles.wide}>
        <Select value={draft.choice} onChange={({ target }) => onChoose(target.value)}>
          {offered.map(({ id, title }) => (
            <option key={id} value={id}>
              {title}
            </option>
          ))}
          <option value={THIS_PATH}>This path: {path.name}</option>
          <option value={OWN_SCENARIO}>One of your own</option>
        </Select>
      </Field>
      {story && <p className={styles.story}>{story}</p>}
      {draft.choice === OWN_SCENARIO && <OwnFields draft={draft} matrix={matrix} onChange={onChange} />}
      <Field
        label={
          <>
            Day <span className={styles.weekday}>{isDay(draft.day) ? weekdayOf(draft.day) : ""}</span>
          </>
        }
      >
        <TextInput
          type="date"
          required
          min="2000-01-01"
          max="2100-12-31"
          value={draft.day}
          onChange={({ target }) => onChange({ day: target.value })}
        />
      </Field>
      <Field label="Time">
        <TextInput
          type="time"
          required
          value={draft.time}
          onChange={({ target }) => onChange({ time: target.value })}
        />
      </Field>
      <Zone zone={draft.zone} onChange={(zone) => onChange({ zone })} />
      {people.length > 0 && (
        <Field label="Away besides">
          <Select value={draft.awayId} onChange={({ target }) => onChange({ awayId: target.value })}>
            <option value="">Nobody more</option>
            {people.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </Select>
        </Field>
      )}
    </>
  );
}

function weekdayOf(day: string): string {
  return WEEKDAY_NAMES[weekdayAt(Date.parse(day)) ?? WEEKDAYS[0]];
}

type OwnProps = Pick<FieldsProps, "draft" | "matrix" | "onChange">;

function OwnFields({ draft, matrix, onChange }: OwnProps) {
  return (
    <>
      <Field label="In a few words" className={styles.wide}>
        <TextInput
          required
          maxLength={LIMITS.name}
          placeholder="The front door doesn’t lock"
          value={draft.title}
          onChange={({ target }) => onChange({ title: target.value })}
        />
      </Field>
      <Field label="Path" className={styles.wide}>
        <Select value={draft.pathId} onChange={({ target }) => onChange({ pathId: target.value })}>
          <option value="">The one that its duties name</option>
          {matrix.paths.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </Select>
      </Field>
      <Field label="Duties it is about" hint="Their codes, as in IAM-03, INC-02." className={styles.wide}>
        <TextInput value={draft.codes} onChange={({ target }) => onChange({ codes: target.value })} />
      </Field>
    </>
  );
}

/** The zones are listed once somebody goes to choose one: there are some four hundred. */
function Zone({ zone, onChange }: { zone: string; onChange: (zone: string) => void }) {
  const [zones, setZones] = useState<readonly string[]>([]);
  return (
    <Field label="Time zone">
      <TextInput
        required
        list="scenario-zones"
        dir="ltr"
        value={zone}
        onFocus={() => setZones(Intl.supportedValuesOf("timeZone"))}
        onChange={({ target }) => onChange(target.value)}
      />
      <datalist id="scenario-zones">
        {zones.map((one) => (
          <option key={one} value={one} />
        ))}
      </datalist>
    </Field>
  );
}
