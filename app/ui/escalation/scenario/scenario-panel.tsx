import { useEffect, useMemo, useRef, useState, type FormEvent, type ReactNode } from "react";
import type { EscalationPath } from "~/domain/matrix/escalation-shapes";
import { localDay } from "~/domain/days";
import { sameJson } from "~/domain/equal";
import type { ScenarioAnswer } from "~/domain/scenario/scenario-answer";
import { paths } from "~/paths";
import type { OfferedScenario } from "~/services/people/scenario-answers.server";
import type { MatrixEditor } from "../../editor/editor-types";
import { unsavedEdits } from "../../editor/save-state";
import { Button, ButtonLink } from "../../primitives/button";
import { FieldError } from "../../primitives/form/field";
import { Icon, Copy, ListChecks } from "../../primitives/icon";
import { Link } from "../../primitives/router";
import { ownMomentWords } from "../../primitives/time";
import type { Silent } from "../escalation-view";
import { AnswerShown } from "./answer-shown";
import { addressOf, askedInAddress, askedOf, draftOf, firstDraft, withChoice } from "./scenario-draft";
import { ScenarioFields } from "./scenario-fields";
import styles from "./scenario.module.css";
import { useScenarioAnswer, type AnswerState } from "./use-scenario-answer";

type PanelProps = {
  editor: MatrixEditor;
  /** The path that the page shows. */
  path: EscalationPath;
  offered: readonly OfferedScenario[];
  /** What the page's address asks. */
  address: Record<string, string>;
  /** Sets what the page's address asks. */
  ask: (address: Record<string, string>) => void;
  showPath: (pathId: string) => void;
  /** Hears for which roles of the answer's path nobody answers; null while there is no answer. */
  onSilent: (silent: Silent | null) => void;
};

/** Tries a scenario at a moment: who is called when, what each may decide, and where it breaks. What is asked is in the address. */
export function ScenarioPanel({ editor, path, offered, address, ask, showPath, onSilent }: PanelProps) {
  const { matrix, matrixId } = editor;
  const panel = useRoom();
  const today = useState(() => localDay(new Date()))[0];
  const read = askedInAddress(address);
  const [draft, setDraft] = useState(() =>
    read?.ok ? draftOf(read.value, matrix) : firstDraft({ matrix, offered, today }),
  );
  const [wrong, setWrong] = useState<string | null>(null);
  const [count, setCount] = useState(0);
  const asked = read === null ? null : read.ok ? read.value : { wrong: read.rejection.message };
  const shown = useScenarioAnswer(matrix, matrixId, asked, count);
  const unsaved = unsavedEdits(editor.save);
  const addressKey = JSON.stringify(address);
  const [followed, setFollowed] = useState(addressKey);
  if (followed !== addressKey) {
    // Back and forward change what is asked; the fields follow, unless they ask just that in other words.
    setFollowed(addressKey);
    const own = askedOf(draft, matrix, path);
    if (read?.ok && !(own.ok && sameJson(addressOf(own.value), address))) setDraft(draftOf(read.value, matrix));
  }
  const current = shown.state === "answered" ? shown.answered.answer : null;
  useEffect(() => onSilent(current && silentIn(current)), [current, onSilent]);

  function submit(event: FormEvent) {
    event.preventDefault();
    const checked = askedOf(draft, matrix, path);
    setWrong(checked.ok ? null : checked.rejection.message);
    if (!checked.ok) return;
    const next = addressOf(checked.value);
    if (sameJson(next, address)) setCount(count + 1);
    else ask(next);
  }

  return (
    <section ref={panel} className={styles.panel} aria-labelledby="try" data-print="hide">
      <header>
        <h2 id="try" tabIndex={-1}>
          Try a scenario
        </h2>
        <p className={styles.about}>See who is called, and when, before it happens.</p>
      </header>
      <form className={styles.pickers} onSubmit={submit} noValidate>
        <ScenarioFields
          draft={draft}
          matrix={matrix}
          path={path}
          offered={offered}
          onChange={(fields) => setDraft({ ...draft, ...fields })}
          onChoose={(choice) => setDraft(withChoice(draft, choice, { offered, today }))}
        />
        <div className={styles.wide} role="alert">
          {wrong && <FieldError>{wrong}</FieldError>}
        </div>
        <Button type="submit" variant="primary" className={styles.wide} loading={shown.state === "waiting"}>
          Show who is called
        </Button>
      </form>
      <Said shown={shown} />
      {unsaved > 0 && shown.state === "answered" && (
        <p className={styles.note}>Edits that aren’t saved yet don’t count. Press Show once they are.</p>
      )}
      <Shown shown={shown} editor={editor} path={path} showPath={showPath}>
        <CopyLink editor={editor} address={address} />
        {!editor.readOnly && shown.state === "answered" && (
          <ButtonLink
            size="sm"
            icon={<Icon of={ListChecks} size={14} />}
            to={paths.drills(matrixId, {
              add: "yes",
              scenario: shown.answered.answer.scenario.title,
              query: new URLSearchParams(address).toString(),
            })}
          >
            Record a drill
          </ButtonLink>
        )}
      </Shown>
      <p className={styles.note}>
        <Link to={paths.drills(matrixId)}>Drills that were recorded</Link>
      </p>
    </section>
  );
}

