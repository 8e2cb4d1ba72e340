import { useCallback, useMemo, useRef, type ReactNode } from "react";
import type { Matrix } from "~/domain/matrix/matrix";
import { LIMITS } from "~/domain/limits";
import { fittingOf, neededMinutes, type Plan, type TimedItem } from "~/domain/workshop/planning";
import type { ItemStatus, PlanView } from "~/domain/workshop/view/view-types";
import { Button } from "../../primitives/button";
import { useFocusAfterRender } from "../../escalation/use-focus-after-render";
import type { RunPlan } from "./use-plan-acts";
import { PlanRow, type RowActs } from "./plan-row";
import { subjectsOf } from "./plan-view";
import { useListDrag } from "./use-list-drag";
import styles from "./plan.module.css";

type ListProps = {
  plan: Plan;
  /** What the server knows of each item, by its id; those that were just added aren't there yet. */
  known: ReadonlyMap<string, PlanView>;
  timed: readonly TimedItem[];
  matrix: Matrix;
  matrixId: string;
  run: RunPlan;
  say: (words: string) => void;
  /** Whether the workshop is open at this moment. */
  open: boolean;
  readOnly: boolean;
};

const minutesWords = (count: number) => (count === 1 ? "1 minute" : `${count} minutes`);

/** What is talked about, in its order. */
export function PlanList({ plan, known, timed, matrix, matrixId, run, say, open, readOnly }: ListProps) {
  const list = useRef<HTMLOListElement>(null);
  const subjects = useMemo(() => subjectsOf(matrix), [matrix]);
  const focusNext = useFocusAfterRender();
  const items = useRef(plan.items);
  items.current = plan.items;

  const nameOf = useCallback(
    (itemId: string) => {
      const item = items.current.find(({ id }) => id === itemId);
      return (item && subjects(item.subject)?.name) ?? "The item";
    },
    [subjects],
  );

  const moveTo = useCallback(
    (itemId: string, place: number) => {
      const { current } = items;
      const from = current.findIndex(({ id }) => id === itemId);
      const to = Math.max(0, Math.min(current.length - 1, place));
      if (from < 0) return;
      if (from === to) return say(`${nameOf(itemId)} is ${to === 0 ? "the first" : "the last"} already.`);
      const others = current.filter(({ id }) => id !== itemId);
      run(
        [{ type: "move", itemId, beforeId: others[to]?.id ?? null }],
        `move ${itemId}`,
        `${nameOf(itemId)} is ${to + 1} of ${current.length} now.`,
      );
    },
    [nameOf, run, say],
  );

  const acts = useMemo<RowActs>(
    () => ({
      moveTo,
      remove(itemId) {
        const at = items.current.findIndex(({ id }) => id === itemId);
        const beside = items.current[at + 1] ?? items.current[at - 1];
        run([{ type: "remove", itemIds: [itemId] }], `remove ${itemId}`, `${nameOf(itemId)} taken out of the plan.`);
        focusNext(beside ? `[data-item="${beside.id}"] [data-face]` : "#plan-title");
      },
      setMinutes: (itemId, minutes) => run([{ type: "minutes", each: { [itemId]: minutes } }], `minutes ${itemId}`, ""),
    }),
    [moveTo, nameOf, run, focusNext],
  );

  const { dragged, chip, grip } = useListDrag({
    list,
    onDrop: (itemId, place) => {
      const from = items.current.findIndex(({ id }) => id === itemId);
      moveTo(itemId, place > from ? place - 1 : place);
    },
  });

  return (
    <section className={styles.plan} aria-labelledby="plan-title">
      <h2 id="plan-title" tabIndex={-1}>
        Plan <span className={styles.count}>{plan.items.length}</span>
      </h2>
      {plan.items.length > 0 && !readOnly && <TimeLine plan={plan} timed={timed} run={run} />}
      {plan.items.length === 0 ? (
        <p className={styles.nothing}>
          {readOnly
            ? "Nothing was planned."
            : "Nothing is planned yet. Add a whole set, or choose single duties; each begins with four minutes."}
        </p>
      ) : (
        <ol ref={list} className={styles.items} onPointerDown={readOnly ? undefined : grip}>
          {plan.items.map((item, i) => (
            <PlanRow
              key={item.id}
              item={item}
              place={i}
              count={plan.items.length}
              fixed={known.get(item.id)?.fixed ?? false}
              status={statusWords(known.get(item.id)?.status, open)}
              subject={subjects(item.subject)}
              matrixId={matrixId}
              acts={readOnly ? null : acts}
              landing={landingOn(dragged?.place ?? null, i, plan.items.length)}
              carried={dragged?.itemId === item.id}
            />
          ))}
        </ol>
      )}
      {dragged && (
        <div ref={chip} aria-hidden className={styles.chip}>
          {nameOf(dragged.itemId)}
        </div>
      )}
      {plan.items.length >= LIMITS.workshopItems && (
        <p className={styles.quiet}>A workshop has at most {LIMITS.workshopItems} items. This is as many as fit.</p>
      )}
    </section>
  );
}

