import { useState, type FormEvent } from "react";
import { dayWords } from "~/domain/day-words";
import { localDay } from "~/domain/days";
import { useOwnParty } from "../draft/own-side";
import styles from "../duty/drawer.module.css";
import type { MatrixEditor } from "../editor/editor-types";
import { Button } from "../primitives/button";
import { Field, FieldError, TextArea, TextInput } from "../primitives/form/field";
import { doesRulingCount, rulingCommands, type Subject } from "./subject";

type NoteProps = { subject: Subject; editor: MatrixEditor };

/** The ruling that settles a dispute. Without one, and while the sides differ, a button to write it. */
export function RulingNote({ subject, editor, disputed }: NoteProps & { disputed: boolean }) {
  const [writing, setWriting] = useState(false);
  const acting = useOwnParty();
  const { ruling, name } = subject;
  if (writing) return <RulingForm subject={subject} editor={editor} onClose={() => setWriting(false)} />;
  if (!ruling) {
    return disputed ? (
      <div className={styles.note}>
        <p>Both positions stay until a ruling settles it. {rulerWords(editor)}</p>
        <Button size="sm" onClick={() => setWriting(true)}>
          Write the ruling
        </Button>
      </div>
    ) : null;
  }
  const counts = doesRulingCount(editor.matrix, subject);
  const isCurrent = subject.isPresent(ruling.terms);
  const confirming = editor.matrix.parties.filter(({ id }) => ruling.confirmed.includes(id));
  const names = confirming.map(({ name }) => name).join(" and ");
  const mine = acting !== null && ruling.confirmed.includes(acting.id);
  const others = confirming.some(({ id }) => id !== acting?.id);
  return (
    <div className={styles.note}>
      <p>
        <b>Ruling</b> by <bdi>{ruling.by}</bdi>, {dayWords(ruling.on)}: <bdi translate="yes">{ruling.what}</bdi>
      </p>
      <p>
        Because: <bdi translate="yes">{ruling.why}</bdi>
      </p>
      <p>
        {!isCurrent
          ? `The ${subject.one} changed since, so the ruling no longer counts.`
          : counts
            ? "It counts."
            : names
              ? `Confirmed by ${names}; it counts once both confirm.`
              : "It counts once both sides confirm it."}
      </p>
      {acting && (
        <div className={styles.choices}>
          {isCurrent && !counts && !mine && (
            <Button
              size="sm"
              onClick={() => editor.run([subject.confirm(acting.id)], `${acting.name} confirmed the ruling on ${name}`)}
            >
              Confirm the ruling
            </Button>
          )}
          {!others ? (
            <Button
              size="sm"
              variant="ghost"
              onClick={() => editor.run([subject.rule(null)], `Ruling on ${name} taken back`)}
            >
              Take back
            </Button>
          ) : mine ? (
            <Button
              size="sm"
              variant="ghost"
              onClick={() =>
                editor.run(
                  [subject.unconfirm(acting.id)],
                  `${acting.name} took back its confirmation of the ruling on ${name}`,
                )
              }
            >
              Take back our confirmation
            </Button>
          ) : (
            <p>Only {names} takes this ruling back.</p>
          )}
        </div>
      )}
    </div>
  );
}

function rulerWords(editor: MatrixEditor): string {
  const { ruler } = editor.matrix.settings;
  return ruler
    ? `${ruler} rules; it counts once both sides confirm that this is what was ruled.`
    : "It counts once both sides confirm it.";
}

function RulingForm({ subject, editor, onClose }: NoteProps & { onClose: () => void }) {
  const [what, setWhat] = useState("");
  const [by, setBy] = useState(editor.matrix.settings.ruler);
  const [why, setWhy] = useState("");
  const [on, setOn] = useState(() => localDay(new Date()));
  const [error, setError] = useState<string | null>(null);
  const acting = useOwnParty();

  function save(event: FormEvent) {
    event.preventDefault();
    if (on === "") return setError("Choose the day of the ruling.");
    const { terms, name } = subject;
    const result = editor.run(
      rulingCommands(editor.matrix, subject, { what, by, on, why, terms }, acting?.id ?? null),
      `Ruling on ${name} written down`,
    );
    if (result.ok) onClose();
    else setError(result.rejection.message);
  }

  return (
    <form className={styles.note} onSubmit={save}>
      <div className={styles.block}>
        <Field label="What was ruled">
          <TextArea value={what} onChange={(event) => setWhat(event.target.value)} autoFocus />
        </Field>
        <Field label="Why">
          <TextArea value={why} onChange={(event) => setWhy(event.target.value)} />
        </Field>
        <div className={styles.two}>
          <Field label="By whom">
            <TextInput value={by} onChange={(event) => setBy(event.target.value)} />
          </Field>
          <Field label="On">
            <TextInput type="date" value={on} onChange={(event) => setOn(event.target.value)} />
          </Field>
        </div>
        {error && <FieldError>{error}</FieldError>}
        <div className={styles.two}>
          <Button type="submit" size="sm" variant="primary">
            Save the ruling
          </Button>
          <Button size="sm" onClick={onClose}>
            Cancel
          </Button>
        </div>
      </div>
    </form>
  );
}
