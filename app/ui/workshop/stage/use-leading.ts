import { useEffect, useRef, useState } from "react";
import type { Asked } from "~/domain/workshop/asked";
import type { CurrentView, PlanView, RoomView, YoursView } from "~/domain/workshop/view/view-types";
import { useAsking } from "../use-asking";
import type { WorkshopOnScreen } from "../use-workshop";
import type { StageView } from "./bars/rail";
import { momentOf, nextOpen } from "./moments";
import { isSharedBySides, settleOptions } from "./settle/settle-options";
import { settlementOf, useSettleDraft } from "./settle/use-settle-draft";

/** What a dialog of the stage asks for. */
type StageDialog = "park" | "dispute" | "adjourn" | "end" | "keys";

export type Leading = ReturnType<typeof useLeading>;

/** What whoever leads does on the stage: what it shows, what is about to be put on the table, and each thing that is asked for. */
export function useLeading({ shown, ask }: WorkshopOnScreen, room: RoomView, yours: YoursView) {
  const { stage, plan, current, timer, lead } = shown;
  const [view, setView] = useState<StageView>("item");
  const [dialog, setDialog] = useState<StageDialog | null>(null);
  const [reconsidered, setReconsidered] = useState<number | null>(null);
  const asking = useAsking(ask);
  const dialogAsking = useAsking(ask);
  const note = useRef<HTMLTextAreaElement>(null);
  const [draft, setDraft, startFrom] = useSettleDraft(current);
  const options = current ? settleOptions(current, room.parties) : [];
  const { clear } = asking;
  useEffect(clear, [clear, current?.itemId, current?.status, view, stage]);

  const run = (...asked: readonly Asked[]) => void asking.run(...asked);
  const lists = listsOf({ plan, lead, current, yours, room });

  return {
    ...{ shown, room, yours, view, setView, dialog, asking, dialogAsking, note, draft, setDraft, options, run, lists },
    moment: momentOf(shown, reconsidered),
    next: nextOpen(plan, current),
    back: stage === "open" && view === "item" ? (current?.previousId ?? null) : null,
    open(which: StageDialog) {
      dialogAsking.clear();
      setDialog(which);
    },
    close: () => setDialog(null),
    decided() {
      setReconsidered(null);
      setDialog(null);
    },
    go(itemId: string) {
      setView("item");
      if (itemId !== current?.itemId) run({ type: "go", itemId });
    },
    choose(number: number) {
      const option = options[number - 1];
      if (option) {
        setDraft({ ...draft, chosen: option.choice, custom: false });
        if (isSharedBySides(option.choice, room.parties)) setTimeout(() => focusAtEnd(note.current));
      } else if (current?.subject.kind === "duty" && number === options.length + 1)
        setDraft({ ...draft, custom: true });
    },
    async record() {
      const settlement = settlementOf(draft);
      if (!current || !settlement) return;
      if (await asking.run({ type: "settle", itemId: current.itemId, settlement, terms: current.terms })) {
        setReconsidered(null);
        note.current?.blur();
      }
    },
    writeNote: () => focusAtEnd(note.current),
    lookAgain() {
      if (!current?.settling) return;
      startFrom(current.settling.settlement);
      setReconsidered(current.settling.number);
    },
    pause: () => run({ type: timer?.runningSince === null ? "resume" : "pause" }),
    admitAll: () => run({ type: "admit", participantIds: yours.waiting.map(({ participantId }) => participantId) }),
    revealAll: () => run(...lists.toReveal.map((itemId) => ({ type: "reveal" as const, itemId }))),
    recordAll: () =>
      run(
        ...(lead?.agreed ?? []).flatMap(({ itemId, settlement, needsBoundary }) =>
          needsBoundary ? [] : [{ type: "settle" as const, itemId, settlement, terms: null }],
        ),
      ),
    confirmAll: () => run(...lists.toConfirm.map((one) => ({ type: "confirm" as const, ...one }))),
  };
}

/** Text that stands there already is written on, not before. */
function focusAtEnd(field: HTMLTextAreaElement | null): void {
  field?.focus();
  field?.setSelectionRange(field.value.length, field.value.length);
}

type Listed = {
  plan: readonly PlanView[];
  lead: WorkshopOnScreen["shown"]["lead"];
  current: CurrentView | null;
  yours: YoursView;
  room: RoomView;
};

/** What the view of differences does for many items at once: reveal, put on the table, confirm for one's own party. */
function listsOf({ plan, lead, current, yours, room }: Listed) {
  const isHost = room.parties.some(({ hostId }) => hostId === yours.participantId);
  return {
    toReveal: (lead?.sealed ?? []).flatMap(({ itemId }) => (itemId === current?.itemId ? [] : [itemId])),
    toRecord: (lead?.agreed ?? []).flatMap(({ itemId, needsBoundary }) => (needsBoundary ? [] : [itemId])),
    toConfirm: plan.flatMap(({ itemId, outcome, settling }) =>
      isHost && outcome === "agree" && settling && !settling.outdated && !settling.confirmed.includes(yours.partyId)
        ? [{ itemId, number: settling.number }]
        : [],
    ),
  };
}
