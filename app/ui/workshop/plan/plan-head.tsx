import { useState, type MouseEvent } from "react";
import { LIMITS } from "~/domain/limits";
import { paths } from "~/paths";
import { Button, ButtonLink } from "../../primitives/button";
import { Field, TextInput } from "../../primitives/form/field";
import { Check, Icon, LoaderCircle, TriangleAlert, Undo2, WifiOff, type LucideIcon } from "../../primitives/icon";
import { Link, useNavigate } from "../../primitives/router";
import type { WorkshopOnScreen } from "../use-workshop";
import type { PlanSave } from "./plan-store";
import type { PlanEditing } from "./use-plan";
import { stageWords } from "../list/workshop-item";
import styles from "./plan.module.css";

type HeadProps = {
  workshop: WorkshopOnScreen;
  planning: PlanEditing;
  matrixId: string;
  readOnly: boolean;
  /** How many items are still to be talked about. */
  left: number;
};

/** What the workshop is called, how long it is, whether that is stored, and the way to the stage. */
export function PlanHead({ workshop: { shown }, planning, matrixId, readOnly, left }: HeadProps) {
  const { plan, save, canUndo, undo } = planning;
  const openedBefore = shown.plan.some(({ spentMs }) => spentMs > 0);
  return (
    <header className={styles.head}>
      <div className={styles.heading}>
        <p className={styles.quiet}>
          <Link to={paths.workshops(matrixId)}>Workshops</Link> · Workshop {shown.number} ·{" "}
          {stageWords(shown.stage, openedBefore)}
          {openedBefore && shown.stage !== "ended" && `, ${left} of ${plan.items.length} left`}
        </p>
        <h1>
          <bdi translate="yes">{plan.title}</bdi>
        </h1>
      </div>
      <div className={styles.headActs}>
        {!readOnly && (
          <>
            <Saved save={save} />
            <Button
              variant="ghost"
              icon={<Icon of={Undo2} />}
              aria-label="Undo the last change of the plan"
              title="Undo the last change of the plan (Ctrl Z)"
              disabled={!canUndo}
              onClick={undo}
            />
          </>
        )}
        {shown.stage === "ended" ? (
          <ButtonLink variant="primary" to={paths.workshopMinutes(shown.workshopId)}>
            Minutes
          </ButtonLink>
        ) : (
          <ToStage planning={planning} workshopId={shown.workshopId} />
        )}
      </div>
      {!readOnly && (
        <div className={styles.frame}>
          <Typed
            className={styles.titleField}
            label="Name"
            value={plan.title}
            maxLength={LIMITS.name}
            refused={save.kind === "refused" && save.field === "title" ? save.message : null}
            commit={(title) => planning.edit([{ type: "title", title }], "title")?.message ?? null}
          />
          <Typed
            className={styles.timeField}
            label="Minutes there are"
            inputMode="numeric"
            value={plan.minutes === null ? "" : String(plan.minutes)}
            refused={save.kind === "refused" && save.field === "minutes" ? save.message : null}
            commit={(text) => planning.edit([{ type: "time", minutes: minutesIn(text) }], "time")?.message ?? null}
          />
        </div>
      )}
    </header>
  );
}

/** The minutes that somebody typed: null where nothing is, and no number where it is none. */
function minutesIn(text: string): number | null {
  const typed = text.trim();
  return typed === "" ? null : /^\d+$/.test(typed) ? Number(typed) : 0;
}

type TypedProps = {
  label: string;
  value: string;
  className?: string;
  maxLength?: number;
  inputMode?: "numeric";
  /** What the server refused of it. */
  refused: string | null;
  /** Takes what is typed, or gives the sentence why it isn't taken. */
  commit: (text: string) => string | null;
};

/** A field that stores what is typed as it is typed. What isn't right stays in it, with the reason. */
function Typed({ label, value, className, refused, commit, ...rest }: TypedProps) {
  const [typed, setTyped] = useState<{ text: string; error: string | null } | null>(null);
  return (
    <Field label={label} error={typed?.error ?? refused} className={className}>
      <TextInput
        {...rest}
        value={typed?.text ?? value}
        onChange={({ target }) => setTyped({ text: target.value, error: commit(target.value) })}
        onBlur={() => setTyped((now) => (now?.error ? now : null))}
      />
    </Field>
  );
}

/** The way to the stage, once what was changed is stored. */
function ToStage({ planning, workshopId }: { planning: PlanEditing; workshopId: string }) {
  const navigate = useNavigate();
  const [going, setGoing] = useState(false);
  if (planning.plan.items.length === 0)
    return (
      <Button variant="primary" disabled title="Choose what it is about first.">
        Open the stage
      </Button>
    );
  async function go(event: MouseEvent<HTMLAnchorElement>) {
    if (planning.save.kind === "saved" || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    setGoing(true);
    const stored = await planning.flush();
    setGoing(false);
    if (stored) navigate(paths.projector(workshopId));
  }
  return (
    <ButtonLink variant="primary" to={paths.projector(workshopId)} aria-busy={going || undefined} onClick={go}>
      Open the stage
    </ButtonLink>
  );
}

const SAVES: Record<PlanSave["kind"], { icon: LucideIcon; word: string }> = {
  saved: { icon: Check, word: "Plan saved" },
  saving: { icon: LoaderCircle, word: "Saving the plan" },
  waiting: { icon: WifiOff, word: "Plan not saved yet" },
  refused: { icon: TriangleAlert, word: "A change was refused" },
};

function Saved({ save }: { save: PlanSave }) {
  const { icon, word } = SAVES[save.kind];
  return (
    <p className={styles.saved} data-kind={save.kind}>
      <Icon of={icon} size={14} />
      {word}
    </p>
  );
}
