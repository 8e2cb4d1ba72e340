import { useId, type FormEvent, type ReactNode } from "react";
import { LIMITS } from "~/domain/limits";
import type { WorkshopShown } from "~/domain/workshop/view/live";
import type { PlanView } from "~/domain/workshop/view/view-types";
import { LetterChip } from "../../marks/letter-chip";
import { PartyMark } from "../../marks/party-mark";
import { Button } from "../../primitives/button";
import { Field, TextArea } from "../../primitives/form/field";
import { Check, CircleAlert, Icon, Lock, WifiOff } from "../../primitives/icon";
import { Notice } from "../../primitives/notice";
import { choiceOf, type Picked } from "./kept-drafts";
import styles from "./phone.module.css";
import { partiesInOrder, sidesOf } from "../sides";
import { hostedSide, type Side } from "./sides";
import type { OwnAnswer } from "./use-proposals";

type ProposeFormProps = { shown: WorkshopShown; item: PlanView; answer: OwnAnswer };

/** The answer that somebody makes for themselves, or as host for their party, and seals. */
export function ProposeForm({ shown, item, answer }: ProposeFormProps) {
  const { picked, draft, sealed, change } = answer;
  const note = useId();
  const hosted = hostedSide(shown);
  const kind = item.subject.kind;
  const ready = choiceOf(picked, kind) !== null && !picked.notSure;
  const sending = draft?.phase === "sending";
  const set = (part: Partial<Picked>) => change({ ...picked, notSure: false, ...part });

  function submit(event: FormEvent) {
    event.preventDefault();
    if (ready) void answer.seal(picked);
  }

  return (
    <form className={styles.proposing} onSubmit={submit} aria-label="Your answer" data-proposing={item.itemId}>
      {kind === "duty" ? (
        <SplitFields shown={shown} picked={picked} set={set} />
      ) : (
        <PathFields picked={picked} set={set} />
      )}
      <Field
        label="A reason for the room (optional)"
        hint={
          picked.reason.length > LIMITS.proposalReason * 0.75
            ? `${LIMITS.proposalReason - picked.reason.length} characters left`
            : undefined
        }
        className={styles.reason}
      >
        <TextArea
          rows={2}
          maxLength={LIMITS.proposalReason}
          value={picked.reason}
          onChange={({ target }) => change({ ...picked, reason: target.value })}
        />
      </Field>
      {hosted && (
        <label className={styles.forParty}>
          <input
            type="checkbox"
            checked={picked.forParty}
            onChange={({ target }) => change({ ...picked, forParty: target.checked })}
          />
          <span>
            Seal it for <bdi>{hosted.name}</bdi>
            <span className={styles.under}>
              You speak for your party: this is its answer then, and nobody else of it is waited for.
            </span>
          </span>
        </label>
      )}
      <Bar answer={answer}>
        <div className={styles.sealNote}>
          <Icon of={Lock} size={14} />
          <p id={note}>
            {sealed
              ? "Your sealed answer holds until you seal this one."
              : ready
                ? "Sealed until it is revealed. You can still change it."
                : kind === "duty"
                  ? "Pick who answers and who does it, or seal that you aren’t sure."
                  : "Pick one, or seal that you aren’t sure."}
          </p>
          {sealed && (
            <Button variant="ghost" size="sm" onClick={answer.forget}>
              Keep it
            </Button>
          )}
        </div>
        <div className={styles.actions}>
          <Button
            size="lg"
            loading={sending && picked.notSure}
            onClick={() => void answer.seal({ ...picked, notSure: true })}
          >
            Not sure
          </Button>
          <Button
            type="submit"
            aria-describedby={note}
            variant="primary"
            size="lg"
            className={styles.grow}
            disabled={!ready && !sending}
            loading={sending && !picked.notSure}
          >
            {picked.forParty && hosted ? (
              <span className={styles.cut}>
                Seal for <bdi>{hosted.name}</bdi>
              </span>
            ) : (
              "Seal my answer"
            )}
          </Button>
        </div>
      </Bar>
    </form>
  );
}

