import { useState, type FormEvent } from "react";
import {
  validRuling,
  validMark,
  isEarlierHash,
  matchesTerms,
  isReopened,
  isRuler,
  termsHash,
} from "~/domain/agreement/agreement";
import type { MatrixCommand } from "~/domain/editing/commands";
import type { Matrix } from "~/domain/matrix/matrix";
import type { Duty, Party } from "~/domain/matrix/shapes";
import { indexOf } from "~/domain/matrix/owner";
import { dayWords } from "~/domain/day-words";
import { localDay } from "~/domain/days";
import { isSigned, type SignedTerms } from "~/domain/agreement/signed-terms";
import type { Reopening } from "~/services/matrix/activity.server";
import type { MatrixEditor } from "../editor/editor-types";
import { PartyMark } from "../marks/party-mark";
import { AGREEMENT_FACES } from "../matrix/duty-marks";
import { Button } from "../primitives/button";
import { classNames } from "../primitives/class-names";
import { Field, FieldError, TextArea, TextInput } from "../primitives/form/field";
import { Check, EqualNot, Icon } from "../primitives/icon";
import { useMay, useOwnParty } from "../draft/own-side";
import { useSigned } from "../versions/signed-context";
import styles from "./drawer.module.css";
import { ReopenedWords, useReopened } from "./reopened-words";

type BlockProps = { duty: Duty; editor: MatrixEditor };

/** Whether each side agrees on a duty, with the actions of the reader's own side. */
export function AgreementBlock({ duty, editor }: BlockProps) {
  const { client, provider } = indexOf(editor.matrix);
  const acting = useOwnParty();
  const mayMark = useMay("mark") && acting !== null;
  const [disputing, setDisputing] = useState(false);
  const reopened = useReopened(duty, editor);
  const signed = useSigned();
  const signedHere = isSigned(editor.matrix, duty, signed);
  const mine = acting && validMark(editor.matrix, duty, acting.id);
  const disputed = [client, provider].some(
    (party) => party && validMark(editor.matrix, duty, party.id)?.state === "disputed",
  );
  const mark = (state: "agreed" | "disputed" | "open", position: string, said: string) =>
    acting
      ? editor.run(
          [
            {
              type: "duty.mark",
              dutyId: duty.id,
              partyId: acting.id,
              state,
              position,
              terms: termsHash(editor.matrix, duty),
            },
          ],
          said,
        )
      : null;

  return (
    <section className={styles.panel} aria-label="Agreement">
      {[client, provider].map((party) =>
        party ? (
          <PartyMarkRow
            key={party.id}
            matrix={editor.matrix}
            duty={duty}
            party={party}
            signed={signed}
            reopening={reopened.find(({ partyId }) => partyId === party.id)}
          />
        ) : null,
      )}
      <RulingRow duty={duty} editor={editor} disputed={disputed} />
      {disputing ? (
        <DisputeForm
          who={acting?.name ?? ""}
          before={mine?.state === "disputed" ? mine.position : ""}
          onSave={(position) => {
            const result = mark("disputed", position, `${acting?.name ?? ""} disputes ${duty.code}`);
            if (result?.ok) setDisputing(false);
            return result && !result.ok ? result.rejection.message : null;
          }}
          onCancel={() => setDisputing(false)}
        />
      ) : mayMark ? (
        <div className={styles.acts}>
          <Button size="sm" icon={<Icon of={EqualNot} size={14} />} onClick={() => setDisputing(true)}>
            {mine?.state === "disputed" ? "Reword" : "Dispute"}
          </Button>
          {mine && (
            <Button
              size="sm"
              variant="ghost"
              onClick={() => mark("open", "", `${acting?.name ?? ""} took back its mark on ${duty.code}`)}
            >
              Take back
            </Button>
          )}
          <span className={styles.grow} />
          {mine?.state !== "agreed" && !(signedHere && mine === null) && (
            <Button
              size="sm"
              variant="primary"
              icon={<Icon of={Check} size={14} />}
              onClick={() => mark("agreed", "", `${acting?.name ?? ""} agreed to ${duty.code}`)}
              title={`Agree for ${acting?.name ?? ""}`}
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
  matrix,
  duty,
  party,
  signed,
  reopening,
}: {
  matrix: Matrix;
  duty: Duty;
  party: Party;
  signed: SignedTerms | null;
  reopening: Reopening | undefined;
}) {
  const held = validMark(matrix, duty, party.id);
  const signedHere = isSigned(matrix, duty, signed);
  const state = held?.state ?? (signedHere ? "agreed" : "proposed");
  const changed = signed !== null && !signedHere && signed.of(duty.id) !== null;
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
      {held?.state === "disputed" && <p dir="auto">“{held.position}”</p>}
      {held && isEarlierHash(held.terms) && (
        <p>
          Given for letters, boundary note and decisions. From the next change on, a mark is for everything that is
          signed.
        </p>
      )}
      {!held && signedHere && <p>Signed in version {signed?.number}.</p>}
      {!Object.hasOwn(duty.marks, party.id) && changed && <p>Signed in version {signed?.number}, and changed since.</p>}
      {!signedHere && isReopened(matrix, duty, party.id) && <ReopenedWords reopening={reopening} />}
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

/** The ruling that settles a dispute. Without one, and while the sides differ, a button to write it. */
function RulingRow({ duty, editor, disputed }: BlockProps & { disputed: boolean }) {
  const [writing, setWriting] = useState(false);
  const acting = useOwnParty();
  const { ruling } = duty;
  const terms = termsHash(editor.matrix, duty);
  if (writing) return <RulingForm duty={duty} editor={editor} onClose={() => setWriting(false)} />;
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
  const counts = validRuling(editor.matrix, duty) !== null;
  const isCurrent = matchesTerms(editor.matrix, duty, ruling.terms);
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
          ? "The duty changed since, so the ruling no longer counts."
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
              onClick={() =>
                editor.run(
                  [{ type: "duty.confirm", dutyId: duty.id, partyId: acting.id, terms }],
                  `${acting.name} confirmed the ruling on ${duty.code}`,
                )
              }
            >
              Confirm the ruling
            </Button>
          )}
          {!others ? (
            <Button
              size="sm"
              variant="ghost"
              onClick={() =>
                editor.run([{ type: "duty.rule", dutyId: duty.id, ruling: null }], `Ruling on ${duty.code} taken back`)
              }
            >
              Take back
            </Button>
          ) : mine ? (
            <Button
              size="sm"
              variant="ghost"
              onClick={() =>
                editor.run(
                  [{ type: "duty.unconfirm", dutyId: duty.id, partyId: acting.id }],
                  `${acting.name} took back its confirmation of the ruling on ${duty.code}`,
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

function RulingForm({ duty, editor, onClose }: BlockProps & { onClose: () => void }) {
  const [what, setWhat] = useState("");
  const [by, setBy] = useState(editor.matrix.settings.ruler);
  const [why, setWhy] = useState("");
  const [on, setOn] = useState(() => localDay(new Date()));
  const [error, setError] = useState<string | null>(null);
  const acting = useOwnParty();

  function save(event: FormEvent) {
    event.preventDefault();
    if (on === "") return setError("Choose the day of the ruling.");
    const terms = termsHash(editor.matrix, duty);
    const own: MatrixCommand[] =
      acting && isRuler(editor.matrix, by)
        ? [{ type: "duty.confirm", dutyId: duty.id, partyId: acting.id, terms }]
        : [];
    const result = editor.run(
      [{ type: "duty.rule", dutyId: duty.id, ruling: { what, by, on, why, terms } }, ...own],
      `Ruling on ${duty.code} written down`,
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
