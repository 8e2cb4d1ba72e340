import { Suspense, useState } from "react";
import { agreedWords } from "~/domain/changes/field-words";
import { dayWords } from "~/domain/day-words";
import type { PartyHours, Week } from "~/domain/matrix/escalation-shapes";
import type { Party } from "~/domain/matrix/shapes";
import { blankHours, NO_HOURS, PARTY_HOURS, PARTY_HOURS_FIELDS, weekInRuns } from "~/domain/parts/hours";
import agreed from "../agreed/agreed.module.css";
import { ThingText } from "../agreed/fields";
import { ThingDialog } from "../agreed/thing-dialog";
import { thingEdits, type ThingEdits } from "../agreed/thing-edits";
import type { MatrixEditor } from "../editor/editor-types";
import { PartyMark } from "../marks/party-mark";
import { Button } from "../primitives/button";
import { Icon, Trash2 } from "../primitives/icon";
import styles from "./authority.module.css";
import { DaysList } from "./days-list";
import { ProposeHolidays } from "./lazy-holidays";
import { WeekFields } from "./week-fields";
import { ownTimeZone, ZoneField } from "./zone-field";

const WORKDAY: Week["mon"] = [{ from: "09:00", to: "17:30" }];
/** What a party's hours begin with. */
const USUAL_WEEK: Week = { ...NO_HOURS, mon: WORKDAY, tue: WORKDAY, wed: WORKDAY, thu: WORKDAY, fri: WORKDAY };

/** When each party works, on its own clocks and by its own holidays. */
export function HoursSection({ editor }: { editor: MatrixEditor }) {
  const [openId, setOpenId] = useState<string | null>(null);
  const { matrix } = editor;
  const edits = thingEdits(editor, PARTY_HOURS, matrix.hours);
  const open = matrix.hours.find(({ id }) => id === openId);
  const openParty = matrix.parties.find(({ id }) => id === open?.partyId);

  function begin(partyId: string) {
    const hours = { ...blankHours(crypto.randomUUID(), partyId), timeZone: ownTimeZone(), week: USUAL_WEEK };
    if (edits.add(hours).ok) setOpenId(hours.id);
  }

  return (
    <section className={agreed.panel} aria-labelledby="hours-title">
      <h2 id="hours-title">Working hours</h2>
      <p className={agreed.quiet}>
        A path that counts working hours counts these. Only the holidays listed here count, whatever a calendar says.
      </p>
      <div className={styles.parties}>
        {matrix.parties.map((party) => (
          <PartyHoursCard
            key={party.id}
            party={party}
            hours={matrix.hours.find(({ partyId }) => partyId === party.id)}
            edits={edits}
            onBegin={() => begin(party.id)}
            onOpen={setOpenId}
          />
        ))}
      </div>
      {open && openParty && (
        <ThingDialog
          title={`Working hours of ${openParty.name}`}
          readOnly={editor.readOnly}
          facts={agreedWords(open, PARTY_HOURS_FIELDS, matrix)}
          onClose={() => setOpenId(null)}
        >
          <HoursFields edits={edits} hours={open} matrixId={editor.matrixId} />
        </ThingDialog>
      )}
    </section>
  );
}

type PartyHoursCardProps = {
  party: Party;
  hours: PartyHours | undefined;
  edits: ThingEdits<PartyHours>;
  onBegin: () => void;
  onOpen: (id: string) => void;
};