/** The bar below with what is to be done, and above it what went wrong. */
function Bar({ answer: { draft }, children }: { answer: OwnAnswer; children: ReactNode }) {
  return (
    <div className={styles.bar}>
      <div role="status">
        {draft?.phase === "unsent" && (
          <Notice icon={WifiOff}>
            The server can’t be reached. {draft.picked.notSure ? "That you aren’t sure" : "Your answer"} is kept on this
            device, and is sealed once the connection is back.
          </Notice>
        )}
        {draft?.refused && (
          <Notice icon={CircleAlert} tone="alert">
            {draft.refused}
          </Notice>
        )}
      </div>
      {children}
    </div>
  );
}

/** Names up to this length stand side by side. */
const SIDE_BY_SIDE = 28;

type FieldsProps = { picked: Picked; set: (part: Partial<Picked>) => void };

function SplitFields({ shown, picked, set }: FieldsProps & { shown: WorkshopShown }) {
  const parties = partiesInOrder(shown.room?.parties ?? []);
  const long = parties.some(({ name }) => name.length > SIDE_BY_SIDE) || undefined;
  return (
    <>
      <fieldset className={styles.pick}>
        <legend>
          <LetterChip letters={["A"]} kind="neutral" /> Who answers for it? <span>Pick one</span>
        </legend>
        <div className={styles.options} data-long={long}>
          {sidesOf(shown.room?.parties ?? []).map((side) => (
            <Option
              key={side.partyId}
              type="radio"
              name="answers"
              side={side}
              checked={picked.answers === side.partyId}
              onChange={() => set({ answers: side.partyId })}
            />
          ))}
        </div>
      </fieldset>
      <fieldset className={styles.pick}>
        <legend>
          <LetterChip letters={["R"]} kind="neutral" /> Who does the work? <span>One or more</span>
        </legend>
        <div className={styles.options} data-long={long}>
          {parties.map((side) => (
            <Option
              key={side.partyId}
              type="checkbox"
              name="does"
              side={side}
              checked={picked.does.includes(side.partyId)}
              onChange={(checked) =>
                set({
                  does: parties
                    .map(({ partyId }) => partyId)
                    .filter((id) => (id === side.partyId ? checked : picked.does.includes(id))),
                })
              }
            />
          ))}
        </div>
      </fieldset>
    </>
  );
}

type OptionProps = {
  type: "radio" | "checkbox";
  name: string;
  side: Side;
  checked: boolean;
  onChange: (checked: boolean) => void;
};

function Option({ type, name, side: { kind, name: label }, checked, onChange }: OptionProps) {
  const group = useId();
  return (
    <label className={styles.option} data-kind={kind}>
      <input
        type={type}
        name={type === "radio" ? name : `${name}${group}`}
        className="vh"
        checked={checked}
        onChange={({ target }) => onChange(target.checked)}
      />
      <PartyMark kind={kind} />
      <bdi className={styles.name}>{label}</bdi>
      {checked && <Icon of={Check} />}
    </label>
  );
}

const PATH_CHOICES = [
  ["stands", "It stands as written"],
  ["change", "It has to change"],
] as const;

function PathFields({ picked, set }: FieldsProps) {
  return (
    <fieldset className={styles.pick}>
      <legend>
        What about this path? <span>Pick one</span>
      </legend>
      <div className={styles.options}>
        {PATH_CHOICES.map(([path, words]) => (
          <label key={path} className={styles.option}>
            <input
              type="radio"
              name="path"
              className="vh"
              checked={picked.path === path}
              onChange={() => set({ path })}
            />
            <span className={styles.name}>{words}</span>
            {picked.path === path && <Icon of={Check} />}
          </label>
        ))}
      </div>
    </fieldset>
  );
}
