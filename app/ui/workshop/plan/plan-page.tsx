import { useMemo, useState } from "react";
import type { ItemStatus } from "~/domain/workshop/view/view-types";
import { paths } from "~/paths";
import type { PlanView } from "~/services/workshop/planning.server";
import type { MatrixEditor } from "../../editor/editor-types";
import { Button, ButtonLink } from "../../primitives/button";
import { classNames } from "../../primitives/class-names";
import { Segmented } from "../../primitives/form/segmented";
import { CircleAlert, CirclePause, Lock, Users } from "../../primitives/icon";
import { Notice } from "../../primitives/notice";
import { Link } from "../../primitives/router";
import { useWorkshop } from "../use-workshop";
import { ChoosePanel } from "./choose-panel";
import { InvitePanel } from "./invite-panel";
import { PlanHead } from "./plan-head";
import { PlanList } from "./plan-list";
import { PeoplePanel } from "./people-panel";
import type { PlanSave } from "./plan-store";
import { usePlan } from "./use-plan";
import { usePlanActs } from "./use-plan-acts";
import styles from "./plan.module.css";

type PageProps = Extract<PlanView, { kind: "led" }> & { editor: MatrixEditor };

/** What is settled, parked or a dispute needs no time any more. */
const DONE: ReadonlySet<ItemStatus> = new Set<ItemStatus>(["settled", "parked", "disputed"]);

/** What is shown beside the plan; on a phone instead of it. */
type View = "plan" | "choose" | "people";

/** Where a workshop is prepared: what it is about, in which order and for how long, and who is invited. */
export function PlanPage({ page, choices, version, editable, editor }: PageProps) {
  const workshop = useWorkshop(page, "projector");
  const { shown, over, ask } = workshop;
  const planning = usePlan(workshop);
  const [said, setSaid] = useState("");
  const [chosenView, setView] = useState<View>("choose");
  const readOnly = !editable || shown.stage === "ended" || over !== null;
  const view = readOnly && chosenView === "choose" ? "plan" : chosenView;
  const known = useMemo(() => new Map(shown.plan.map((item) => [item.itemId, item])), [shown.plan]);
  const timed = planning.plan.items.map(({ id, minutes }) => {
    const item = known.get(id);
    return {
      id,
      minutes,
      spentMs: item?.spentMs ?? 0,
      done: item !== undefined && DONE.has(item.status),
      fixed: item?.fixed ?? false,
    };
  });
  const { run, add } = usePlanActs(planning, setSaid);
  return (
    <div className={styles.page}>
      <PlanHead
        workshop={workshop}
        planning={planning}
        matrixId={editor.matrixId}
        readOnly={readOnly}
        left={timed.filter(({ done }) => !done).length}
      />
      <p role="status" aria-live="polite" className="vh">
        {said}
      </p>
      <Unsaved save={planning.save} onFlush={() => void planning.flush()} onDismiss={planning.dismiss} />
      <PlanNotices
        over={over}
        editable={editable}
        stage={shown.stage}
        openedBefore={shown.plan.some(({ spentMs }) => spentMs > 0)}
        workshopId={shown.workshopId}
        archived={shown.room?.archived ?? false}
        waiting={readOnly || view === "people" ? 0 : (shown.yours?.waiting.length ?? 0)}
        onWaiting={() => setView("people")}
      />
      <div className={styles.columns} data-view={view} data-read-only={readOnly || undefined}>
        <Segmented
          className={styles.views}
          label="What is shown"
          value={view}
          onChange={setView}
          options={[
            { value: "plan", label: `Plan ${planning.plan.items.length}` },
            ...(readOnly ? [] : [{ value: "choose" as const, label: "Choose" }]),
            { value: "people", label: `People ${shown.room?.people.length ?? 0}` },
          ]}
        />
        <PlanList
          plan={planning.plan}
          known={known}
          timed={timed}
          matrix={editor.matrix}
          matrixId={editor.matrixId}
          run={run}
          say={setSaid}
          open={shown.stage === "open"}
          readOnly={readOnly}
        />
        <div className={styles.beside}>
          {view !== "people" && !readOnly ? (
            <ChoosePanel
              choices={choices}
              version={version}
              matrix={editor.matrix}
              matrixId={editor.matrixId}
              plan={planning.plan}
              timed={timed}
              known={known}
              add={add}
              run={run}
            />
          ) : (
            <>
              <PeoplePanel shown={shown} ask={ask} readOnly={readOnly} />
              {!readOnly && shown.door && <InvitePanel workshopId={shown.workshopId} door={shown.door} />}
            </>
          )}
        </div>
      </div>
    </div>
  );
}

type NoticesProps = {
  over: string | null;
  editable: boolean;
  stage: "prepared" | "open" | "ended";
  /** Whether anything was talked about before. */
  openedBefore: boolean;
  workshopId: string;
  archived: boolean;
  /** How many wait to be let in, where they aren't in view. */
  waiting: number;
  onWaiting: () => void;
};

type UnsavedProps = { save: PlanSave; onFlush: () => void; onDismiss: () => void };

/** What isn't stored, and why. */
function Unsaved({ save, onFlush, onDismiss }: UnsavedProps) {
  return (
    <div role="status" aria-live="polite" className={classNames(styles.notices, styles.unsaved)}>
      {save.kind === "waiting" && (
        <Notice icon={CircleAlert} tone="alert">
          <div className={styles.noticeLine}>
            <p>
              {save.message || "The server can't be reached."}{" "}
              {save.unsent === 1 ? "1 change is" : `${save.unsent} changes are`} kept here and not stored yet.
            </p>
            <Button size="sm" onClick={onFlush}>
              Try now
            </Button>
          </div>
        </Notice>
      )}
      {save.kind === "refused" && (
        <Notice icon={CircleAlert} tone="alert">
          <div className={styles.noticeLine}>
            <p>Not done: {save.message}</p>
            <Button size="sm" onClick={onDismiss}>
              Dismiss
            </Button>
          </div>
        </Notice>
      )}
    </div>
  );
}

function PlanNotices({ over, editable, stage, openedBefore, workshopId, archived, waiting, onWaiting }: NoticesProps) {
  const minutes = <Link to={paths.workshopMinutes(workshopId)}>Read the minutes</Link>;
  return (
    <div role="status" aria-live="polite" className={styles.notices}>
      {over !== null && (
        <Notice icon={CircleAlert} tone="alert">
          {over}
        </Notice>
      )}
      {waiting > 0 && (
        <Notice icon={Users}>
          <div className={styles.noticeLine}>
            <p>{waiting === 1 ? "One person waits" : `${waiting} people wait`} to be let in.</p>
            <Button size="sm" onClick={onWaiting}>
              Look who
            </Button>
          </div>
        </Notice>
      )}
      {stage === "ended" && <Notice icon={Lock}>This workshop has ended, so its plan stays as it is. {minutes}</Notice>}
      {stage === "prepared" && openedBefore && (
        <Notice icon={CirclePause}>
          It goes on another day. What was settled stays; what is left can be planned anew. {minutes}
        </Notice>
      )}
      {stage !== "ended" && !editable && (
        <Notice icon={Lock}>
          {archived
            ? "The matrix is archived, so nothing is planned or settled on it."
            : "You can't edit this matrix any more, so you can't plan its workshops. Let a second facilitator take over."}{" "}
          <ButtonLink size="sm" to={paths.workshop(workshopId)}>
            Open it as a participant
          </ButtonLink>
        </Notice>
      )}
    </div>
  );
}
