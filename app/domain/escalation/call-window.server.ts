import { answersOf, NOBODY_BEHIND } from "../cover/calls.server";
import { presenceOf } from "../cover/cover.server";
import { hoursWithin } from "../cover/hours-within.server";
import { momentAfter } from "../cover/path-clock.server";
import type { Span } from "../cover/spans";
import { MINUTE_MS } from "../cover/wall-time";
import { wholeDays } from "../cover/zoned.server";
import { DAY_MS, dayIn, isTimeZone } from "../days";
import { sameJson } from "../equal";
import type { Channel, EscalationPath, Level } from "../matrix/escalation-shapes";
import type { Matrix } from "../matrix/matrix";
import { indexOf } from "../matrix/owner";
import { CHANNELS, clockWords, levelsInOrder, levelTime, PATH_KINDS } from "../parts/paths";
import { callPathOf } from "./call-path-of";
import { silenceWords } from "./calls-words.server";
import { sameAnswers, type AnswerSpan, type CallContact, type CallWindow, type WindowPath } from "./right-now";
import { staffingOf, type Behind } from "./staffing-of";

/** For how long ahead it is worked out who answers: over a weekend night and the day after, with the network gone. */
const WINDOW_MS = 2 * DAY_MS;
/** It begins a little earlier, for devices whose clock is behind by less than is corrected. */
const EARLIER_MS = 5 * MINUTE_MS;

/** A version that both sides agreed, to say whether the draft's paths are those. */
type Agreed = { number: number; matrix: Pick<Matrix, "paths"> };

/** Who answers at each level of each path from a moment on, for two days. */
export function callWindow(matrix: Matrix, behind: Behind, agreed: Agreed | null, now: number): CallWindow {
  const window = { from: now - EARLIER_MS, to: now + WINDOW_MS };
  const answers = answersWithin(matrix, behind, window);
  const paths = matrix.paths.map((path) => windowPath(path, matrix, agreed, window, answers));
  const called = new Set(
    paths.flatMap(({ levels }) =>
      levels.flatMap(({ calls }) =>
        calls.flatMap(({ spans }) => spans.flatMap((span) => span.answers.map(({ personId }) => personId))),
      ),
    ),
  );
  const contacts = behind.people.flatMap(({ id, name, phones, email, lastVerified }): [string, CallContact][] =>
    called.has(id) ? [[id, { name, phones, email, lastVerified }]] : [],
  );
  return { ...window, workedOutAt: now, paths, contacts: Object.fromEntries(contacts) };
}

type AnswersWithin = (roleId: string, channels: Level["channels"]) => AnswerSpan[];

/** Who answers for a role within a window. Who holds a role changes with the day, so each day is looked at by itself. */
function answersWithin(matrix: Matrix, behind: Behind, window: Span): AnswersWithin {
  const days = daysOf(window, zoneOfDays(matrix)).map(({ day, span }) => {
    const staffed = staffingOf(matrix, behind, day);
    return { span, staffed, hoursUnknown: new Set(staffed.hoursUnknown.map(({ roleId }) => roleId)) };
  });
  const presences = new Map<string, ReturnType<typeof presenceOf>[]>();
  return (roleId, channels) => {
    const presence =
      presences.get(roleId) ??
      days.map(({ span, staffed }) =>
        presenceOf(staffed.staffing.get(roleId) ?? NOBODY_BEHIND, staffed.absences, span),
      );
    presences.set(roleId, presence);
    const joined: AnswerSpan[] = [];
    for (const [i, { staffed, hoursUnknown }] of days.entries())
      for (const there of presence[i] ?? []) {
        const { answers, silence } = answersOf(
          staffed.staffing.get(roleId) ?? NOBODY_BEHIND,
          there,
          staffed.reachable,
          channels.length === 0 ? "any" : channels,
        );
        const next = {
          from: there.from,
          to: there.to,
          answers: answers.map((answer) => ({ ...answer, channel: isChannel(answer.channel) ? answer.channel : null })),
          why: silence && silenceWords(silence, roleId, hoursUnknown),
        };
        const last = joined.at(-1);
        if (last && last.why === next.why && sameAnswers(last, next)) last.to = next.to;
        else joined.push(next);
      }
    return joined;
  };
}

function isChannel(name: string): name is Channel {
  return Object.hasOwn(CHANNELS, name);
}

/** The zone by which days change for holders: that of the client's working hours, else the provider's. */
function zoneOfDays(matrix: Pick<Matrix, "hours" | "parties" | "roles">): string {
  const { client, provider } = indexOf(matrix);
  const zones = [client?.id, provider?.id].flatMap(
    (partyId) => matrix.hours.find((hours) => hours.partyId === partyId)?.timeZone ?? [],
  );
  return zones.find(isTimeZone) ?? "UTC";
}

/** The days of a zone that a window touches, each with its part of the window. */
function daysOf(window: Span, timeZone: string): { day: string; span: Span }[] {
  const days: { day: string; span: Span }[] = [];
  for (let from = window.from; from < window.to;) {
    const day = dayIn(timeZone, new Date(from));
    const to = Math.min(window.to, Math.max(from + 1, wholeDays(timeZone, day, day).to));
    days.push({ day, span: { from, to } });
    from = to;
  }
  return days;
}

function windowPath(
  path: EscalationPath,
  matrix: Matrix,
  agreed: Agreed | null,
  window: Span,
  answersOfRole: AnswersWithin,
): WindowPath {
  const { id, name, kind, trigger, examples, lastResort } = path;
  const { role, party } = indexOf(matrix);
  return {
    id,
    name,
    kind: PATH_KINDS[kind],
    trigger,
    examples,
    clock: windowClock(path, matrix, window),
    levels: levelsInOrder(path.levels).map(({ level }) => ({
      minutes: level.minutes,
      when: levelTime(level),
      channels: level.channels,
      mayDecide: level.decides,
      may: level.may,
      calls: level.calls.map(({ roleId }) => {
        const called = role.get(roleId);
        const side = called && party.get(called.partyId);
        return {
          role: called?.name ?? "A deleted role",
          party: side ? { name: side.name, kind: side.kind } : null,
          spans: answersOfRole(roleId, level.channels),
        };
      }),
    })),
    lastResort: lastResort.trim(),
    standing: standingOf(path, agreed),
  };
}

function windowClock(path: EscalationPath, matrix: Matrix, window: Span): WindowPath["clock"] {
  if (path.clock.kind === "always") return { kind: "always" };
  const words = clockWords(path.clock, matrix);
  const callPath = callPathOf(path, matrix);
  if (!callPath.ok) return { kind: "wrong", words, wrong: callPath.rejection.message };
  const { clock } = callPath.value;
  return { kind: "hours", words, runs: hoursWithin(clock, window), next: momentAfter(clock, window.to, 0) };
}

function standingOf(path: EscalationPath, agreed: Agreed | null): string {
  if (!agreed) return "Not agreed yet";
  const signed = agreed.matrix.paths.find(({ id }) => id === path.id);
  if (!signed) return `Not in version ${agreed.number}, the last one agreed`;
  return sameJson(agreedPart(signed), agreedPart(path))
    ? `As agreed in version ${agreed.number}`
    : `Changed since version ${agreed.number}, the last one agreed`;
}

/** A path without what was said of it, which no version signs. */
function agreedPart({ marks: _marks, ruling: _ruling, ...path }: EscalationPath) {
  return path;
}
