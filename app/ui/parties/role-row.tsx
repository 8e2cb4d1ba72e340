import { useState } from "react";
import type { Party, Role } from "~/domain/matrix/shapes";
import type { MatrixEditor } from "../editor/editor-types";
import { Holders } from "../people/lazy-holders";
import { usePeople } from "../people/people-context";
import { peopleBehind } from "../people/people-view";
import { Button } from "../primitives/button";
import { Dialog } from "../primitives/overlays/dialog";
import { Icon, Trash2 } from "../primitives/icon";
import { dutyCount } from "./duty-count";
import { NameInput } from "./name-input";
import styles from "./parties-page.module.css";

type RoleRowProps = { editor: MatrixEditor; party: Party; role: Role; held: number; only: boolean };

/**
 * One role: its name, whether it is the lead, the number of duties with its letters, and the button that removes it.
 */
export function RoleRow({ editor, party, role, held, only }: RoleRowProps) {
  const [asking, setAsking] = useState(false);
  const [holding, setHolding] = useState(false);
  const people = usePeople();
  const names = peopleBehind(people, role.id).map(({ name }) => name);

  function remove() {
    setAsking(false);
    editor.run([{ type: "role.delete", roleId: role.id }], `Deleted the role ${role.name}`);
  }

  return (
    <li className={styles.row}>
      <NameInput
        label={`Name of the role ${role.name}`}
        value={role.name}
        save={(name, was) =>
          editor.run([{ type: "role.rename", roleId: role.id, name, was }], `Renamed ${role.name} to ${name.trim()}`)
        }
      />
      <Button
        size="sm"
        variant="ghost"
        className={styles.holders}
        aria-label={`Holders of ${role.name}: ${names.join(", ") || "vacant"}`}
        title={names.join(", ") || "Nobody holds it"}
        onClick={() => setHolding(true)}
      >
        <bdi translate={names.length === 0 ? "yes" : "no"}>
          {names.length === 0 ? "vacant" : names.length === 1 ? names[0] : `${names[0] ?? ""} +${names.length - 1}`}
        </bdi>
      </Button>
      {holding && <Holders role={role} party={party} matrixId={editor.matrixId} onClose={() => setHolding(false)} />}
      <span className={styles.held}>{held === 0 ? "no letters" : dutyCount(held)}</span>
      {role.lead ? (
        <span className={styles.lead} title={`Stands in where a duty names no role of ${party.name}`}>
          Lead
        </span>
      ) : (
        <Button
          size="sm"
          variant="ghost"
          className={styles.makeLead}
          aria-label={`Make ${role.name} the lead of ${party.name}`}
          onClick={() =>
            editor.run([{ type: "role.lead", roleId: role.id }], `${role.name} is now the lead of ${party.name}`)
          }
        >
          Make lead
        </Button>
      )}
      <Button
        variant="ghost"
        icon={<Icon of={Trash2} />}
        aria-label={`Delete the role ${role.name}`}
        title={only ? "The only role of its party. Rename it instead." : `Delete ${role.name}`}
        disabled={only}
        onClick={() => (held > 0 ? setAsking(true) : remove())}
      />
      <Dialog
        open={asking}
        size="sm"
        title={`Delete ${role.name}?`}
        onClose={() => setAsking(false)}
        footer={
          <>
            <Button onClick={() => setAsking(false)}>Keep it</Button>
            <Button variant="primary" onClick={remove}>
              Delete the role
            </Button>
          </>
        }
      >
        <p>
          Its letters on {dutyCount(held)} go with it, and some of them may be left with nobody who does or answers.
          Undo brings the role and its letters back.
        </p>
      </Dialog>
    </li>
  );
}
