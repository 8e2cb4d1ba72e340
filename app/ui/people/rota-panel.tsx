import { useEffect, useRef, useState, type ReactNode } from "react";
import { DAY_NAMES, WEEKDAYS } from "~/domain/cover/working-hours";
import type { Matrix } from "~/domain/matrix/matrix";
import { partyOfRole } from "~/domain/matrix/owner";
import type { Role } from "~/domain/matrix/shapes";
import { holdingsOfRole } from "~/domain/people/people";
import type { OpenRota } from "~/services/people/rotas.server";
import { RotaImport } from "../calendars/rota-import";
import drawer from "../duty/drawer.module.css";
import { PartyMark } from "../marks/party-mark";
import { Button } from "../primitives/button";
import { Field, Select, TextInput } from "../primitives/form/field";
import { Segmented } from "../primitives/form/segmented";
import { ArrowDown, ArrowUp, CircleAlert, Icon, Plus, Trash2 } from "../primitives/icon";
import { Notice } from "../primitives/notice";
import { Form, useNavigation } from "../primitives/router";
import { NextTurns } from "./next-turns";
import { PanelFrame } from "./panel-frame";
import { sideName, type PeopleFacts } from "./people-view";
import type { PersonAnswer } from "./person-form";
import { draftOf, fieldsOf, freeKey, moved, type DraftOverride, type DraftTurn, type RotaDraft } from "./rota-draft";
import { WeekFields } from "./week-fields";
import styles from "./people.module.css";

type RotaProps = {
  matrixId: string;
  roleId: string;
  /** Null where the role was deleted. */ open: OpenRota | null;
  matrix: Matrix;
  facts: PeopleFacts;
  removed: readonly { id: string; name: string }[];
  timeZones: readonly string[];
  answer: PersonAnswer | null;
  today: string;
  readOnly: boolean;
  closeTo: string;
};

/** The rota of a role, at an address of its own: who is on call next, and the form that says who takes turns. */
export function RotaPanel(props: RotaProps) {
  const { roleId, open, matrixId, matrix, facts, removed, readOnly, closeTo } = props;
  const touched = useRef(false);
  const [formKey, setFormKey] = useState(0);
  // After an import the form begins anew, with what was stored by it, once that has been loaded.
  const expected = useRef<number | null | undefined>(undefined);
  const loaded = open?.revision;
  useEffect(() => {
    if (expected.current === undefined || expected.current !== loaded) return;
    expected.current = undefined;
    setFormKey((key) => key + 1);
  }, [loaded]);
  const role = matrix.roles.find(({ id }) => id === roleId);
  if (!role || !open)
    return (
      <PanelFrame label="Rota" heading={null} closeTo={closeTo}>
        <div className={drawer.gone}>
          <h2>This role isn't here</h2>
          <p>The role was deleted, or the link belongs to another matrix.</p>
        </div>
      </PanelFrame>
    );
  const kind = partyOfRole(matrix, role.id)?.kind ?? "client";
  const names = new Map([...removed, ...facts.people].map(({ id, name }) => [id, name]));
  const nameOf = (id: string) => names.get(id) ?? "Somebody";
  const gone = open.rota ? removed.filter(({ id }) => open.rota?.turns.some((turn) => turn.includes(id))) : [];
  return (
    <PanelFrame
      label={`Rota of ${role.name}`}
      closeTo={closeTo}
      holdsText={() => touched.current}
      heading={
        <>
          <PartyMark kind={kind} />
          <bdi className={drawer.domain}>{sideName(matrix, kind)}</bdi>
        </>
      }
    >
      <h2 className={drawer.title}>
        Rota of <bdi>{role.name}</bdi>
      </h2>
      <p className={styles.quiet}>Who is on call when nobody who holds the role is within their working hours.</p>
      {gone.length > 0 && (
        <Notice icon={CircleAlert} tone="alert">
          {gone.map(({ name }) => name).join(", ")} {gone.length === 1 ? "was" : "were"} removed and{" "}
          {gone.length === 1 ? "is" : "are"} called no more. Put somebody else in their turn.
        </Notice>
      )}
      {open.rota && <NextTurns turns={open.next} timeZone={open.rota.timeZone} nameOf={nameOf} />}
      {readOnly ? (
        !open.rota && <p>Nobody takes turns for this role.</p>
      ) : (
        <>
          <RotaImport
            matrixId={matrixId}
            role={role}
            open={open}
            usualZone={usualZoneOf(props, role)}
            people={facts.people.filter(({ side }) => side === kind)}
            holdsText={() => touched.current}
            onStored={(revision) => (expected.current = revision)}
          />
          <RotaForm
            key={formKey}
            {...props}
            open={open}
            role={role}
            nameOf={nameOf}
            onTouched={(value) => (touched.current = value)}
          />
        </>
      )}
    </PanelFrame>
  );
}

