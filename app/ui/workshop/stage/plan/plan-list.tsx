import { OUTCOME_WORDS } from "~/domain/workshop/outcome";
import type { WorkshopShown } from "~/domain/workshop/view/live";
import type { ItemStatus, PartyView, PlanView } from "~/domain/workshop/view/view-types";
import { Button } from "../../../primitives/button";
import { SettlementMarks } from "../../reveal/choice-marks";
import { OutcomeGlyph } from "../../reveal/outcome-glyph";
import { minutesWords } from "./minutes-words";
import styles from "./plan-list.module.css";

const STATUS_WORDS: Record<ItemStatus, string> = {
  waiting: "",
  proposing: "Talked about now",
  revealed: "Revealed, open",
  confirming: "On the table",
  settled: "Settled",
  parked: "Parked",
  disputed: "Disputed",
  skipped: "Skipped",
};

/** What is planned, to read. */
export function Planned({ plan }: { plan: readonly PlanView[] }) {
  return (
    <ol className={styles.list}>
      {plan.map(({ itemId, text, domain, code, minutes }) => (
        <li key={itemId} className={styles.row}>
          <span className={styles.text} dir="auto">
            {text}
            <span className={styles.where}>{[domain, code].filter(Boolean).join(" · ")}</span>
          </span>
          <span className={styles.minutes}>{minutesWords(minutes)}</span>
        </li>
      ))}
    </ol>
  );
}

/** The whole plan with how each item stands. While the workshop is open, any of them is gone to from here. */
export function PlanList({
  plan,
  parties,
  currentId,
  alone = false,
  onGo,
}: {
  plan: readonly PlanView[];
  parties: readonly PartyView[];
  currentId: string | null;
  /** Whether it is all that stands in the middle. */
  alone?: boolean;
  /** Null while nothing can be gone to. */
  onGo: ((itemId: string) => void) | null;
}) {
  const Title = alone ? "h1" : "h2";
  return (
    <section aria-labelledby="whole-plan">
      <Title id="whole-plan" className={styles.title}>
        The plan
      </Title>
      <ol className={styles.list}>
        {plan.map((row) => (
          <li key={row.itemId} className={styles.row} aria-current={row.itemId === currentId ? "step" : undefined}>
            <PlanText row={row} parties={parties} />
            {onGo && (
              <Button onClick={() => onGo(row.itemId)} aria-label={`Go to ${row.text}`}>
                Go to it
              </Button>
            )}
          </li>
        ))}
      </ol>
    </section>
  );
}

function PlanText({ row, parties }: { row: PlanView; parties: readonly PartyView[] }) {
  const { text, domain, code, status, outcome, settlement, settling, deleted } = row;
  const shown = settlement ?? settling?.settlement ?? null;
  const saysItself = settlement?.kind === "park" || settlement?.kind === "dispute";
  return (
    <span className={styles.text} dir="auto">
      {text}
      <span className={styles.where}>
        {[domain, code, deleted || saysItself ? "" : STATUS_WORDS[status]].filter(Boolean).join(" · ")}
        {outcome && !settlement && (
          <span className={styles.outcome}>
            <OutcomeGlyph outcome={outcome} className={styles.glyph} />
            {OUTCOME_WORDS[outcome].name}
          </span>
        )}
      </span>
      {shown && (
        <span className={styles.settled}>
          <SettlementMarks parties={parties} settlement={shown} />
        </span>
      )}
    </span>
  );
}

type DifferencesProps = {
  shown: WorkshopShown;
  parties: readonly PartyView[];
  /** What both sides agree on and isn't on the table yet, what the facilitator may confirm for their party, and what is sealed. */
  toRecord: readonly string[];
  toConfirm: readonly { itemId: string; number: number }[];
  toReveal: readonly string[];
  onGo: (itemId: string) => void;
  onReveal: () => void;
  onRecord: () => void;
  onConfirm: () => void;
};

/**
 * Only what needs talk. What both sides agree on is put on the table together; the rest comes with gaps first, and in
 * each kind the largest risk first.
 */
