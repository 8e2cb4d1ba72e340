import { useState } from "react";
import { holdersOf } from "~/domain/matrix/letters";
import type { Matrix } from "~/domain/matrix/matrix";
import type { Duty, Party, Role } from "~/domain/matrix/shapes";
import { indexOf } from "~/domain/matrix/owner";
import type { MatrixEditor } from "../../editor/editor-types";
import { Holders } from "../../people/lazy-holders";
import { Button } from "../../primitives/button";
import { Dialog } from "../../primitives/overlays/dialog";
import { ArrowLeft, ArrowRight, Icon, Pencil, Plus, Star, Trash2, Users } from "../../primitives/icon";
import { Menu, type MenuTriggerProps } from "../../primitives/overlays/menu";
import type { MenuItem } from "../../primitives/overlays/menu-item";
import { ChooseDialog, NameDialog } from "../structure-dialogs";
import styles from "../structure-dialogs.module.css";

type RoleMenuProps = {
  role: Role;
  party: Party;
  editor: MatrixEditor;
  refocus: () => void;
  trigger: (props: MenuTriggerProps) => JSX.Element;
};
type Open = "rename" | "holders" | "add" | "party" | "merge" | "delete" | null;

/** What can be done with a role from its column. */
export function RoleMenu({ role, party, editor, refocus, trigger }: RoleMenuProps) {
  const [open, setOpen] = useState<Open>(null);
  const { run, matrix } = editor;
  const siblings = indexOf(matrix).rolesOf.get(party.id) ?? [];
  const at = siblings.indexOf(role);
  const only = siblings.length < 2;
  const place = (beforeId: string | null, words: string) =>
    run([{ type: "role.place", roleId: role.id, partyId: party.id, beforeId }], `${role.name} moved ${words}`);
  const afterLast = matrix.roles[matrix.roles.findIndex(({ id }) => id === siblings.at(-1)?.id) + 1]?.id ?? null;
  const items: MenuItem[] = [
    { key: "rename", label: "Rename…", icon: <Icon of={Pencil} size={14} />, onSelect: () => setOpen("rename") },
    {
      key: "lead",
      label: role.lead ? "Lead of its party" : "Make it the lead",
      disabled: role.lead,
      icon: <Icon of={Star} size={14} />,
      onSelect: () => run([{ type: "role.lead", roleId: role.id }], `${role.name} leads ${party.name} now`),
    },
    {
      key: "add",
      label: `Add a role to ${party.name}…`,
      icon: <Icon of={Plus} size={14} />,
      onSelect: () => setOpen("add"),
    },
    { key: "holders", label: "Holders…", icon: <Icon of={Users} size={14} />, onSelect: () => setOpen("holders") },
    {
      key: "left",
      label: "Move left",
      separated: true,
      disabled: at <= 0,
      icon: <Icon of={ArrowLeft} size={14} />,
      onSelect: () => place(siblings[at - 1]?.id ?? null, "left"),
    },
    {
      key: "right",
      label: "Move right",
      disabled: at >= siblings.length - 1,
      icon: <Icon of={ArrowRight} size={14} />,
      onSelect: () => place(siblings[at + 2]?.id ?? afterLast, "right"),
    },
    { key: "party", label: "Move to another party…", disabled: only, onSelect: () => setOpen("party") },
    { key: "merge", label: "Merge into another role…", disabled: only, onSelect: () => setOpen("merge") },
    {
      key: "delete",
      label: "Delete…",
      separated: true,
      disabled: only,
      icon: <Icon of={Trash2} size={14} />,
      onSelect: () => setOpen("delete"),
    },
  ];
  const close = () => {
    setOpen(null);
    refocus();
  };
  const partyName = (id: string) => matrix.parties.find((other) => other.id === id)?.name ?? "";
  return (
    <>
      <Menu
        trigger={trigger}
        items={items}
        align="end"
        onOpenChange={(isOpen) =>
          !isOpen && requestAnimationFrame(() => document.querySelector("dialog[open]") === null && refocus())
        }
      />
      {open === "rename" && (
        <NameDialog
          title="Rename the role"
          label="Name"
          value={role.name}
          onSave={(name, was) => run([{ type: "role.rename", roleId: role.id, name, was }], "Role renamed")}
          onClose={close}
        />
      )}
      {open === "holders" && <Holders role={role} party={party} matrixId={editor.matrixId} onClose={close} />}
      {open === "add" && (
        <NameDialog
          title={`Add a role to ${party.name}`}
          label="Name"
          hint="A role, not a person: “Service desk”, “IT lead”."
          value=""
          onSave={(name) =>
            run([{ type: "role.add", roleId: crypto.randomUUID(), partyId: party.id, name }], "Role added")
          }
          onClose={close}
        />
      )}
      {open === "party" && (
        <ChooseDialog
          title={`Move ${role.name} to`}
          intro={<p>Its letters go with it, so the owner of duties it answers for changes too.</p>}
          none="There is no other party."
          choices={matrix.parties.filter(({ id }) => id !== party.id)}
          onChoose={(partyId) =>
            run(
              [{ type: "role.place", roleId: role.id, partyId, beforeId: null }],
              `${role.name} belongs to ${partyName(partyId)} now`,
            )
          }
          onClose={close}
        />
      )}
      {open === "merge" && (
        <ChooseDialog
          title={`Merge ${role.name} into`}
          intro={<p>The other role takes over its letters. Undo brings it back.</p>}
          none="There is no other role."
          choices={matrix.roles
            .filter(({ id }) => id !== role.id)
            .map(({ id, name, partyId }) => ({ id, name, note: partyName(partyId) }))}
          onChoose={(intoId) => run([{ type: "role.merge", roleId: role.id, intoId }], `${role.name} merged`)}
          onClose={close}
        />
      )}
      {open === "delete" && (
        <DeleteRole
          role={role}
          matrix={matrix}
          onDelete={() => run([{ type: "role.delete", roleId: role.id }], `${role.name} deleted`)}
          onClose={close}
        />
      )}
    </>
  );
}

