import {
  checkPlan,
  editedPlan,
  planHash,
  takenBack,
  type Plan,
  type PlanEdit,
  type PlanField,
} from "~/domain/workshop/planning";
import type { AskAnswer } from "../ask-workshop";

/** Whether what was changed is stored: it is, it is on its way, it waits here, or some of it was refused. */
export type PlanSave =
  | { kind: "saved" }
  | { kind: "saving" }
  | { kind: "waiting"; unsent: number; message: string }
  | { kind: "refused"; field: PlanField | null; message: string };

/** A plan on screen. */
export type PlanOnScreen = { plan: Plan; save: PlanSave; canUndo: boolean };

/** The edits of one change, which are undone together. */
type Step = readonly PlanEdit[];

type StoreOptions = {
  /** Asks the server for a plan made from the one with the hash `from`. */
  ask: (plan: Plan, from: string) => Promise<AskAnswer>;
  /** Keeps what isn't stored yet where it survives a reload; nothing is kept of an empty list. */
  keep: (steps: readonly Step[]) => void;
  delayMs: number;
};

/** A change that comes this soon after one of the same kind is undone together with it. */
const ONE_CHANGE_MS = 2_000;
const TRY_AGAIN_MS = 4_000;
const STORED: PlanSave = { kind: "saved" };
const FIELDS: ReadonlySet<string> = new Set<PlanField>(["title", "minutes", "items"]);
const isField = (code: string | null): code is PlanField => code !== null && FIELDS.has(code);
/** The server answers with these where it can't do it now, and can later. */
const isLater = (status: number) => status === 0 || status === 408 || status === 429 || status >= 500;
/** The server answers with these where what was sent isn't right. Where it is the sender who isn't let in, they may be again. */
const isWrong = (status: number) => [400, 409, 413, 422].includes(status);

/**
 * A plan while it is edited: the server's, with the changes on top of it that aren't stored yet. What other windows
 * change arrives below them, so that neither takes back what the other did. One request is on its way at a time.
 */
export function planStore(first: { sequence: number; plan: Plan }, { ask, keep, delayMs }: StoreOptions) {
  let server = first;
  let steps: readonly Step[] = [];
  let undos: { edits: Step; of: string; at: number }[] = [];
  let save: PlanSave = STORED;
  let sending: Promise<boolean> | null = null;
  /** Once something of several changes was refused, each is sent by itself, so that the others are stored. */
  let oneByOne = false;
  /** The sequence that the page has to have seen before the plan is sent again. */
  let behind = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  /** Whether a page shows it: a page that was left tries nothing again by itself. */
  let shown = true;
  const listeners = new Set<() => void>();
  let onScreen = snapshot();

  function snapshot(): PlanOnScreen {
    return { plan: withSteps(steps), save, canUndo: undos.length > 0 };
  }

  function withSteps(some: readonly Step[]): Plan {
    return some.flat().reduce(editedPlan, server.plan);
  }

  function changed(): void {
    onScreen = snapshot();
    for (const listener of listeners) listener();
  }

  function setSteps(next: readonly Step[]): void {
    steps = next;
    keep(next);
  }

  function later(ms: number): void {
    clearTimeout(timer);
    if (shown) timer = setTimeout(() => void flush(), ms);
  }

  function put(step: Step): void {
    setSteps([...steps, step]);
    if (save.kind !== "waiting") save = { kind: "saving" };
    else save = { ...save, unsent: steps.length };
    changed();
    later(delayMs);
  }

  /**
   * Changes the plan, and gives the refusal where the plan would not be right. `of` names what is changed: typing on in
   * the same field is one change.
   */
  function edit(edits: Step, of: string, now: number): { field: PlanField; message: string } | null {
    const before = onScreen.plan;
    let next = before;
    const back: PlanEdit[] = [];
    for (const one of edits) {
      back.unshift(...takenBack(next, one));
      next = editedPlan(next, one);
    }
    const checked = checkPlan(next);
    if (!checked.ok) {
      const { code, message } = checked.rejection;
      return { field: isField(code) ? code : "items", message };
    }
    if (planHash(next) === planHash(before)) return null;
    const last = undos.at(-1);
    if (last?.of === of && now - last.at < ONE_CHANGE_MS) undos = [...undos.slice(0, -1), { ...last, at: now }];
    else undos = [...undos, { edits: back, of, at: now }];
    put(edits.map((one) => (one.type === "title" ? { type: "title", title: checked.value } : one)));
    return null;
  }

  function undo(): boolean {
    const last = undos.at(-1);
    if (!last) return false;
    undos = undos.slice(0, -1);
    put(last.edits);
    return true;
  }

  /** What the page shows of the server's plan. */
  function hear(sequence: number, plan: Plan): void {
    if (sequence < server.sequence) return;
    const same = planHash(plan) === planHash(server.plan);
    server = { sequence, plan };
    if (!same) changed();
    if (behind > 0 && sequence >= behind) {
      behind = 0;
      void flush();
    }
  }

  /** Sends what isn't stored yet; resolves to whether everything is. */
  function flush(): Promise<boolean> {
    clearTimeout(timer);
    sending ??= sendAll().finally(() => (sending = null));
    return sending;
  }

  async function sendAll(): Promise<boolean> {
    while (steps.length > 0) {
      const sent = oneByOne ? steps.slice(0, 1) : steps;
      const wanted = withSteps(sent);
      const answer = await ask(wanted, planHash(server.plan));
      if (answer.status === 200 && answer.code === null && answer.sequence !== null) {
        if (answer.sequence >= server.sequence) server = { sequence: answer.sequence, plan: wanted };
        setSteps(steps.slice(sent.length));
        if (save.kind !== "refused") save = steps.length === 0 ? STORED : { kind: "saving" };
      } else if (answer.code === null && !isWrong(answer.status)) {
        save = { kind: "waiting", unsent: steps.length, message: answer.unreachable ? "" : (answer.refused ?? "") };
        changed();
        if (isLater(answer.status)) later(TRY_AGAIN_MS);
        return false;
      } else if (answer.code === "plan-changed") {
        behind = answer.sequence ?? 0;
        // What the other window changed is on its way to the page, or there already.
        if (server.sequence < behind) {
          later(TRY_AGAIN_MS);
          return false;
        }
        behind = 0;
      } else if (sent.length > 1) {
        oneByOne = true;
      } else {
        const { code, refused } = answer;
        save = { kind: "refused", field: isField(code) ? code : null, message: refused ?? "" };
        setSteps(steps.slice(sent.length));
        undos = [];
      }
      changed();
    }
    oneByOne = false;
    if (save.kind !== "refused" && save.kind !== "saved") {
      save = STORED;
      changed();
    }
    return true;
  }

  return {
    edit,
    /** Takes up what an earlier page couldn't store. What doesn't fit the plan any more is left. */
    adopt(earlier: readonly Step[]) {
      const fitting = earlier.filter((step) => checkPlan(step.reduce(editedPlan, onScreen.plan)).ok);
      if (fitting.length === 0) return;
      setSteps([...fitting, ...steps]);
      save = { kind: "saving" };
      changed();
      void flush();
    },
    undo,
    hear,
    flush,
    /** Closes the sentence about what was refused. */
    dismiss() {
      save = steps.length > 0 ? { kind: "saving" } : STORED;
      changed();
    },
    /** The page is shown, or is being left, which stores what isn't stored yet. */
    show(is: boolean) {
      shown = is;
      if (!is) void flush();
    },
    hasUnsent: () => steps.length > 0,
    onScreen: () => onScreen,
    subscribe(listener: () => void) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}
