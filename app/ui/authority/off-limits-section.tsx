import { useState } from "react";
import { agreedWords } from "~/domain/changes/field-words";
import type { OffLimits } from "~/domain/matrix/escalation-shapes";
import { OFF_LIMITS, OFF_LIMITS_FIELDS } from "~/domain/parts/authorities";
import { AddThing } from "../agreed/add-thing";
import agreed from "../agreed/agreed.module.css";
import { ThingText } from "../agreed/fields";
import { ThingDialog } from "../agreed/thing-dialog";
import { thingEdits } from "../agreed/thing-edits";
import { ThingList, type ListColumn } from "../agreed/thing-list";
import type { MatrixEditor } from "../editor/editor-types";
import styles from "./authority.module.css";

const COLUMNS: readonly ListColumn<OffLimits>[] = [
  { label: OFF_LIMITS_FIELDS.reason.label, cell: ({ reason }) => reason },
];

/** Systems that nobody touches in an incident without asking. */
export function OffLimitsSection({ editor }: { editor: MatrixEditor }) {
  const [openId, setOpenId] = useState<string | null>(null);
  const { matrix, readOnly } = editor;
  const edits = thingEdits(editor, OFF_LIMITS, matrix.offLimits);
  const open = matrix.offLimits.find(({ id }) => id === openId);

  function add(system: string) {
    const added = { id: crypto.randomUUID(), system, reason: "" };
    const result = edits.add(added);
    if (result.ok) setOpenId(added.id);
    return result;
  }

  return (
    <section className={agreed.panel} aria-labelledby="off-limits-title">
      <h2 id="off-limits-title">Systems off limits</h2>
      <p className={agreed.lead}>
        {matrix.offLimits.length === 0
          ? "None is agreed. Name the systems that nobody touches in an incident without asking."
          : "Nobody touches these in an incident without asking."}
      </p>
      {matrix.offLimits.length > 0 && (
        <ThingList
          label="Systems off limits"
          edits={edits}
          nameLabel={OFF_LIMITS_FIELDS.system.label}
          nameOf={({ system }) => system}
          columns={COLUMNS}
          layout={styles.offLimits}
          onOpen={setOpenId}
        />
      )}
      {!readOnly && (
        <AddThing
          label="New system off limits"
          placeholder="System, such as Oven controllers"
          button="Add system"
          onAdd={add}
        />
      )}
      {open && (
        <ThingDialog
          title={open.system}
          readOnly={readOnly}
          facts={agreedWords(open, OFF_LIMITS_FIELDS, matrix)}
          onClose={() => setOpenId(null)}
        >
          <div className={agreed.wide}>
            <ThingText edits={edits} thing={open} field="system" described={OFF_LIMITS_FIELDS.system} />
          </div>
          <div className={agreed.wide}>
            <ThingText edits={edits} thing={open} field="reason" described={OFF_LIMITS_FIELDS.reason} />
          </div>
        </ThingDialog>
      )}
    </section>
  );
}
