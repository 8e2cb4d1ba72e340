import { useEffect, useRef } from "react";
import { DAY_MS, localDay } from "~/domain/days";
import type { RoomView, YoursView } from "~/domain/workshop/view/view-types";
import { SkipLink } from "../../shell/skip-link";
import { useCountdown } from "../use-countdown";
import type { WorkshopOnScreen } from "../use-workshop";
import { Banners } from "./bars/banners";
import { ControlBar } from "./bars/control-bar";
import { Rail } from "./bars/rail";
import { stageMenu, useSingleKeys } from "./bars/stage-menu";
import { TopBar } from "./bars/top-bar";
import { AdjournDialog, EndDialog, StageKeySheet } from "./end-dialogs";
import { ItemStage } from "./item/item-stage";
import { Finished } from "./plan/finished";
import { Lobby } from "./plan/lobby";
import { Differences, PlanList } from "./plan/plan-list";
import { RoomPanel } from "./room/room-panel";
import { DisputeDialog } from "./settle/dispute-dialog";
import { ParkDialog } from "./settle/park-dialog";
import styles from "./stage.module.css";
import { hintWords, isTouched, keysOf, otherWays, primaryStep } from "./steps";
import { useAnnouncements } from "./use-announcements";
import { useLeading, type Leading } from "./use-leading";
import { useStageKeys } from "./use-stage-keys";

/** A space that was meant for the step before, such as one pressed twice, isn't taken for the next one. */
const MEANT_BEFORE_MS = 500;

/** The stage while its facilitator leads it. */
export function LedStage({ on, room, yours }: { on: WorkshopOnScreen; room: RoomView; yours: YoursView }) {
  const { shown, ahead, live, ask } = on;
  const { stage, plan, current, timer, lead, differences } = shown;
  const leading = useLeading(on, room, yours);
  const countdown = useCountdown(timer, ahead);
  const [singles, onSingles] = useSingleKeys();
  const row = plan.find(({ itemId }) => itemId === current?.itemId);
  const said = useAnnouncements({ timer, countdown, current, row, plan, yours });
  const changedAt = useChangedAt(`${stage} ${current?.itemId} ${leading.moment}`);
  const primary = primaryStep(leading);
  const { view, setView, moment, back, asking, open, go, pause } = leading;
  const middle = useRef<HTMLElement>(null);
  // Whatever comes next is read from its beginning.
  useEffect(() => {
    if (middle.current) middle.current.scrollTop = 0;
  }, [current?.itemId, moment, view, stage]);
  function space() {
    if (Date.now() - changedAt.current > MEANT_BEFORE_MS) primary?.act();
  }
  useStageKeys({ ...keysOf(leading), " ": space, f: toggleFullScreen }, singles);

  const isOpen = stage === "open";
  const isEnded = stage === "ended";
  const menu = stageMenu({
    ...{ shown, singles, onSingles },
    onFullScreen: toggleFullScreen,
    onKeys: () => open("keys"),
    onAdjourn: () => open("adjourn"),
    onEnd: () => open("end"),
  });
  return (
    <div className={styles.app}>
      <SkipLink />
      <TopBar
        number={shown.number}
        title={shown.title}
        parties={room.parties}
        timer={isOpen ? timer : null}
        countdown={countdown}
        onPause={isOpen && current && moment !== "done" ? pause : null}
        onAdjourn={isOpen ? () => open("adjourn") : null}
        onEnd={isEnded ? null : () => open("end")}
        menu={menu}
      />
      <Banners live={live} archived={room.archived} matrixId={shown.matrixId} />
      <p className="vh" role="status">
        {said}
      </p>
      <div className={styles.columns} data-alone={isEnded}>
        {!isEnded && (
          <Rail
            domains={lead?.domains ?? []}
            currentDomain={row?.domain ?? ""}
            view={view}
            planned={plan.length}
            done={plan.filter(({ status }) => ["settled", "parked", "disputed"].includes(status)).length}
            differences={differences.length}
            onView={isOpen ? setView : null}
          />
        )}
        <div className={styles.middle}>
          {/* It scrolls, so that the keyboard has to reach it. */}
          <main ref={middle} id="content" tabIndex={0} className={styles.stage}>
            <div className={styles.inner}>
              <Middle leading={leading} />
            </div>
          </main>
          {!isEnded && (
            <ControlBar
              back={back === null ? null : () => go(back)}
              hint={hintWords(leading)}
              refused={asking.refused}
              ways={otherWays(leading)}
              primary={primary}
              busy={asking.busy}
            />
          )}
        </div>
        {!isEnded && (
          <RoomPanel
            {...{ room, yours, plan, ask }}
            door={shown.door}
            inMiddle={!current && view === "item" && !plan.some(isTouched)}
            onGo={isOpen ? go : null}
          />
        )}
      </div>
      <StageDialogs leading={leading} />
    </div>
  );
}

/** What stands in the middle: the item, the plan, the differences, or what is before and after all of them. */
function Middle({ leading }: { leading: Leading }) {
  const { shown, room, view, moment, lists, go } = leading;
  const { stage, plan, current } = shown;
  const { parties } = room;
  const row = plan.find(({ itemId }) => itemId === current?.itemId);
  if (stage === "ended") return <Finished shown={shown} />;
  if (stage === "open" && view === "plan")
    return <PlanList plan={plan} parties={parties} currentId={current?.itemId ?? null} alone onGo={go} />;
  if (stage === "open" && view === "differences")
    return (
      <Differences
        {...{ shown, parties, ...lists }}
        onGo={go}
        onReveal={leading.revealAll}
        onRecord={leading.recordAll}
        onConfirm={leading.confirmAll}
      />
    );
  if (stage !== "open" || !current || !row)
    return <Lobby shown={shown} onGo={stage === "open" && plan.some(isTouched) ? go : null} />;
  return (
    <ItemStage
      {...{ moment, current, row, shown, room }}
      options={leading.options}
      draft={leading.draft}
      noteRef={leading.note}
      onChoose={leading.choose}
      onDraft={leading.setDraft}
      onRecord={() => void leading.record()}
      onPark={() => leading.open("park")}
      onDispute={() => leading.open("dispute")}
    />
  );
}

/** Parking puts off by two weeks at first. */
const PARKED_MS = 14 * DAY_MS;

function StageDialogs({
  leading: { shown, room, dialog, dialogAsking: asking, close, decided },
}: {
  leading: Leading;
}) {
  const { current, plan, stage } = shown;
  switch (dialog) {
    case null:
      return null;
    case "keys":
      return <StageKeySheet onClose={close} />;
    case "adjourn":
      return <AdjournDialog asking={asking} onClose={close} />;
    case "end":
      return <EndDialog plan={plan} opened={stage === "open"} asking={asking} onClose={close} />;
    case "dispute":
      return (
        current && (
          <DisputeDialog current={current} parties={room.parties} asking={asking} onDone={decided} onClose={close} />
        )
      );
    case "park":
      return (
        current && (
          <ParkDialog
            itemId={current.itemId}
            people={room.people.map(({ label }) => label)}
            day={localDay(new Date(Date.now() + PARKED_MS))}
            asking={asking}
            onDone={decided}
            onClose={close}
          />
        )
      );
  }
}

/** When the step on screen last became another one; 0 where it never did. */
function useChangedAt(step: string) {
  const at = useRef(0);
  const before = useRef(step);
  useEffect(() => {
    if (step !== before.current) at.current = Date.now();
    before.current = step;
  }, [step]);
  return at;
}

function toggleFullScreen() {
  if (document.fullscreenElement) void document.exitFullscreen();
  else void document.documentElement.requestFullscreen?.();
}
