import type { RefObject } from "react";
import type { WorkshopShown } from "~/domain/workshop/view/live";
import type { CurrentView, PlanView, RoomView } from "~/domain/workshop/view/view-types";
import { Check, CirclePause, EqualNot, Icon, TriangleAlert } from "../../../primitives/icon";
import { Notice } from "../../../primitives/notice";
import { SettlementMarks } from "../../reveal/choice-marks";
import { Reveal } from "../../reveal/reveal";
import { DutyWords } from "./duty-words";
import type { Moment } from "../moments";
import { OnTable } from "../settle/on-table";
import type { SettleOption } from "../settle/settle-options";
import { SettlePanel } from "../settle/settle-panel";
import type { SettleDraft } from "../settle/use-settle-draft";
import { Sides } from "./sides";
import styles from "../stage.module.css";

type ItemStageProps = {
  moment: Moment;
  current: CurrentView;
  row: PlanView;
  shown: WorkshopShown;
  room: RoomView;
  options: readonly SettleOption[];
  draft: SettleDraft;
  noteRef: RefObject<HTMLTextAreaElement>;
  onChoose: (number: number) => void;
  onDraft: (draft: SettleDraft) => void;
  onRecord: () => void;
  onPark: () => void;
  onDispute: () => void;
};

/** The item that is talked about: who has sealed, then what was proposed, then what it is settled by. */
export function ItemStage(props: ItemStageProps) {
  const { moment, current, row, shown, room } = props;
  const { parties, people } = room;
  const { revealed, settling, today } = current;
  return (
    <>
      <DutyWords
        row={row}
        current={current}
        planned={shown.plan.length}
        withQuestion={!revealed && moment !== "done"}
      />
      {moment === "deleted" && (
        <Notice icon={TriangleAlert} tone="alert">
          This was deleted from the board meanwhile. Skip it, or bring it back there.
        </Notice>
      )}
      {revealed && moment !== "done" && current.boardWords !== "" && (
        <p className={styles.onBoard}>{current.boardWords}</p>
      )}
      {moment === "propose" && <Sides current={current} parties={parties} people={people} />}
      {moment === "done" && row.settlement && <Came row={row} parties={parties} />}
      {settling && (moment === "confirm" || moment === "outdated") && (
        <OnTable current={current} settling={settling} parties={parties} people={people} />
      )}
      {revealed && (
        <Reveal parties={parties} revealed={revealed} risk={today.risk}>
          {moment === "settle" && <SettlePanel {...props} parties={parties} matrixId={shown.matrixId} />}
        </Reveal>
      )}
    </>
  );
}

const CAME = {
  split: { icon: Check, words: "Settled" },
  stands: { icon: Check, words: "Settled" },
  park: { icon: CirclePause, words: "Parked" },
  dispute: { icon: EqualNot, words: "Disputed" },
} as const;

function Came({ row: { settlement, status }, parties }: { row: PlanView; parties: RoomView["parties"] }) {
  if (!settlement) return null;
  const { icon, words } = CAME[settlement.kind];
  return (
    <section className={styles.came} data-status={status}>
      <h2>
        <Icon of={icon} size={20} /> {words}
      </h2>
      <div>
        <SettlementMarks parties={parties} settlement={settlement} />
      </div>
    </section>
  );
}
