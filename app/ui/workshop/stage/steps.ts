import type { PlanView, YoursView } from "~/domain/workshop/view/view-types";
import type { Way } from "./bars/control-bar";
import type { Moment } from "./moments";
import type { StageKeys } from "./use-stage-keys";
import { settlementOf } from "./settle/use-settle-draft";
import type { Leading } from "./use-leading";

type Step = { label: string; act: () => void } | null;

/** Whether anything happened to an item yet. */
export function isTouched({ status, spentMs }: PlanView): boolean {
  return spentMs > 0 || status !== "waiting";
}

/** The one step that Space takes from here, or null where something has to be chosen first. */
export function primaryStep(leading: Leading): Step {
  const { shown, view, setView, moment } = leading;
  if (shown.stage === "open" && view === "plan") return { label: "Back to the stage", act: () => setView("item") };
  if (shown.stage === "open" && view === "differences") return differencesStep(leading);
  return BY_MOMENT[moment](leading);
}

const BY_MOMENT: Record<Moment, (leading: Leading) => Step> = {
  prepared: ({ shown, run }) =>
    shown.plan.length === 0 ? null : { label: "Open the workshop", act: () => run({ type: "open" }) },
  ended: () => null,
  between: (leading) => onStep(leading, leading.shown.plan.some(isTouched) ? "Go on" : "Begin"),
  deleted: ({ shown: { current }, run }) =>
    current && { label: "Skip it", act: () => run({ type: "skip", itemId: current.itemId }) },
  propose: ({ shown: { current }, run }) =>
    current && { label: "Reveal", act: () => run({ type: "reveal", itemId: current.itemId }) },
  settle: ({ draft, record }) =>
    settlementOf(draft) === null ? null : { label: "Put it on the table", act: () => void record() },
  outdated: ({ lookAgain }) => ({ label: "Look again", act: lookAgain }),
  confirm: confirmStep,
  done: (leading) => onStep(leading, "Go on"),
};

function onStep({ next, go, open }: Leading, label: string): Step {
  return next === null ? { label: "End the workshop", act: () => open("end") } : { label, act: () => go(next) };
}

function confirmStep({ shown: { current }, room, yours, run, next, go }: Leading): Step {
  const number = yours.may.confirm;
  if (number === null || !current) return next === null ? null : { label: "Go on meanwhile", act: () => go(next) };
  const mine = room.parties.find(({ partyId }) => partyId === yours.partyId)?.name ?? "your party";
  return { label: `Confirm for ${mine}`, act: () => run({ type: "confirm", itemId: current.itemId, number }) };
}

function differencesStep({ shown, lists, setView, go, revealAll, recordAll, confirmAll }: Leading): Step {
  if (lists.toReveal.length > 0) return { label: "Reveal them", act: revealAll };
  if (lists.toRecord.length > 0) return { label: "Put the agreed ones on the table", act: recordAll };
  if (lists.toConfirm.length > 0) return { label: "Confirm the agreed ones", act: confirmAll };
  const [first] = shown.differences;
  return first === undefined
    ? { label: "Back to the stage", act: () => setView("item") }
    : { label: "Talk about the first", act: () => go(first) };
}

/** The other ways on from here, each with its key. */
export function otherWays(leading: Leading): Way[] {
  const { shown, view, moment, next, yours, open, lookAgain, go, run } = leading;
  const { stage, current } = shown;
  if (stage !== "open" || view !== "item") return [];
  const undo: Way[] = undoWay(leading);
  if (!current) return undo;
  const { itemId, revealed } = current;
  const isDone = moment === "done";
  const reopen: Way = { key: "R", label: "Reopen", act: () => run({ type: "reopen", itemId }) };
  if (isDone) return [...undo, reopen];
  const goesOnByItself = moment === "confirm" && yours.may.confirm === null;
  const ways: [holds: boolean, way: Way][] = [
    [revealed !== null, reopen],
    [moment === "confirm", { key: "C", label: "Change it", act: lookAgain }],
    [moment !== "deleted", { key: "S", label: "Skip", act: () => run({ type: "skip", itemId }) }],
    // What can be settled has both beside its other choices.
    [moment === "propose", { key: "P", label: "Park", act: () => open("park") }],
    [next !== null && !goesOnByItself, { key: "→", label: "Next", act: () => next !== null && go(next) }],
  ];
  return [...undo, ...ways.flatMap(([holds, way]) => (holds ? [way] : []))];
}

