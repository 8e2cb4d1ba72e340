import type { WorkshopShown } from "~/domain/workshop/view/live";
import type { PlanView } from "~/domain/workshop/view/view-types";
import { ArrowLeft, ChevronRight, CircleCheck, Icon, Lock, PenLine } from "../../primitives/icon";
import { Link } from "../../primitives/router";
import type { WorkshopOnScreen } from "../use-workshop";
import { ItemView } from "./now";
import styles from "./phone.module.css";
import { mayConfirm, OnTable, settledWords } from "./table";
import type { Proposals } from "./use-proposals";
import { hashOf } from "./views";

type PlanProps = {
  shown: WorkshopShown;
  ask: WorkshopOnScreen["ask"];
  proposals: Proposals;
  /** The item that is open; null for the list. */ itemId: string | null;
};

/** Everything there is to talk about, with how it stands; one item at a time to read and to propose for. */
export function Plan({ shown, ask, proposals, itemId }: PlanProps) {
  const item = shown.plan.find((one) => one.itemId === itemId);
  if (item)
    return (
      <div className={styles.view}>
        <Link to={hashOf("plan")} className={styles.back}>
          <Icon of={ArrowLeft} /> All items
        </Link>
        <ItemView key={item.itemId} shown={shown} item={item} ask={ask} proposals={proposals} />
      </div>
    );
  const toConfirm = shown.plan.filter(({ settling }) => mayConfirm(shown, settling));
  const settled = shown.plan.filter(({ status }) => ["settled", "parked", "disputed"].includes(status)).length;
  return (
    <div className={styles.view}>
      <div className={styles.item}>
        <h1 id="item" tabIndex={-1} className={styles.title}>
          {shown.plan.length === 0
            ? "Nothing is planned yet"
            : shown.stage === "prepared" && settled === 0
              ? `${shown.plan.length === 1 ? "1 item" : `${shown.plan.length} items`} to read`
              : `${settled} of ${shown.plan.length} settled`}
        </h1>
        {shown.stage === "prepared" && shown.plan.length > 0 && (
          <p className={styles.ask}>
            Read what comes, and seal what you would propose. Nobody sees it before its reveal.
          </p>
        )}
        {toConfirm.length > 0 && (
          <section className={styles.toConfirm} aria-labelledby="to-confirm">
            <h2 id="to-confirm">For you to confirm: {toConfirm.length}</h2>
            {toConfirm.map((one) => (
              <OnTable key={one.itemId} shown={shown} item={one} ask={ask} named />
            ))}
          </section>
        )}
        <ol className={styles.plan}>
          {shown.plan.map((one) => (
            <li key={one.itemId}>
              <Row shown={shown} item={one} proposals={proposals} />
            </li>
          ))}
        </ol>
      </div>
    </div>
  );
}

const STATUS_WORDS: Record<PlanView["status"], string> = {
  waiting: "To come",
  proposing: "Now",
  revealed: "Revealed",
  confirming: "To be confirmed",
  settled: "Agreed",
  parked: "Parked",
  disputed: "Disputed",
  skipped: "Skipped",
};

function Row({ shown, item, proposals }: { shown: WorkshopShown; item: PlanView; proposals: Proposals }) {
  const { sealed, draft } = proposals.of(item);
  const words = settledWords(shown, item);
  const status = STATUS_WORDS[item.status];
  const isNow = shown.current?.itemId === item.itemId;
  return (
    <Link
      to={isNow ? hashOf("now") : hashOf("plan", item.itemId)}
      className={styles.row}
      aria-current={isNow ? "step" : undefined}
    >
      <span className={styles.rowText}>
        <span dir="auto" className={styles.name}>
          {item.code && <span className={styles.code}>{item.code}</span>} {item.text}
        </span>
        <span className={styles.quiet}>
          {item.status !== "parked" && !(shown.stage === "prepared" && item.status === "waiting") && (
            <span className={styles.status} data-status={item.status}>
              {isNow && item.status !== "proposing" ? `Now: ${status.toLowerCase()}` : status}
            </span>
          )}
          {sealed && (
            <span className={styles.own}>
              <Icon of={Lock} size={12} /> You sealed
            </span>
          )}
          {draft && (
            <span className={styles.own}>
              <Icon of={PenLine} size={12} /> {draft.phase === "unsent" ? "Not sent yet" : "Not sealed yet"}
            </span>
          )}
          {item.status === "settled" && <Icon of={CircleCheck} size={12} className={styles.tick} />}
        </span>
        {words && (
          <span dir="auto" className={styles.outcome}>
            {words}
          </span>
        )}
      </span>
      <Icon of={ChevronRight} />
    </Link>
  );
}
