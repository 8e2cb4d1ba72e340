import { useState } from "react";
import { agreedWords } from "~/domain/changes/field-words";
import type { Containment } from "~/domain/matrix/escalation-shapes";
import { blankContainment, CONTAINMENT_FIELDS, CONTAINMENTS, STANCES } from "~/domain/parts/authorities";
import { AddThing } from "../agreed/add-thing";
import agreed from "../agreed/agreed.module.css";
import { ChoiceField, RoleField, ThingText } from "../agreed/fields";
import { RoleChip } from "../agreed/role-chip";
import { ThingDialog } from "../agreed/thing-dialog";
import { thingEdits } from "../agreed/thing-edits";
import { ThingList, type ListColumn } from "../agreed/thing-list";
import type { MatrixEditor } from "../editor/editor-types";
import { Button } from "../primitives/button";
import { Empty } from "../primitives/empty";
import styles from "./authority.module.css";

/** What may be done to contain an incident at once, after a call, or never. */
export function ContainmentsSection({ editor, offered }: { editor: MatrixEditor; offered: readonly Containment[] }) {
  const [openId, setOpenId] = useState<string | null>(null);
  const { matrix, readOnly } = editor;
  const edits = thingEdits(editor, CONTAINMENTS, matrix.containments);
  const open = matrix.containments.find(({ id }) => id === openId);
  const columns: ListColumn<Containment>[] = [
    {
      label: CONTAINMENT_FIELDS.stance.label,
      cell: ({ stance }) => (
        <span className={agreed.stance} data-stance={stance}>
          {STANCES[stance]}
        </span>
      ),
    },
    {
      label: CONTAINMENT_FIELDS.roleId.label,
      cell: ({ roleId, stance }) =>
        roleId === null && stance === "never" ? null : <RoleChip roleId={roleId} matrix={matrix} nobody="Nobody yet" />,
    },
    {
      label: CONTAINMENT_FIELDS.callsId.label,
      cell: ({ callsId, stance }) =>
        callsId === null && stance !== "call-first" ? null : (
          <RoleChip roleId={callsId} matrix={matrix} nobody="Nobody yet" />
        ),
    },
    { label: CONTAINMENT_FIELDS.condition.label, cell: ({ condition }) => condition },
  ];

  function add(action: string) {
    const containment = { ...blankContainment(crypto.randomUUID()), action };
    const result = edits.add(containment);
    if (result.ok) setOpenId(containment.id);
    return result;
  }

  return (
    <section className={agreed.panel} aria-labelledby="containments-title">
      <h2 id="containments-title">Containment</h2>
      {matrix.containments.length === 0 ? (
        <Empty
          title="No containment action is agreed yet."
          action={
            !readOnly && (
              <Button
                onClick={() => edits.addAll(offered, `Added ${offered.length} containment actions to start from`)}
              >
                Start from usual actions
              </Button>
            )
          }
        >
          What may be done at once when an attack spreads, what needs a call first, and what is never done.
        </Empty>
      ) : (
        <ThingList
          label="Containment actions"
          edits={edits}
          nameLabel={CONTAINMENT_FIELDS.action.label}
          nameOf={({ action }) => action}
          columns={columns}
          layout={styles.containments}
          onOpen={setOpenId}
        />
      )}
      {!readOnly && (
        <AddThing
          label="New containment action"
          placeholder="Action, such as Isolate a laptop"
          button="Add action"
          onAdd={add}
        />
      )}
      {open && (
        <ThingDialog
          title={open.action}
          readOnly={readOnly}
          facts={agreedWords(open, CONTAINMENT_FIELDS, matrix)}
          onClose={() => setOpenId(null)}
        >
          <ThingText edits={edits} thing={open} field="action" described={CONTAINMENT_FIELDS.action} />
          <ChoiceField
            label={CONTAINMENT_FIELDS.stance.label}
            value={open.stance}
            names={STANCES}
            onChoose={(stance) => edits.set(open, { stance }, CONTAINMENT_FIELDS.stance.label)}
          />
          <RoleField
            label={CONTAINMENT_FIELDS.roleId.label}
            matrix={matrix}
            roleId={open.roleId}
            onChoose={(roleId) => edits.set(open, { roleId }, CONTAINMENT_FIELDS.roleId.label)}
          />
          <RoleField
            label={CONTAINMENT_FIELDS.callsId.label}
            nobody="Nobody"
            matrix={matrix}
            roleId={open.callsId}
            onChoose={(callsId) => edits.set(open, { callsId }, CONTAINMENT_FIELDS.callsId.label)}
          />
          <div className={agreed.wide}>
            <ThingText edits={edits} thing={open} field="condition" described={CONTAINMENT_FIELDS.condition} />
          </div>
        </ThingDialog>
      )}
    </section>
  );
}
