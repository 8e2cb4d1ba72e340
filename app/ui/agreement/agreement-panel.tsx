import { useState, type FormEvent, type ReactNode } from "react";
import type { Party } from "~/domain/matrix/shapes";
import { indexOf } from "~/domain/matrix/owner";
import { useMay, useOwnParty } from "../draft/own-side";
import styles from "../duty/drawer.module.css";
import type { MatrixEditor } from "../editor/editor-types";
import { PartyMark } from "../marks/party-mark";
import { AGREEMENT_FACES } from "../matrix/duty-marks";
import { Button } from "../primitives/button";
import { classNames } from "../primitives/class-names";
import { Field, TextArea } from "../primitives/form/field";
import { Check, EqualNot, Icon } from "../primitives/icon";
import { RulingNote } from "./ruling-note";
import { isDisputedBySide, markOf, type Subject } from "./subject";

type PanelProps = {
  subject: Subject;
  editor: MatrixEditor;
  /** Whether both sides signed the present terms, which agrees to them as long as neither says otherwise. */
  signed?: boolean;
  /** What stands between the marks and the actions. */
  note?: ReactNode;
  /** What else is said beside a party's mark. */
  remarks?: (party: Party) => ReactNode;
};

/** Whether each side agrees to a thing, with the actions of the reader's own side. */
export function AgreementPanel({ subject, editor, signed = false, note, remarks }: PanelProps) {
  const { client, provider } = indexOf(editor.matrix);
  const acting = useOwnParty();
  const mayMark = useMay("mark") && acting !== null;
  const [disputing, setDisputing] = useState(false);
  const own = acting && markOf(subject, acting.id);
  const who = acting?.name ?? "";
  const mark = (state: "agreed" | "disputed" | "open", position: string, announcement: string) =>
    acting ? editor.run([subject.mark(acting.id, state, position)], announcement) : null;

  return (
    <section className={styles.panel} aria-label="Agreement">
      {[client, provider].map((party) =>
        party ? (
          <PartyMarkRow key={party.id} subject={subject} party={party} signed={signed}>
            {remarks?.(party)}
          </PartyMarkRow>
        ) : null,
      )}
      {note}
      <RulingNote subject={subject} editor={editor} disputed={isDisputedBySide(editor.matrix, subject)} />
      {disputing ? (
        <DisputeForm
          who={who}
          before={own?.state === "disputed" ? own.position : ""}
          onSave={(position) => {
            const result = mark("disputed", position, `${who} disputes ${subject.name}`);
            if (result?.ok) setDisputing(false);
            return result && !result.ok ? result.rejection.message : null;
          }}
          onCancel={() => setDisputing(false)}
        />
      ) : mayMark ? (
        <div className={styles.acts}>
          <Button size="sm" icon={<Icon of={EqualNot} size={14} />} onClick={() => setDisputing(true)}>
            {own?.state === "disputed" ? "Reword" : "Dispute"}
          </Button>
          {own && (
            <Button
              size="sm"
              variant="ghost"
              onClick={() => mark("open", "", `${who} took back its mark on ${subject.name}`)}
            >
              Take back
            </Button>
          )}
          <span className={styles.grow} />
          {own?.state !== "agreed" && !(signed && own === null) && (
            <Button
              size="sm"
              variant="primary"
              icon={<Icon of={Check} size={14} />}
              onClick={() => mark("agreed", "", `${who} agreed to ${subject.name}`)}
              title={`Agree for ${who}`}
            >
              Agree
            </Button>
          )}
        </div>
      ) : null}
    </section>
  );
}

function PartyMarkRow({
  subject,
  party,
  signed,
  children,
}: {
  subject: Subject;
  party: Party;
  signed: boolean;
  children?: ReactNode;
}) {
  const mark = markOf(subject, party.id);
  const state = mark?.state ?? (signed ? "agreed" : "proposed");
  const face = AGREEMENT_FACES[state];
  return (
    <div className={styles.party}>
      <PartyMark kind={party.kind} />
      <b>
        <bdi>{party.name}</bdi>
      </b>
      <span
        className={classNames(
          styles.state,
          state === "agreed" && styles.agreed,
          state === "disputed" && styles.disputed,
        )}
      >
        <Icon of={face.icon} size={14} />
        {state === "proposed" ? "Open" : face.label}
      </span>
      {mark?.state === "disputed" && <p dir="auto">“{mark.position}”</p>}
      {children}
    </div>
  );
}

function DisputeForm({
  who,
  before,
  onSave,
  onCancel,
}: {
  who: string;
  before: string;
  onSave: (position: string) => string | null;
  onCancel: () => void;
}) {
  const [position, setPosition] = useState(before);
  const [error, setError] = useState<string | null>(null);

  function save(event: FormEvent) {
    event.preventDefault();
    setError(onSave(position));
  }

  return (
    <form className={styles.note} onSubmit={save}>
      <div className={styles.block}>
        <Field label={`How ${who} sees it`} error={error}>
          <TextArea value={position} onChange={(event) => setPosition(event.target.value)} autoFocus />
        </Field>
        <div className={styles.two}>
          <Button type="submit" size="sm" variant="primary">
            Dispute
          </Button>
          <Button size="sm" onClick={onCancel}>
            Cancel
          </Button>
        </div>
      </div>
    </form>
  );
}
