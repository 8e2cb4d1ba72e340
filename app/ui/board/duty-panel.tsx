import { useEffect, useRef, useState, type ComponentProps, type KeyboardEvent } from "react";
import type { MatrixCommand } from "~/domain/commands";
import { describeLetters } from "~/domain/describe-change";
import { cellText, lettersOf } from "~/domain/letters";
import type { Duty, Letter, Matrix } from "~/domain/matrix";
import { indexOf, isShared } from "~/domain/owner";
import type { MatrixEditor } from "../editor/editor-types";
import { PartyMark } from "../marks/party-mark";
import { Button } from "../primitives/button";
import { Dialog } from "../primitives/dialog";
import { Field, Select, TextArea, TextInput } from "../primitives/field";
import { Icon, Trash2 } from "../primitives/icon";
import styles from "./dialogs.module.css";
import { DomainOptions } from "./domain-options";

type PanelProps = { matrix: Matrix; dutyId: string; editor: MatrixEditor | null; onClose: () => void };
type DutyText = "text" | "description" | "doneWhen" | "cadence" | "boundary" | "workshopQuestion";

/** A duty with everything it says, at an address of its own. Each field is stored as it is left. */
export function DutyPanel({ matrix, dutyId, editor, onClose }: PanelProps) {
  const duty = matrix.duties.find(({ id }) => id === dutyId);
  if (!duty) {
    return (
      <Dialog open onClose={onClose} size="sm" title="This duty isn't here">
        <p>It was deleted, or the link belongs to another matrix. Undo brings a duty back that was deleted in this window.</p>
      </Dialog>
    );
  }
  const domain = matrix.domains.find(({ id }) => id === duty.domainId);
  return (
    <Dialog open onClose={onClose} size="lg" title={<bdi>{`${duty.code} · ${domain?.name ?? ""}`}</bdi>}>
      {editor ? <DutyForm key={duty.id} duty={duty} editor={editor} onClose={onClose} /> : <DutyFacts matrix={matrix} duty={duty} />}
    </Dialog>
  );
}

function DutyFacts({ matrix, duty }: { matrix: Matrix; duty: Duty }) {
  const facts: [string, string][] = [
    ["Duty", duty.text],
    ["Who", describeLetters(matrix, duty)],
    ["Boundary note", duty.boundary],
    ["Description", duty.description],
    ["Done when", duty.doneWhen],
    ["Cadence", duty.cadence],
    ["Cover", duty.cover === "24x7" ? "24x7" : "Office hours"],
    ["Reserved", duty.reserved ? "Yes: the client answers for it" : "No"],
  ];
  return (
    <dl className={styles.facts}>
      {facts.map(([label, value]) =>
        value ? (
          <div key={label}>
            <dt>{label}</dt>
            <dd dir="auto">{value}</dd>
          </div>
        ) : null,
      )}
    </dl>
  );
}

function DutyForm({ duty, editor, onClose }: { duty: Duty; editor: MatrixEditor; onClose: () => void }) {
  const { matrix, run } = editor;
  const edit = (set: Extract<MatrixCommand, { type: "duty.edit" }>["set"], said: string) => run([{ type: "duty.edit", dutyId: duty.id, set }], said);
  const text = (field: DutyText, said: string) => ({ value: duty[field], save: (value: string) => edit({ [field]: value }, said) });

  function remove() {
    run([{ type: "duty.delete", dutyId: duty.id }], `${duty.code} deleted`);
    onClose();
  }

  return (
    <div className={styles.form}>
      <TextField label="Duty" {...text("text", "Duty renamed")} />
      <TextField label="Description" lines {...text("description", "Description saved")} />
      <LettersBlock duty={duty} editor={editor} />
      <TextField
        label="Boundary note"
        hint={isShared(matrix, duty) ? "Several parties do this: say which part is whose, and where the handover is." : "For a shared duty: which part is whose, and where the handover is."}
        lines
        {...text("boundary", "Boundary note saved")}
      />
      <div className={styles.two}>
        <TextField label="Done when" {...text("doneWhen", "“Done when” saved")} />
        <TextField label="Cadence" {...text("cadence", "Cadence saved")} />
      </div>
      <div className={styles.two}>
        <Field label="Domain">
          <Select value={duty.domainId} onChange={(event) => run([{ type: "duty.move", dutyId: duty.id, domainId: event.target.value, beforeId: null }], "Moved to another domain")}>
            <DomainOptions domains={matrix.domains} />
          </Select>
        </Field>
        <Field label="Cover">
          <Select value={duty.cover} onChange={(event) => edit({ cover: event.target.value === "24x7" ? "24x7" : "office-hours" }, "Cover saved")}>
            <option value="office-hours">Office hours</option>
            <option value="24x7">24x7</option>
          </Select>
        </Field>
      </div>
      <label className={styles.check}>
        <input type="checkbox" checked={duty.reserved} onChange={(event) => edit({ reserved: event.target.checked }, event.target.checked ? "Reserved to the client" : "No longer reserved")} />
        Reserved: direction, priorities, budget or risk. The client keeps answering, whoever does it.
      </label>
      <SuggestionsBlock duty={duty} editor={editor} />
      <div className={styles.actions}>
        <Button icon={<Icon of={Trash2} size={14} />} onClick={remove}>
          Delete duty
        </Button>
      </div>
    </div>
  );
}