/** The clocks that a first rota of a role is usually on. */
function usualZoneOf({ matrix, facts }: Pick<RotaProps, "matrix" | "facts">, role: Role): string {
  const side = partyOfRole(matrix, role.id)?.kind;
  const agreedZone = matrix.hours.find(({ partyId }) => partyId === role.partyId)?.timeZone;
  const usual = facts.people.find((person) => person.side === side && person.timeZone !== "")?.timeZone;
  return agreedZone ?? usual ?? "Europe/London";
}

type FormProps = RotaProps & {
  open: OpenRota;
  role: Role;
  nameOf: (id: string) => string;
  onTouched: (touched: boolean) => void;
};

function RotaForm({ open, role, matrix, facts, timeZones, answer, today, nameOf, onTouched }: FormProps) {
  const busy = useNavigation().formMethod === "POST";
  const side = partyOfRole(matrix, role.id)?.kind;
  const holderIds = holdingsOfRole(facts.held, role.id).map(({ personId }) => personId);
  const ofSide = facts.people.filter((person) => person.side === side).map(({ id }) => id);
  const choices = [...new Set([...holderIds, ...ofSide])];
  const [draft, setDraft] = useState(() =>
    draftOf(open.rota, { timeZone: usualZoneOf({ matrix, facts }, role), today, holderIds }),
  );
  // The revision that the draft was made from, so that the server notices if somebody else changed the rota meanwhile.
  const [known, setKnown] = useState(open.revision);
  const [saved, setSaved] = useState(false);
  const sent = useRef(false);
  const errors = answer?.errors ?? {};
  const trouble = errors.rota ?? errors.roleId ?? errors.form;

  useEffect(() => {
    if (answer?.revision !== undefined && answer.revision !== null) setKnown(answer.revision);
  }, [answer]);
  useEffect(() => {
    if (busy || !sent.current) return;
    sent.current = false;
    if (trouble !== undefined) return;
    setKnown(open.revision);
    setSaved(true);
    onTouched(false);
  }, [busy, trouble, open.revision, onTouched]);

  function change(fields: Partial<RotaDraft>) {
    setDraft((current) => ({ ...current, ...fields }));
    setSaved(false);
    onTouched(true);
  }

  return (
    <Form
      method="post"
      preventScrollReset
      noValidate
      className={styles.form}
      aria-label={`Change the rota of ${role.name}`}
      onSubmit={() => (sent.current = true)}
    >
      <input type="hidden" name="roleId" value={role.id} />
      <input type="hidden" name="revision" value={known ?? ""} />
      <input type="hidden" name="rota" value={JSON.stringify(fieldsOf(draft))} />
      {trouble !== undefined && (
        <Notice icon={CircleAlert} tone="alert" formError>
          {trouble}
        </Notice>
      )}
      <Rhythm draft={draft} timeZones={timeZones} onChange={change} />
      <Turns
        turns={draft.turns}
        alone={draft.overrides.length > 0}
        choices={choices}
        nameOf={nameOf}
        onChange={(turns) => change({ turns })}
      />
      <div className={styles.labelled}>
        <span className={styles.label}>It applies</span>
        <Segmented
          label="When the rota applies"
          options={[
            { value: "always", label: "Always" },
            { value: "hours", label: "In some hours" },
          ]}
          value={draft.applies}
          onChange={(applies) => change({ applies })}
        />
        {draft.applies === "hours" && (
          <WeekFields
            legend="Hours in which it applies"
            hint="As in 18:00 to 08:00. An end before the beginning is the next day's."
            prefix="applies"
            texts={draft.week}
            onTexts={(week) => change({ week })}
          />
        )}
      </div>
      <Overrides
        overrides={draft.overrides}
        choices={choices}
        nameOf={nameOf}
        today={today}
        onChange={(overrides) => change({ overrides })}
      />
      <div className={styles.acts}>
        <Button type="submit" name="intent" value="rota" variant="primary" loading={busy}>
          Save the rota
        </Button>
        {open.rota && (
          <Button
            type="submit"
            name="intent"
            value="no-rota"
            variant="ghost"
            icon={<Icon of={Trash2} size={14} />}
            disabled={busy}
          >
            Remove the rota
          </Button>
        )}
      </div>
      <p role="status" className={styles.quiet}>
        {saved && "Saved. The next turns are above."}
      </p>
    </Form>
  );
}