/** The duties of which a role is the last holder of A or R. */
function lastHeld(matrix: Matrix, roleId: string): { duty: Duty; letter: "A" | "R" }[] {
  return matrix.duties.flatMap((duty) =>
    (["A", "R"] as const).flatMap((letter) => {
      const holders = holdersOf(duty, letter);
      return holders.length === 1 && holders[0] === roleId ? [{ duty, letter }] : [];
    }),
  );
}

function DeleteRole({
  role,
  matrix,
  onDelete,
  onClose,
}: {
  role: Role;
  matrix: Matrix;
  onDelete: () => void;
  onClose: () => void;
}) {
  const lost = lastHeld(matrix, role.id);
  return (
    <Dialog
      open
      size="sm"
      title={`Delete ${role.name}?`}
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>Keep it</Button>
          <Button
            variant="primary"
            onClick={() => {
              onDelete();
              onClose();
            }}
          >
            Delete the role
          </Button>
        </>
      }
    >
      {lost.length === 0 ? (
        <p>No duty loses its last A or R. Undo brings the role and its letters back.</p>
      ) : (
        <>
          <p>
            {lost.length === 1
              ? "One letter would be the last of its kind and go:"
              : `${lost.length} letters would be the last of their kind and go:`}
          </p>
          <ul className={styles.loss}>
            {lost.slice(0, 40).map(({ duty, letter }) => (
              <li key={`${duty.id}${letter}`}>
                <code>{duty.code}</code>
                <span>
                  <bdi translate="yes">{duty.text}</bdi>: nobody would {letter === "A" ? "answer" : "do it"}
                </span>
              </li>
            ))}
          </ul>
          {lost.length > 40 && <p>And {lost.length - 40} more.</p>}
        </>
      )}
    </Dialog>
  );
}