function PartyHoursCard({ party, hours, edits, onBegin, onOpen }: PartyHoursCardProps) {
  return (
    <section className={styles.party} aria-label={`Working hours of ${party.name}`}>
      <header className={styles.head}>
        <PartyMark kind={party.kind} />
        <h3>
          <bdi>{party.name}</bdi>
        </h3>
        {hours && (
          <Button size="sm" onClick={() => onOpen(hours.id)} aria-label={`Open the hours of ${party.name}`}>
            {edits.readOnly ? "Details" : "Edit"}
          </Button>
        )}
        {hours && !edits.readOnly && (
          <Button
            size="sm"
            variant="ghost"
            icon={<Icon of={Trash2} size={14} />}
            aria-label={`Delete the hours of ${party.name}`}
            title={`Delete the hours of ${party.name}`}
            onClick={() => edits.remove(hours)}
          />
        )}
      </header>
      {hours ? (
        <HoursFacts hours={hours} />
      ) : (
        <>
          <p className={agreed.quiet}>No working hours are agreed.</p>
          {!edits.readOnly && (
            <div>
              <Button onClick={onBegin} aria-label={`Agree the hours of ${party.name}`}>
                Agree its hours
              </Button>
            </div>
          )}
        </>
      )}
    </section>
  );
}

function HoursFacts({ hours: { week, timeZone, holidays, billable } }: { hours: PartyHours }) {
  const days = Object.keys(holidays).sort();
  const runs = weekInRuns(week).filter(({ hours }) => hours !== "");
  return (
    <dl className={styles.runs}>
      {runs.map(({ days: run, hours }) => (
        <div key={run}>
          <dt>{run}</dt>
          <dd>{hours}</dd>
        </div>
      ))}
      {runs.length === 0 && (
        <div>
          <dt>Every day</dt>
          <dd>No working hours</dd>
        </div>
      )}
      <div>
        <dt>{PARTY_HOURS_FIELDS.timeZone.label}</dt>
        <dd translate="no">{timeZone}</dd>
      </div>
      <div>
        <dt>{PARTY_HOURS_FIELDS.holidays.label}</dt>
        <dd>
          {days.length === 0
            ? "None listed"
            : `${days.length}, from ${dayWords(days[0] ?? "")} to ${dayWords(days.at(-1) ?? "")}`}
        </dd>
      </div>
      {billable !== "" && (
        <div>
          <dt>{PARTY_HOURS_FIELDS.billable.label}</dt>
          <dd>
            <bdi translate="yes">{billable}</bdi>
          </dd>
        </div>
      )}
    </dl>
  );
}

type HoursFieldsProps = { edits: ThingEdits<PartyHours>; hours: PartyHours; matrixId: string };

function HoursFields({ edits, hours, matrixId }: HoursFieldsProps) {
  const { holidays } = hours;
  return (
    <>
      <ZoneField
        label={PARTY_HOURS_FIELDS.timeZone.label}
        value={hours.timeZone}
        save={(timeZone, was) => edits.set(hours, { timeZone }, PARTY_HOURS_FIELDS.timeZone.label, was)}
      />
      <WeekFields
        heading={PARTY_HOURS_FIELDS.week.label}
        week={hours.week}
        set={(values, label) => edits.set(hours, values, label)}
      />
      <DaysList
        heading={PARTY_HOURS_FIELDS.holidays.label}
        none="No holiday is agreed."
        days={Object.keys(holidays)}
        textOf={(day) => <bdi translate="yes">{holidays[day]}</bdi>}
        nameLabel="Holiday"
        button="Add holiday"
        onAdd={(day, name) => edits.set(hours, { [`holidays/${day}`]: name }, dayWords(day), "")}
        onRemove={(day) => edits.set(hours, { [`holidays/${day}`]: null }, dayWords(day))}
      />
      <div className={styles.dated}>
        <Suspense>
          <ProposeHolidays
            matrixId={matrixId}
            agreed={holidays}
            onAdd={(days) =>
              edits.set(
                hours,
                Object.fromEntries(days.map(({ day, name }) => [`holidays/${day}`, name])),
                PARTY_HOURS_FIELDS.holidays.label,
              )
            }
          />
        </Suspense>
      </div>
      <div className={agreed.wide}>
        <ThingText edits={edits} thing={hours} field="billable" described={PARTY_HOURS_FIELDS.billable} />
      </div>
    </>
  );
}
