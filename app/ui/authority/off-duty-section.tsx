import { useState, type FormEvent } from "react";
import { agreedWords } from "~/domain/changes/field-words";
import { dayWords } from "~/domain/day-words";
import type { AgreedOffDuty } from "~/domain/matrix/escalation-shapes";
import { blankOffDuty, OFF_DUTIES, OFF_DUTY_FIELDS } from "~/domain/parts/hours";
import { roleWords } from "~/domain/parts/role-of";
import agreed from "../agreed/agreed.module.css";
import { RoleField, ThingText } from "../agreed/fields";
import { RoleChip } from "../agreed/role-chip";
import { ThingDialog } from "../agreed/thing-dialog";
import { thingEdits, type ThingEdits } from "../agreed/thing-edits";
import { ThingList, type ListColumn } from "../agreed/thing-list";
import type { MatrixEditor } from "../editor/editor-types";
import { Button } from "../primitives/button";
import { Icon, Plus } from "../primitives/icon";
import styles from "./authority.module.css";
import { DaysList } from "./days-list";
import { WeekFields } from "./week-fields";
import { ownTimeZone, ZoneField } from "./zone-field";

/** When a role is agreed to be off duty, so that nobody is missing then. */
export function OffDutySection({ editor }: { editor: MatrixEditor }) {
  const [openId, setOpenId] = useState<string | null>(null);
  const [roleId, setRoleId] = useState<string | null>(null);
  const [error, setError] = useState<string | null>(null);
  const { matrix, readOnly } = editor;
  const edits = thingEdits(editor, OFF_DUTIES, matrix.offDuties);
  const open = matrix.offDuties.find(({ id }) => id === openId);
  const columns: ListColumn<AgreedOffDuty>[] = [
    { label: OFF_DUTY_FIELDS.week.label, cell: ({ week }) => OFF_DUTY_FIELDS.week.words(week, matrix) },
    { label: OFF_DUTY_FIELDS.days.label, cell: ({ days }) => days.map(dayWords).join(", ") },
    { label: OFF_DUTY_FIELDS.reason.label, cell: ({ reason }) => reason },
  ];

  function add(event: FormEvent) {
    event.preventDefault();
    if (roleId === null) return setError("Choose a role first.");
    const party = matrix.roles.find(({ id }) => id === roleId)?.partyId;
    const timeZone = matrix.hours.find(({ partyId }) => partyId === party)?.timeZone ?? ownTimeZone();
    const added = { ...blankOffDuty(crypto.randomUUID(), roleId), timeZone };
    const result = edits.add(added);
    setError(result.ok ? null : result.rejection.message);
    if (!result.ok) return;
    setRoleId(null);
    setOpenId(added.id);
  }

  return (
    <section className={agreed.panel} aria-labelledby="off-duty-title">
      <h2 id="off-duty-title">Times off duty</h2>
      <p className={agreed.lead}>
        When a role is off duty by agreement, nobody is missing, and no hole in its cover is found.
      </p>
      {matrix.offDuties.length > 0 && (
        <ThingList
          label="Times off duty"
          edits={edits}
          nameLabel={OFF_DUTY_FIELDS.roleId.label}
          nameOf={({ roleId }) => <RoleChip roleId={roleId} matrix={matrix} />}
          columns={columns}
          layout={styles.offDuties}
          copies={false}
          onOpen={setOpenId}
        />
      )}
      {!readOnly && (
        <form className={styles.newOffDuty} onSubmit={add} data-print="hide">
          <RoleField
            label="Role of a new time off duty"
            nobody="Choose a role"
            matrix={matrix}
            roleId={roleId}
            error={error}
            onChoose={setRoleId}
          />
          <Button type="submit" icon={<Icon of={Plus} />}>
            Add time off duty
          </Button>
        </form>
      )}
      {open && (
        <ThingDialog
          title={`Off duty: ${roleWords(open.roleId, matrix)}`}
          readOnly={readOnly}
          facts={agreedWords(open, OFF_DUTY_FIELDS, matrix)}
          onClose={() => setOpenId(null)}
        >
          <OffDutyFields edits={edits} offDuty={open} editor={editor} />
        </ThingDialog>
      )}
    </section>
  );
}

type OffDutyFieldsProps = { edits: ThingEdits<AgreedOffDuty>; offDuty: AgreedOffDuty; editor: MatrixEditor };

function OffDutyFields({ edits, offDuty, editor }: OffDutyFieldsProps) {
  const { days } = offDuty;
  return (
    <>
      <RoleField
        label={OFF_DUTY_FIELDS.roleId.label}
        nobody={null}
        matrix={editor.matrix}
        roleId={offDuty.roleId}
        onChoose={(roleId) => roleId !== null && edits.set(offDuty, { roleId }, OFF_DUTY_FIELDS.roleId.label)}
      />
      <ZoneField
        label={OFF_DUTY_FIELDS.timeZone.label}
        value={offDuty.timeZone}
        save={(timeZone, was) => edits.set(offDuty, { timeZone }, OFF_DUTY_FIELDS.timeZone.label, was)}
      />
      <WeekFields
        heading={OFF_DUTY_FIELDS.week.label}
        week={offDuty.week}
        set={(values, label) => edits.set(offDuty, values, label)}
      />
      <DaysList
        heading={OFF_DUTY_FIELDS.days.label}
        none="No single day is agreed."
        days={days}
        button="Add day"
        onAdd={(day) => edits.set(offDuty, { days: [...days, day].sort() }, OFF_DUTY_FIELDS.days.label)}
        onRemove={(day) =>
          edits.set(offDuty, { days: days.filter((other) => other !== day) }, OFF_DUTY_FIELDS.days.label)
        }
      />
      <div className={agreed.wide}>
        <ThingText edits={edits} thing={offDuty} field="reason" described={OFF_DUTY_FIELDS.reason} />
      </div>
    </>
  );
}