function Rhythm({
  draft,
  timeZones,
  onChange,
}: {
  draft: RotaDraft;
  timeZones: readonly string[];
  onChange: (fields: Partial<RotaDraft>) => void;
}) {
  const { period, every, time, weekday, firstDay, timeZone } = draft;
  return (
    <>
      <div className={styles.labelled}>
        <span className={styles.label}>Turns last</span>
        <div className={styles.rhythm}>
          <TextInput
            type="number"
            min={1}
            max={52}
            aria-label={period === "daily" ? "Days of a turn" : "Weeks of a turn"}
            value={every}
            onChange={({ target }) => onChange({ every: target.value })}
          />
          <Segmented
            label="Days or weeks"
            options={[
              { value: "daily", label: every === "1" ? "Day" : "Days" },
              { value: "weekly", label: every === "1" ? "Week" : "Weeks" },
            ]}
            value={period}
            onChange={(value) => onChange({ period: value })}
          />
        </div>
      </div>
      <div className={styles.two}>
        <Field label="Hand over at">
          <TextInput type="time" value={time} onChange={({ target }) => onChange({ time: target.value })} />
        </Field>
        {period === "weekly" && (
          <Field label="On">
            <Select
              value={weekday}
              onChange={({ target }) => onChange({ weekday: WEEKDAYS.find((day) => day === target.value) ?? "mon" })}
            >
              {WEEKDAYS.map((day) => (
                <option key={day} value={day}>
                  {DAY_NAMES[day]}
                </option>
              ))}
            </Select>
          </Field>
        )}
      </div>
      <div className={styles.two}>
        <Field label="From">
          <TextInput type="date" value={firstDay} onChange={({ target }) => onChange({ firstDay: target.value })} />
        </Field>
        <Field label="Time zone">
          <TextInput
            list="time-zones"
            value={timeZone}
            onChange={({ target }) => onChange({ timeZone: target.value })}
            dir="ltr"
          />
        </Field>
      </div>
      <datalist id="time-zones">
        {timeZones.map((zone) => (
          <option key={zone} value={zone} />
        ))}
      </datalist>
    </>
  );
}

type PeopleChoice = { choices: readonly string[]; nameOf: (id: string) => string };

type TurnsProps = PeopleChoice & {
  turns: readonly DraftTurn[];
  /** Whether a rota without turns has overrides, which then are all there is of it. */
  alone: boolean;
  onChange: (turns: readonly DraftTurn[]) => void;
};

function Turns({ turns, alone, onChange, ...people }: TurnsProps) {
  return (
    <fieldset className={styles.lines}>
      <legend>Turns, one after the other</legend>
      {turns.length === 0 && <p className={styles.quiet}>None: only the overrides say who is on call.</p>}
      {turns.map((turn, i) => (
        <Line
          key={turn.key}
          label={`turn ${i + 1}`}
          onRemove={turns.length > 1 || alone ? () => onChange(turns.filter((other) => other !== turn)) : null}
          onMove={(by) => onChange(moved(turns, i, by))}
          first={i === 0}
          last={i === turns.length - 1}
        >
          <PeopleSelects
            label={`turn ${i + 1}`}
            nobody="Choose somebody"
            personIds={turn.personIds}
            onChange={(personIds) => onChange(turns.map((other) => (other === turn ? { ...turn, personIds } : other)))}
            {...people}
          />
        </Line>
      ))}
      <div>
        <Button
          size="sm"
          variant="ghost"
          icon={<Icon of={Plus} size={14} />}
          onClick={() => {
            const next = people.choices.find((id) => !turns.some(({ personIds }) => personIds.includes(id))) ?? "";
            onChange([...turns, { key: freeKey(turns), personIds: [next] }]);
          }}
        >
          Add a turn
        </Button>
      </div>
    </fieldset>
  );
}

