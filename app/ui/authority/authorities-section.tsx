import { useState } from "react";
import { agreedWords } from "~/domain/changes/field-words";
import type { Authority } from "~/domain/matrix/escalation-shapes";
import {
  amountWords,
  AUTHORITIES,
  AUTHORITY_FIELDS,
  AUTHORITY_KINDS,
  blankAuthority,
} from "~/domain/parts/authorities";
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
import { AmountField } from "./amount-field";
import styles from "./authority.module.css";

/** Who may approve what, up to how much, and who stands in. */
export function AuthoritiesSection({ editor, offered }: { editor: MatrixEditor; offered: readonly Authority[] }) {
  const [openId, setOpenId] = useState<string | null>(null);
  const { matrix, readOnly } = editor;
  const edits = thingEdits(editor, AUTHORITIES, matrix.authorities);
  const open = matrix.authorities.find(({ id }) => id === openId);
  const columns: ListColumn<Authority>[] = [
    {
      label: AUTHORITY_FIELDS.upTo.label,
      cell: ({ upTo, currency }) =>
        upTo === null ? null : (
          <span className={agreed.amount} translate="no">
            {amountWords(upTo)} {currency}
          </span>
        ),
    },
    {
      label: "Who approves",
      cell: ({ roleId }) => <RoleChip roleId={roleId} matrix={matrix} nobody="Nobody yet" />,
    },
    {
      label: "Deputy",
      cell: ({ deputyId }) => (deputyId === null ? null : <RoleChip roleId={deputyId} matrix={matrix} />),
    },
    { label: AUTHORITY_FIELDS.condition.label, cell: ({ condition }) => condition },
  ];

  function add(name: string) {
    const authority = { ...blankAuthority(crypto.randomUUID()), name };
    const result = edits.add(authority);
    if (result.ok) setOpenId(authority.id);
    return result;
  }

  return (
    <section className={agreed.panel} aria-labelledby="authorities-title">
      <h2 id="authorities-title">Who may approve what</h2>
      {matrix.authorities.length === 0 ? (
        <Empty
          title="No authority is agreed yet."
          action={
            !readOnly && (
              <Button
                variant="primary"
                onClick={() => edits.addAll(offered, `Added ${offered.length} authorities to start from`)}
              >
                Start from usual authorities
              </Button>
            )
          }
        >
          Spending, access, changes, work out of hours and disclosure, with the roles of this matrix. Amounts are yours
          to fill in.
        </Empty>
      ) : (
        <ThingList
          label="Who may approve what"
          edits={edits}
          nameLabel="What"
          nameOf={({ name }) => name}
          kindOf={({ kind }) => AUTHORITY_KINDS[kind]}
          columns={columns}
          layout={styles.authorities}
          onOpen={setOpenId}
        />
      )}
      {!readOnly && (
        <AddThing
          label="New authority"
          placeholder="What may be approved, such as Order hardware"
          button="Add authority"
          onAdd={add}
        />
      )}
      {open && (
        <ThingDialog
          title={open.name}
          readOnly={readOnly}
          facts={agreedWords(open, AUTHORITY_FIELDS, matrix)}
          onClose={() => setOpenId(null)}
        >
          <ThingText edits={edits} thing={open} field="name" described={AUTHORITY_FIELDS.name} />
          <ChoiceField
            label={AUTHORITY_FIELDS.kind.label}
            value={open.kind}
            names={AUTHORITY_KINDS}
            onChoose={(kind) => edits.set(open, { kind }, AUTHORITY_FIELDS.kind.label)}
          />
          <RoleField
            label={AUTHORITY_FIELDS.roleId.label}
            matrix={matrix}
            roleId={open.roleId}
            offers={({ id }) => id !== open.deputyId}
            onChoose={(roleId) => edits.set(open, { roleId }, AUTHORITY_FIELDS.roleId.label)}
          />
          <RoleField
            label={AUTHORITY_FIELDS.deputyId.label}
            nobody="Nobody"
            matrix={matrix}
            roleId={open.deputyId}
            offers={({ id }) => id !== open.roleId}
            onChoose={(deputyId) => edits.set(open, { deputyId }, AUTHORITY_FIELDS.deputyId.label)}
          />
          <AmountField
            key={open.id}
            authority={open}
            usual={matrix.authorities.find(({ currency }) => currency !== "")?.currency ?? ""}
            save={(amount) => edits.set(open, amount, AUTHORITY_FIELDS.upTo.label)}
          />
          <div className={agreed.wide}>
            <ThingText edits={edits} thing={open} field="condition" described={AUTHORITY_FIELDS.condition} />
          </div>
        </ThingDialog>
      )}
    </section>
  );
}