const CELLS: readonly (readonly Letter[])[] = [[], ["A", "R"], ["A"], ["R"], ["C"], ["I"]];
const CELL_WORDS: Record<string, string> = { "": "–", "A/R": "Answers and does", A: "Answers", R: "Does", C: "Is asked", I: "Is told" };

function LettersBlock({ duty, editor }: { duty: Duty; editor: MatrixEditor }) {
  const { party } = indexOf(editor.matrix);
  return (
    <section className={styles.block} aria-label="Who">
      <h3>Who</h3>
      <div className={styles.roles}>
        {editor.matrix.roles.map((role) => {
          const owner = party.get(role.partyId);
          const cell = cellText(lettersOf(duty, role.id));
          const choices = CELLS.filter((letters) => owner?.kind !== "third-party" || !letters.includes("A") || cellText(letters) === cell);
          const known = choices.some((letters) => cellText(letters) === cell);
          return (
            <div key={role.id} className={styles.role}>
              <label htmlFor={`cell-${role.id}`} title={owner?.name}>
                <PartyMark kind={owner?.kind ?? "none"} />
                <bdi>{role.name}</bdi>
              </label>
              <Select
                id={`cell-${role.id}`}
                value={cell}
                onChange={(event) => {
                  const letters = CELLS.find((choice) => cellText(choice) === event.target.value) ?? [];
                  editor.run([{ type: "duty.letters", dutyId: duty.id, roleId: role.id, letters: [...letters] }], `${role.name}: ${CELL_WORDS[cellText(letters)] ?? ""}`);
                }}
              >
                {!known && <option value={cell}>{cell}</option>}
                {choices.map((letters) => (
                  <option key={cellText(letters)} value={cellText(letters)}>
                    {CELL_WORDS[cellText(letters)]}
                  </option>
                ))}
              </Select>
            </div>
          );
        })}
      </div>
    </section>
  );
}

function SuggestionsBlock({ duty, editor }: { duty: Duty; editor: MatrixEditor }) {
  const { rolesOf } = indexOf(editor.matrix);
  return (
    <section className={styles.block} aria-label="When a party takes it over">
      <h3>When a party takes it over</h3>
      <p className={styles.hint}>Which of its roles would do it and answer for it. Used when the duty is moved; not part of what is signed.</p>
      {editor.matrix.parties.map((party) => {
        const roles = rolesOf.get(party.id) ?? [];
        const now = duty.suggestions[party.id] ?? { does: null, answers: null };
        const choose = (part: "does" | "answers") => (
          <Field label={part === "does" ? `${party.name}: would do it` : `${party.name}: would answer`}>
            <Select value={now[part] ?? ""} onChange={(event) => editor.run([{ type: "duty.suggest", dutyId: duty.id, partyId: party.id, suggestion: { ...now, [part]: event.target.value || null } }], "Suggestion saved")}>
              <option value="">Its lead</option>
              {roles.map(({ id, name }) => (
                <option key={id} value={id}>
                  {name}
                </option>
              ))}
            </Select>
          </Field>
        );
        return (
          <div key={party.id} className={styles.two}>
            {choose("does")}
            {party.kind !== "third-party" && choose("answers")}
          </div>
        );
      })}
    </section>
  );
}

type TextFieldProps = { label: string; hint?: string; lines?: boolean; value: string; save: (value: string) => ReturnType<MatrixEditor["run"]> };

/** A text that is stored when it is left or Enter is pressed; Escape puts back what was stored. */
function TextField({ label, hint, lines = false, value, save }: TextFieldProps) {
  const [draft, setDraft] = useState(value);
  const [error, setError] = useState<string | null>(null);
  const touched = useRef(false);

  useEffect(() => {
    if (!touched.current) setDraft(value);
  }, [value]);

  function commit() {
    if (!touched.current) return;
    const result = draft === value ? { ok: true as const } : save(draft);
    setError(result.ok ? null : result.rejection.message);
    if (result.ok) touched.current = false;
  }

  function press(event: KeyboardEvent) {
    if (event.key === "Enter" && (!lines || event.ctrlKey || event.metaKey)) commit();
    if (event.key !== "Escape" || !touched.current) return;
    event.preventDefault();
    event.stopPropagation();
    touched.current = false;
    setDraft(value);
    setError(null);
  }

  const control: ComponentProps<typeof TextInput> & ComponentProps<typeof TextArea> = {
    value: draft,
    onBlur: commit,
    onKeyDown: press,
    onChange: (event: { target: { value: string } }) => {
      touched.current = true;
      setDraft(event.target.value);
    },
  };
  return (
    <Field label={label} hint={hint} error={error}>
      {lines ? <TextArea {...control} rows={2} /> : <TextInput {...control} />}
    </Field>
  );
}
