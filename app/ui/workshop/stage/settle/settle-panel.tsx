import type { KeyboardEvent, Ref } from "react";
import { LIMITS } from "~/domain/limits";
import { paths } from "~/paths";
import { sameChoice } from "~/domain/workshop/outcome";
import type { CurrentView, PartyView } from "~/domain/workshop/view/view-types";
import { PartyMark } from "../../../marks/party-mark";
import { classNames } from "../../../primitives/class-names";
import { Field, TextArea } from "../../../primitives/form/field";
import { Segmented } from "../../../primitives/form/segmented";
import { CirclePause, EqualNot, Icon } from "../../../primitives/icon";
import { Kbd } from "../../../primitives/kbd";
import { pressOf } from "../../../primitives/keys";
import { Link } from "../../../primitives/router";
import { ChoiceMarks } from "../../reveal/choice-marks";
import styles from "./settle.module.css";
import { sidesOf } from "../../sides";
import { isSharedBySides, type SettleOption, type Settling } from "./settle-options";
import type { SettleDraft } from "./use-settle-draft";

type SettlePanelProps = {
  current: CurrentView;
  parties: readonly PartyView[];
  matrixId: string | null;
  options: readonly SettleOption[];
  draft: SettleDraft;
  noteRef: Ref<HTMLTextAreaElement>;
  onChoose: (number: number) => void;
  onDraft: (draft: SettleDraft) => void;
  onRecord: () => void;
  onPark: () => void;
  onDispute: () => void;
};

/** What an item is settled by: one of the proposals, another split with its boundary note, parked, or disputed. */
export function SettlePanel(props: SettlePanelProps) {
  const { current, parties, matrixId, options, draft, onChoose, onPark, onDispute } = props;
  const isDuty = current.subject.kind === "duty";
  return (
    <section className={styles.settle} aria-labelledby="settle-it">
      <h2 id="settle-it">Settle it</h2>
      <div className={styles.options}>
        {options.map((one, index) => {
          const chosen = draft.chosen !== null && !draft.custom && sameChoice(draft.chosen, one.choice);
          return (
            <button
              key={JSON.stringify(one.choice)}
              type="button"
              aria-pressed={chosen}
              className={classNames(styles.option, chosen && styles.chosen)}
              onClick={() => onChoose(index + 1)}
            >
              <Kbd>{index + 1}</Kbd>
              <span className={styles.label}>
                <ChoiceMarks parties={parties} choice={one.choice} />
                <Where option={one} />
              </span>
            </button>
          );
        })}
        {isDuty && (
          <button
            type="button"
            aria-pressed={draft.custom}
            className={classNames(styles.option, draft.custom && styles.chosen)}
            onClick={() => onChoose(options.length + 1)}
          >
            <Kbd>{options.length + 1}</Kbd>Another split
          </button>
        )}
        <button type="button" className={classNames(styles.option, styles.quiet)} onClick={onPark}>
          <Icon of={CirclePause} />
          Park <Kbd>P</Kbd>
        </button>
        <button type="button" className={classNames(styles.option, styles.quiet)} onClick={onDispute}>
          <Icon of={EqualNot} />
          Dispute <Kbd>D</Kbd>
        </button>
      </div>
      {!isDuty && (
        <p className={styles.hint}>
          Where it has to change,{" "}
          {matrixId === null ? (
            "change it"
          ) : (
            <Link to={paths.escalation(matrixId, { path: current.subject.id })}>change it on its page</Link>
          )}{" "}
          first, then settle that it stands; or park it.
        </p>
      )}
      {draft.custom && <AnotherSplit {...props} />}
      {isDuty && draft.chosen !== null && <Boundary {...props} />}
    </section>
  );
}

/** Whose proposal an option is stands beside it in the pictures; to the ear it is said. */
function Where({ option: { from, onBoard } }: { option: SettleOption }) {
  return (
    <>
      {from.length > 0 && <span className="vh">, as {from.join(" and ")} said</span>}
      {onBoard && <span className={styles.from}> as on the board</span>}
    </>
  );
}

const splitOf = ({ chosen }: SettleDraft, parties: readonly PartyView[]): Extract<Settling, { kind: "split" }> =>
  chosen?.kind === "split" ? chosen : { kind: "split", does: [], answers: sidesOf(parties)[0]?.partyId ?? "" };

function AnotherSplit({ parties, draft, onDraft }: SettlePanelProps) {
  const split = splitOf(draft, parties);
  const set = (next: Partial<typeof split>) => onDraft({ ...draft, chosen: { ...split, ...next } });
  return (
    <div className={styles.another}>
      <div>
        <p className={styles.caption}>Who answers?</p>
        <Segmented
          label="Who answers"
          options={sidesOf(parties).map(({ partyId, kind, name }) => ({
            value: partyId,
            label: name,
            icon: <PartyMark kind={kind} />,
          }))}
          value={split.answers}
          onChange={(answers) => set({ answers })}
          stretch
        />
      </div>
      <fieldset>
        <legend className={styles.caption}>Who does it? One or more.</legend>
        <div className={styles.doers}>
          {parties.map(({ partyId, kind, name }) => (
            <label key={partyId}>
              <input
                type="checkbox"
                checked={split.does.includes(partyId)}
                onChange={({ currentTarget: { checked } }) =>
                  set({ does: checked ? [...split.does, partyId] : split.does.filter((id) => id !== partyId) })
                }
              />
              <PartyMark kind={kind} />
              {name}
            </label>
          ))}
        </div>
      </fieldset>
    </div>
  );
}

function Boundary({ parties, draft, noteRef, onDraft, onRecord }: SettlePanelProps) {
  const shared = draft.chosen !== null && isSharedBySides(draft.chosen, parties);
  function record(event: KeyboardEvent) {
    const { key, shift } = pressOf(event);
    if (key === "Enter" && !shift) {
      event.preventDefault();
      onRecord();
    } else if (key === "Escape" && event.currentTarget instanceof HTMLElement) event.currentTarget.blur();
  }
  return (
    <Field
      label={shared ? "Boundary: which part is whose, and where is the handover?" : "Boundary note (optional)"}
      className={styles.boundary}
    >
      <TextArea
        ref={noteRef}
        rows={1}
        maxLength={LIMITS.boundary}
        value={draft.boundary}
        onChange={(event) => onDraft({ ...draft, boundary: event.target.value })}
        onKeyDown={record}
        className={styles.note}
      />
    </Field>
  );
}
