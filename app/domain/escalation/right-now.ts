import type { Span, Spans } from "../cover/spans";
import { MINUTE_MS } from "../cover/wall-time";
import type { Channel } from "../matrix/escalation-shapes";
import type { PartyKind } from "../matrix/shapes";

/** The ways to reach somebody who may be called, and the day (YYYY-MM-DD) on which they were last checked. */
export type CallContact = {
  name: string;
  phones: { label: string; number: string }[];
  email: string;
  lastVerified: string | null;
};

/** Somebody who answers for a role, by the first channel of the level that works for them. */
type WindowAnswer = { personId: string; state: "on-shift" | "on-call"; channel: Channel | null };

/** Throughout a span the same people answer for a role, in the order in which they are called; `why` says in words why nobody does. */
export type AnswerSpan = Span & { answers: WindowAnswer[]; why: string | null };

type WindowCall = { role: string; party: { name: string; kind: PartyKind } | null; spans: AnswerSpan[] };

/** A level of a path; its spans fill the window without a gap. */
type WindowLevel = {
  minutes: number;
  /** When it is reached, such as “After 15 minutes”. */
  when: string;
  /** The channels in the order in which they are tried; empty where any will do. */
  channels: Channel[];
  mayDecide: boolean;
  may: string;
  calls: WindowCall[];
};

/** Whose minutes a path counts, and when they run within the window and next after it; `wrong` says why it can't be followed. */
type WindowClock =
  | { kind: "always" }
  | { kind: "hours"; words: string; runs: Spans; next: number | null }
  | { kind: "wrong"; words: string; wrong: string };

export type WindowPath = {
  id: string;
  name: string;
  kind: string;
  trigger: string;
  /** Texts beside the trigger that a search finds the path by. */
  examples: string;
  clock: WindowClock;
  levels: WindowLevel[];
  lastResort: string;
  /** Whether it is what both sides agreed, in words. */
  standing: string;
};

/** Who answers at every level of every path throughout the next hours, as it was known at one moment. Moments are milliseconds since 1970. */
export type CallWindow = Span & {
  /** When it was worked out, by the server's clock. */
  workedOutAt: number;
  paths: WindowPath[];
  contacts: Record<string, CallContact>;
};

/** A role of a level as it is now. */
type CallNow = {
  role: string;
  party: WindowCall["party"];
  answers: WindowAnswer[];
  why: string | null;
  /** Where others answer, or nobody does, once the level is reached: when that is, and who does. */
  once: { at: number; answers: WindowAnswer[]; why: string | null } | null;
};

/** A path that is begun now: whether its clock runs, and who answers at each level. */
export type PathNow = {
  /** The moment from which its clock runs, where it doesn't yet; null where that isn't known. */
  stands: { until: number | null } | null;
  levels: (Omit<WindowLevel, "calls"> & { calls: CallNow[] })[];
};

/** Who answers at each level of a path now, and once a path begun now reaches it; null for a moment outside the window, of which nothing is known. */
export function pathAt(path: WindowPath, { from, to }: Span, now: number): PathNow | null {
  if (now < from || now >= to) return null;
  const starts = momentAfter(path.clock, now, 0);
  return {
    stands: starts === now ? null : { until: starts },
    levels: path.levels.map((level) => {
      const reached = momentAfter(path.clock, now, level.minutes);
      return { ...level, calls: level.calls.map((call) => callAt(call, now, reached)) };
    }),
  };
}

function callAt({ role, party, spans }: WindowCall, now: number, reached: number | null): CallNow {
  const { answers, why } = spanAt(spans, now) ?? UNKNOWN;
  const then = reached === null ? null : spanAt(spans, reached);
  const differs = then && !sameAnswers(then, { answers });
  return {
    role,
    party,
    answers,
    why,
    once: differs && reached !== null ? { at: reached, answers: then.answers, why: then.why } : null,
  };
}

const UNKNOWN = { answers: [], why: "Not known" };

function spanAt(spans: readonly AnswerSpan[], moment: number): AnswerSpan | null {
  return spans.find(({ from, to }) => from <= moment && moment < to) ?? null;
}

/** Whether the same people answer in the same state by the same channels. */
export function sameAnswers(a: Pick<AnswerSpan, "answers">, b: Pick<AnswerSpan, "answers">): boolean {
  return (
    a.answers.length === b.answers.length &&
    a.answers.every(({ personId, state, channel }, i) => {
      const other = b.answers[i];
      return personId === other?.personId && state === other.state && channel === other.channel;
    })
  );
}

/** The moment at which so many minutes of a path's clock have passed; null where that isn't within what is known of the clock. */
function momentAfter(clock: WindowClock, start: number, minutes: number): number | null {
  if (clock.kind === "wrong") return null;
  if (clock.kind === "always") return start + minutes * MINUTE_MS;
  let left = minutes * MINUTE_MS;
  for (const span of clock.runs) {
    const from = Math.max(span.from, start);
    if (from >= span.to) continue;
    if (left < span.to - from) return from + left;
    left -= span.to - from;
  }
  return minutes === 0 ? clock.next : null;
}

/** How far a device's clock is ahead of the server's, in milliseconds, where that is more than an answer takes to arrive; else 0. */
export function clockError(deviceTime: number, serverTime: number): number {
  const ahead = deviceTime - serverTime;
  return Math.abs(ahead) > TOLERATED_MS ? ahead : 0;
}

const TOLERATED_MS = 2 * MINUTE_MS;