/** Takes back the facilitator's own last step, where that is possible; its title says which. */
function undoWay({ shown, yours, run }: Leading): Way[] {
  const { undo } = yours.may;
  if (undo === null || shown.stage !== "open") return [];
  return [{ key: "U", label: "Undo", title: undo, act: () => run({ type: "undo" }) }];
}

/** What is to know before going on, in a sentence. */
export function hintWords({ shown, view, moment, next, yours, draft }: Leading): string {
  const { plan, current } = shown;
  if (view !== "item") return "";
  const hints: Record<Moment, () => string> = {
    prepared: () =>
      plan.length === 0 ? "" : "Once it is open, people join by digits too. The time runs from the first item on.",
    ended: () => "",
    between: () => (next === null ? "Nothing is left to talk about." : waitingWords(yours)),
    deleted: () => "",
    propose: () => proposeWords(current),
    settle: () =>
      settlementOf(draft) === null ? "Choose what it is settled by." : "Both hosts confirm on their own screens.",
    outdated: () => "The board changed under what is on the table.",
    confirm: () => "Both hosts confirm on their own screens.",
    done: () => (next === null ? "That was the last of the plan." : ""),
  };
  return hints[moment]();
}

function proposeWords(current: Leading["shown"]["current"]): string {
  if (!current) return "";
  if (!current.seats.some(({ sealed }) => sealed)) return "Everybody proposes on their own phone, in secret.";
  return current.leavesOut;
}

function waitingWords({ waiting }: YoursView): string {
  if (waiting.length === 0) return "";
  return waiting.length === 1 ? "One person waits to be let in." : `${waiting.length} people wait to be let in.`;
}

/** What each key does at this moment, besides Space. */
export function keysOf(leading: Leading): StageKeys {
  const { shown, view, setView, moment, back, next, yours, writeNote, open, go, choose, pause, admitAll } = leading;
  const { stage, current, timer } = shown;
  const onItem = stage === "open" && view === "item" && current !== null;
  const toggle = (one: typeof view) => setView(view === one ? "item" : one);
  const named = otherWays(leading).map(({ key, act }): [string, () => void] => [
    key === "→" ? "ArrowRight" : key.toLowerCase(),
    act,
  ]);
  const digits = Array.from({ length: 9 }, (_, n): [string, () => void] => [String(n + 1), () => choose(n + 1)]);
  const settling: [string, () => void][] = [
    ...digits,
    ["p", () => open("park")],
    ["d", () => open("dispute")],
    ["n", writeNote],
  ];
  return Object.fromEntries<() => void>([
    ["Escape", () => setView("item")],
    ["?", () => open("keys")],
    ...named,
    ...undoWay(leading).map(({ act }) => ["Control z", act] as const),
    ...(onItem && moment === "settle" ? settling : []),
    ...(back === null ? [] : [["ArrowLeft", () => go(back)] as const]),
    ...(onItem && next !== null ? [["ArrowRight", () => go(next)] as const] : []),
    ...(onItem && moment !== "done" && timer ? [["t", pause] as const] : []),
    ...(stage === "open"
      ? ([
          ["l", () => toggle("plan")],
          ["o", () => toggle("differences")],
          ["e", () => open("end")],
        ] as const)
      : []),
    ...(yours.waiting.length > 0 ? [["a", admitAll] as const] : []),
  ]);
}