/** The roles that are called and never answered. */
function silentIn({ path, calls, when }: ScenarioAnswer): Silent | null {
  if (!path || !calls) return null;
  const all = calls.steps.flatMap((step) => step.calls);
  const answered = new Set(all.flatMap(({ roleId, answers }) => (answers.length > 0 ? [roleId] : [])));
  const roleIds = new Set(all.flatMap(({ roleId }) => (answered.has(roleId) ? [] : [roleId])));
  return { pathId: path.id, roleIds, when };
}

/** What is announced: that an answer is on its way, its summary, or why there is none. */
function Said({ shown }: { shown: AnswerState }) {
  return (
    <div role="status" className={styles.said}>
      {shown.state === "waiting" && <p className={styles.note}>Working out who is called…</p>}
      {shown.state === "failed" && (
        <p className={styles.res} data-tone="bad">
          {shown.message}
        </p>
      )}
      {shown.state === "answered" && <Summary {...shown.answered.answer} />}
    </div>
  );
}

type SummaryProps = Pick<ScenarioAnswer, "calls" | "why" | "inTime" | "breaks">;

function Summary({ calls, why, inTime, breaks }: SummaryProps) {
  const sentence = calls?.sentence ?? why;
  const [, first = sentence, rest = ""] = /^(.*?[.;])(\s.*)$/s.exec(sentence) ?? [];
  return (
    <p className={styles.res} data-tone={!calls || !inTime ? "bad" : breaks.length > 0 ? "mixed" : "good"} dir="auto">
      <b>{first}</b>
      {rest}{" "}
      {breaks.length === 0
        ? "Nothing breaks."
        : `It breaks at ${breaks.length === 1 ? "one place" : `${breaks.length} places`}.`}
    </p>
  );
}

type ShownProps = Pick<PanelProps, "editor" | "path" | "showPath"> & {
  shown: AnswerState;
  /** What can be done with an answer that is current. */
  children: ReactNode;
};

function Shown({ shown, editor, path, showPath, children }: ShownProps) {
  const answered = shown.state === "answered" ? shown.answered : shown.state === "failed" ? shown.last : null;
  const before = answered?.matrix;
  const changed = useMemo(
    () => before !== undefined && before !== editor.matrix && !sameJson(before, editor.matrix),
    [before, editor.matrix],
  );
  if (!answered) return null;
  const { answer, at } = answered;
  return (
    <>
      {shown.state === "failed" ? (
        <p className={styles.old}>
          The last answer there was: <b dir="auto">{answer.scenario.title}</b>, {answer.when} (
          {answer.beginning.timeZone}
          ). It was worked out {ownMomentWords(at)}. {answer.calls?.sentence}
        </p>
      ) : (
        changed && <p className={styles.old}>The matrix was changed since. Press Show again.</p>
      )}
      {shown.state === "answered" && <div className={styles.acts}>{children}</div>}
      <AnswerShown answer={answer} matrixId={editor.matrixId} shownPathId={path.id} showPath={showPath} />
    </>
  );
}

function CopyLink({ editor, address }: Pick<PanelProps, "editor" | "address">) {
  async function copy() {
    const link = new URL(paths.escalation(editor.matrixId, address), window.location.href).href;
    const done = await navigator.clipboard?.writeText(link).then(
      () => true,
      () => false,
    );
    editor.tell(done ? "Link copied" : "The browser copies nothing here. Copy the address of this page instead.");
  }
  return (
    <Button size="sm" icon={<Icon of={Copy} size={14} />} onClick={() => void copy()}>
      Copy link
    </Button>
  );
}

/** Tells the panel how high the frame is in which it stays while the page scrolls. */
function useRoom() {
  const panel = useRef<HTMLElement>(null);
  useEffect(() => {
    const frame = panel.current?.parentElement;
    if (!frame) return;
    const observer = new ResizeObserver(() => panel.current?.style.setProperty("--room", `${frame.clientHeight}px`));
    observer.observe(frame);
    // The panel is drawn after the browser looked for what the address names.
    if (window.location.hash === "#try") panel.current?.querySelector("h2")?.focus();
    return () => observer.disconnect();
  }, []);
  return panel;
}