const STATUS: Partial<Record<ItemStatus, string>> = {
  proposing: "Talked about now",
  revealed: "Revealed",
  confirming: "Being confirmed",
  settled: "Settled",
  parked: "Parked",
  disputed: "Disputed",
  skipped: "Skipped",
};

/** How far an item is, where anything happened to it. Nobody talks about one while the workshop isn't open. */
function statusWords(status: ItemStatus | undefined, open: boolean): string {
  return status === "proposing" && !open ? "Begun" : ((status && STATUS[status]) ?? "");
}

/** Whether the line that says where the dragged item would land is drawn above or below an item. */
function landingOn(place: number | null, index: number, count: number): "above" | "below" | null {
  if (place === index) return "above";
  return place === count && index === count - 1 ? "below" : null;
}

type TimeProps = { plan: Plan; timed: readonly TimedItem[]; run: RunPlan };

/** The minutes that the plan needs against those that there are, and how it can be made to fit. */
function TimeLine({ plan, timed, run }: TimeProps) {
  const needed = neededMinutes(timed);
  const there = plan.minutes;
  const over = there === null ? 0 : needed - there;
  const words: ReactNode =
    there === null
      ? `${minutesWords(needed)} in all.`
      : over > 0
        ? `${needed} of ${minutesWords(there)}: ${minutesWords(over)} over.`
        : over === 0
          ? `${needed} of ${minutesWords(there)}: it fits exactly.`
          : `${needed} of ${minutesWords(there)}: ${minutesWords(-over)} free.`;
  return (
    <div className={styles.time} data-over={over > 0 || undefined}>
      {there !== null && (
        <span className={styles.meter} aria-hidden>
          <i style={{ width: `${Math.min(100, (needed / Math.max(1, there)) * 100)}%` }} />
        </span>
      )}
      <p>{words}</p>
      {over > 0 && there !== null && <Fitting timed={timed} minutes={there} run={run} />}
    </div>
  );
}

function Fitting({ timed, minutes, run }: { timed: readonly TimedItem[]; minutes: number; run: RunPlan }) {
  const { even, drop } = fittingOf(timed, minutes);
  const open = timed.filter(({ done, spentMs }) => !done && spentMs === 0);
  return (
    <div className={styles.fitting}>
      {even !== null && (
        <Button
          size="sm"
          onClick={() =>
            run(
              [{ type: "minutes", each: Object.fromEntries(open.map(({ id }) => [id, even])) }],
              "even",
              `Each has ${minutesWords(even)} now.`,
            )
          }
        >
          Give each {minutesWords(even)}
        </Button>
      )}
      {drop.length > 0 && (
        <Button
          size="sm"
          onClick={() =>
            run([{ type: "remove", itemIds: drop }], "drop", `The last ${drop.length} were taken out of the plan.`)
          }
        >
          Take out the last {drop.length === 1 ? "one" : drop.length}
        </Button>
      )}
      {even === null && drop.length === 0 && (
        <p className={styles.quiet}>Take some out, or say above that there is more time.</p>
      )}
    </div>
  );
}