export function Differences({
  shown,
  parties,
  toRecord,
  toConfirm,
  toReveal,
  onGo,
  onReveal,
  onRecord,
  onConfirm,
}: DifferencesProps) {
  const { plan, differences, lead } = shown;
  const rowOf = new Map(plan.map((row) => [row.itemId, row]));
  const rows = (ids: readonly string[]) => ids.flatMap((id) => rowOf.get(id) ?? []);
  const without = lead?.agreed.filter(({ needsBoundary }) => needsBoundary).map(({ itemId }) => itemId) ?? [];
  const waiting = plan.filter(({ status, outcome }) => status === "confirming" && outcome === "agree");
  const leftOut = lead?.sealed.filter(({ itemId, leftOut: out }) => out > 0 && toReveal.includes(itemId)).length ?? 0;
  const nothing = toReveal.length + differences.length + toRecord.length + without.length + waiting.length === 0;
  return (
    <div className={styles.parts}>
      <h1 className={styles.title}>Only differences</h1>
      {nothing && (
        <p>Nothing here. What was proposed and isn’t settled yet stands here, gaps first, as soon as it is revealed.</p>
      )}
      {toReveal.length > 0 && (
        <section aria-label="Proposed beforehand">
          <Head
            title="Proposed beforehand, not revealed"
            count={toReveal.length}
            action={toReveal.length === 1 ? "Reveal it" : `Reveal all ${toReveal.length}`}
            onAct={onReveal}
          >
            {leftOut > 0 &&
              `In ${leftOut === toReveal.length ? "all" : leftOut} of them somebody has not sealed yet. Revealing now leaves them out.`}
          </Head>
        </section>
      )}
      {differences.length > 0 && (
        <section aria-label="Differences">
          <Head title="To talk about" count={differences.length} />
          <ol className={styles.list}>
            {rows(differences).map((row) => (
              <li key={row.itemId} className={styles.row}>
                <PlanText row={row} parties={parties} />
                <Button onClick={() => onGo(row.itemId)} aria-label={`Talk about ${row.text}`}>
                  Talk about it
                </Button>
              </li>
            ))}
          </ol>
        </section>
      )}
      {toRecord.length > 0 && (
        <section aria-label="Agreed">
          <Head
            title="Both sides agree"
            count={toRecord.length}
            action={toRecord.length === 1 ? "Put it on the table" : `Put all ${toRecord.length} on the table`}
            onAct={onRecord}
          />
          <Planned plan={rows(toRecord)} />
        </section>
      )}
      {without.length > 0 && (
        <section aria-label="Agreed without a boundary">
          <Head title="Both sides agree to share it, and the boundary isn’t written" count={without.length} />
          <ol className={styles.list}>
            {rows(without).map((row) => (
              <li key={row.itemId} className={styles.row}>
                <PlanText row={row} parties={parties} />
                <Button onClick={() => onGo(row.itemId)} aria-label={`Write the boundary of ${row.text}`}>
                  Write it
                </Button>
              </li>
            ))}
          </ol>
        </section>
      )}
      {waiting.length > 0 && (
        <section aria-label="On the table">
          <Head
            title="Agreed and on the table"
            count={waiting.length}
            action={toConfirm.length === 0 ? undefined : `Confirm ${toConfirm.length} for your party`}
            onAct={onConfirm}
          >
            Both hosts confirm on their own screens.
          </Head>
          <ol className={styles.list}>
            {waiting.map((row) => (
              <li key={row.itemId} className={styles.row}>
                <PlanText row={row} parties={parties} />
              </li>
            ))}
          </ol>
        </section>
      )}
    </div>
  );
}

function Head({
  title,
  count,
  action,
  onAct,
  children,
}: {
  title: string;
  count: number;
  action?: string | undefined;
  onAct?: () => void;
  children?: string | false;
}) {
  return (
    <div className={styles.head}>
      <div>
        <h2>
          {title} <span>{count}</span>
        </h2>
        {children !== undefined && children !== false && <p>{children}</p>}
      </div>
      {action !== undefined && <Button onClick={onAct}>{action}</Button>}
    </div>
  );
}