function Overrides({
  overrides,
  today,
  onChange,
  ...people
}: PeopleChoice & {
  overrides: readonly DraftOverride[];
  today: string;
  onChange: (overrides: readonly DraftOverride[]) => void;
}) {
  return (
    <fieldset className={styles.lines}>
      <legend>Overrides</legend>
      <p className={styles.quiet}>Somebody else for a day or some days, or nobody, declared off.</p>
      {overrides.map((override, i) => {
        const label = `override ${i + 1}`;
        const change = (fields: Partial<DraftOverride>) =>
          onChange(overrides.map((other) => (other === override ? { ...override, ...fields } : other)));
        const edges = [
          ["From", "fromDay", "fromTime"],
          ["To", "toDay", "toTime"],
        ] as const;
        return (
          <Line
            key={override.key}
            label={label}
            onRemove={() => onChange(overrides.filter((other) => other !== override))}
          >
            {edges.map(([words, day, time]) => (
              <div key={day} className={styles.edge}>
                <span className={styles.quiet}>{words}</span>
                <TextInput
                  type="date"
                  aria-label={`${words}, day of ${label}`}
                  value={override[day]}
                  onChange={({ target }) => change({ [day]: target.value })}
                />
                <TextInput
                  type="time"
                  aria-label={`${words}, time of ${label}, empty for the whole day`}
                  value={override[time]}
                  onChange={({ target }) => change({ [time]: target.value })}
                />
              </div>
            ))}
            <PeopleSelects
              label={label}
              nobody="Nobody, declared off"
              personIds={override.personIds}
              onChange={(personIds) => change({ personIds })}
              {...people}
            />
          </Line>
        );
      })}
      <div>
        <Button
          size="sm"
          variant="ghost"
          icon={<Icon of={Plus} size={14} />}
          onClick={() =>
            onChange([
              ...overrides,
              { key: freeKey(overrides), personIds: [""], fromDay: today, fromTime: "", toDay: today, toTime: "" },
            ])
          }
        >
          Add an override
        </Button>
      </div>
    </fieldset>
  );
}

type LineProps = {
  label: string;
  onRemove: (() => void) | null;
  onMove?: (by: 1 | -1) => void;
  first?: boolean;
  last?: boolean;
  children: ReactNode;
};

/** One row of a list in the form, with the buttons that move and remove it. */
function Line({ label, onRemove, onMove, first = false, last = false, children }: LineProps) {
  return (
    <div role="group" aria-label={label} className={styles.line}>
      <div className={styles.stack}>{children}</div>
      <div className={styles.lineActs}>
        {onMove && (
          <>
            <Button
              size="sm"
              variant="ghost"
              icon={<Icon of={ArrowUp} size={14} />}
              aria-label={`Move ${label} earlier`}
              aria-disabled={first || undefined}
              onClick={() => !first && onMove(-1)}
            />
            <Button
              size="sm"
              variant="ghost"
              icon={<Icon of={ArrowDown} size={14} />}
              aria-label={`Move ${label} later`}
              aria-disabled={last || undefined}
              onClick={() => !last && onMove(1)}
            />
          </>
        )}
        {onRemove && (
          <Button
            size="sm"
            variant="ghost"
            icon={<Icon of={Trash2} size={14} />}
            aria-label={`Remove ${label}`}
            onClick={onRemove}
          />
        )}
      </div>
    </div>
  );
}

/** The people of a turn in the order in which they are called, a choice for each. */
function PeopleSelects({
  label,
  nobody,
  personIds,
  choices,
  nameOf,
  onChange,
}: PeopleChoice & {
  label: string;
  nobody: string;
  personIds: readonly string[];
  onChange: (personIds: readonly string[]) => void;
}) {
  const named = personIds[0] !== undefined && personIds[0] !== "";
  return (
    <>
      {personIds.map((personId, i) => (
        // The place in the list is what a choice is: choosing somebody else there keeps it.
        <Select
          key={i}
          aria-label={i === 0 ? `Person of ${label}` : `Called ${i + 1} in ${label}`}
          value={personId}
          onChange={({ target }) => onChange(personIds.map((id, at) => (at === i ? target.value : id)))}
        >
          <option value="">{i === 0 ? nobody : "Nobody else"}</option>
          {[...new Set([...choices, ...(personId === "" ? [] : [personId])])].map((id) => (
            <option key={id} value={id}>
              {choices.includes(id) ? nameOf(id) : `${nameOf(id)} (removed)`}
            </option>
          ))}
        </Select>
      ))}
      {named && personIds.length < 10 && (
        <div>
          <Button
            size="sm"
            variant="ghost"
            icon={<Icon of={Plus} size={14} />}
            aria-label={`Call somebody else after them in ${label}`}
            onClick={() => onChange([...personIds, ""])}
          >
            And then
          </Button>
        </div>
      )}
    </>
  );
}
