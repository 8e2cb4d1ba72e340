import { useState } from "react";
import type { Party, Role } from "~/domain/matrix/shapes";
import { indexOf } from "~/domain/matrix/owner";
import type { MatrixEditor } from "../editor/editor-types";
import { PartyMark } from "../marks/party-mark";
import { Button } from "../primitives/button";
import { Field, Select } from "../primitives/form/field";
import { Icon, Trash2 } from "../primitives/icon";
import { AddThing } from "../agreed/add-thing";
import { dutyCount } from "./duty-count";
import { LegalDetails } from "./legal-details";
import { NameInput } from "./name-input";
import styles from "./parties-page.module.css";
import { RoleRow } from "./role-row";

const KIND_WORDS: Record<Party["kind"], string> = {
  client: "Client",
  provider: "Provider",
  "third-party": "Third party",
};

type PartyPanelProps = { editor: MatrixEditor; party: Party; roles: Role[]; letters: Map<string, number> };

/** One party: its name, its roles, and for a third party who engages it. */
export function PartyPanel({ editor, party, roles, letters }: PartyPanelProps) {
  return (
    <section className={styles.panel} aria-label={`${KIND_WORDS[party.kind]}: ${party.name}`}>
      <header className={styles.partyHead}>
        <PartyMark kind={party.kind} />
        <NameInput
          strong
          label={party.kind === "third-party" ? `Name of the third party ${party.name}` : `Name of the ${party.kind}`}
          value={party.name}
          save={(name, was) =>
            editor.run(
              [{ type: "party.rename", partyId: party.id, name, was }],
              `Renamed ${party.name} to ${name.trim()}`,
            )
          }
        />
        <span className={styles.kind}>{KIND_WORDS[party.kind]}</span>
        {party.kind === "third-party" && (
          <DeleteParty
            editor={editor}
            party={party}
            held={roles.reduce((sum, { id }) => sum + (letters.get(id) ?? 0), 0)}
          />
        )}
      </header>
      <LegalDetails editor={editor} party={party} />
      {party.kind === "third-party" && <EngagedBy editor={editor} party={party} />}
      <ul className={styles.rows} aria-label={`Roles of ${party.name}`}>
        {roles.map((role) => (
          <RoleRow
            key={role.id}
            editor={editor}
            party={party}
            role={role}
            held={letters.get(role.id) ?? 0}
            only={roles.length === 1}
          />
        ))}
      </ul>
      <AddThing
        label={`New role of ${party.name}`}
        placeholder="New role, such as Service desk"
        button="Add role"
        onAdd={(name) =>
          editor.run(
            [{ type: "role.add", roleId: crypto.randomUUID(), partyId: party.id, name }],
            `Added the role ${name.trim()}`,
          )
        }
      />
    </section>
  );
}

function EngagedBy({ editor, party }: { editor: MatrixEditor; party: Party }) {
  const { client, provider } = indexOf(editor.matrix);
  const sides = [client, provider].filter((side) => side !== null);
  return (
    <Field label="Engaged by" hint="Answers for the work this third party does." className={styles.engaged}>
      <Select
        value={party.engagedBy ?? ""}
        onChange={({ target }) => {
          const name = sides.find(({ id }) => id === target.value)?.name ?? "";
          editor.run(
            [{ type: "party.engage", partyId: party.id, engagedBy: target.value }],
            `${party.name} is engaged by ${name}`,
          );
        }}
      >
        {sides.map((side) => (
          <option key={side.id} value={side.id}>
            {side.name}
          </option>
        ))}
      </Select>
    </Field>
  );
}

function DeleteParty({ editor, party, held }: { editor: MatrixEditor; party: Party; held: number }) {
  const [asked, setAsked] = useState(false);
  const used = held > 0;
  return (
    <>
      <Button
        variant="ghost"
        icon={<Icon of={Trash2} />}
        aria-label={`Delete ${party.name}`}
        aria-disabled={used || undefined}
        aria-expanded={used ? asked : undefined}
        title={used ? "Its roles still hold letters" : `Delete ${party.name}`}
        onClick={() =>
          used ? setAsked(!asked) : editor.run([{ type: "party.delete", partyId: party.id }], `Deleted ${party.name}`)
        }
      />
      {used && asked && (
        <p className={styles.why} role="status">
          Its roles hold letters on {dutyCount(held)}. Give them to somebody else first.
        </p>
      )}
    </>
  );
}
