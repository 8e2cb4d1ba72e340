import { dayWords, momentWords } from "../day-words";
import type { VersionStatus } from "./sign-off";

/** A version with the moment it was agreed (ISO 8601) and its effective date (YYYY-MM-DD). */
export type AgreedVersion = {
  number: number;
  status: VersionStatus;
  agreedAt: string | null;
  effectiveDate: string | null;
};

/**
 * The start of an agreed version's validity: its effective date (YYYY-MM-DD), or the moment it was agreed (ISO 8601) if
 * that is later. `dayOf` gives the day of a moment in the reader's time zone.
 */
export function effectiveFrom(
  { agreedAt, effectiveDate }: { agreedAt: string; effectiveDate: string | null },
  dayOf: (at: Date) => string,
): string {
  return effectiveDate !== null && effectiveDate > dayOf(new Date(agreedAt)) ? effectiveDate : agreedAt;
}

/**
 * The version in force on a day in the reader's time zone: the newest one that was agreed and effective by then. Null
 * when there is none.
 */
export function agreedVersionInForce<T extends AgreedVersion>(
  versions: readonly T[],
  day: string,
  dayOf: (at: Date) => string,
): T | null {
  const effective = versions.filter(
    ({ agreedAt, effectiveDate }) =>
      agreedAt !== null && dayOf(new Date(agreedAt)) <= day && (effectiveDate ?? day) <= day,
  );
  return effective.reduce<T | null>(
    (newest, one) => (newest === null || one.number > newest.number ? one : newest),
    null,
  );
}

/**
 * How a version stands on a day. An agreed one is in force, agreed for later, or superseded, by the effective dates: the
 * next agreed version takes its place on the day on which that one takes effect, and not when it is agreed. `since` and
 * `from` are a day, or a moment where a version holds from the moment it was agreed.
 */
export type Phase =
  | { kind: "proposed" | "withdrawn" }
  | { kind: "in-force"; since: string; until: { from: string; number: number } | null }
  | { kind: "later"; from: string }
  | { kind: "superseded"; by: number; on: string; tookEffect: boolean };

/** How a version stands on a day, among all versions of its matrix. */
export function phaseOf(
  version: AgreedVersion,
  versions: readonly AgreedVersion[],
  day: string,
  dayOf: (at: Date) => string,
): Phase {
  const start = startOf(version, dayOf);
  if (start === null) return { kind: version.status === "withdrawn" ? "withdrawn" : "proposed" };
  const next = successorOf(version, versions, dayOf);
  if (next && (next.start.day <= day || next.start.day <= start.day))
    return { kind: "superseded", by: next.number, on: next.start.at, tookEffect: start.day < next.start.day };
  return start.day > day
    ? { kind: "later", from: start.at }
    : { kind: "in-force", since: start.at, until: next && { from: next.start.at, number: next.number } };
}

/** The status of a version as it is told on a day: a superseded one is agreed until the next one takes effect. */
export function toldStatus(
  version: AgreedVersion,
  versions: readonly AgreedVersion[],
  day: string,
  dayOf: (at: Date) => string,
): VersionStatus {
  return version.status === "superseded" && phaseOf(version, versions, day, dayOf).kind !== "superseded"
    ? "agreed"
    : version.status;
}

/** How a version stands, in words that follow its number. */
export function phaseWords(phase: Phase): string {
  switch (phase.kind) {
    case "in-force":
      return phase.until
        ? `in force until version ${phase.until.number} takes its place on ${momentWords(phase.until.from)}`
        : `in force since ${momentWords(phase.since)}`;
    case "later":
      return `agreed, in force from ${momentWords(phase.from)}`;
    case "superseded":
      return phase.tookEffect
        ? `superseded by version ${phase.by} on ${momentWords(phase.on)}`
        : `superseded by version ${phase.by} before it took effect`;
    default:
      return phase.kind;
  }
}

type Start = { /** A day, or a moment. */ at: string; day: string };

function startOf({ agreedAt, effectiveDate }: AgreedVersion, dayOf: (at: Date) => string): Start | null {
  if (agreedAt === null) return null;
  const at = effectiveFrom({ agreedAt, effectiveDate }, dayOf);
  return { at, day: at === agreedAt ? dayOf(new Date(agreedAt)) : at };
}

/** The newer agreed version that takes effect first, and with that the place of a version. */
export function successorOf<T extends AgreedVersion>(
  { number }: Pick<AgreedVersion, "number">,
  versions: readonly T[],
  dayOf: (at: Date) => string,
): { number: number; start: Start } | null {
  const newer = versions.flatMap((other) => {
    const start = other.number > number ? startOf(other, dayOf) : null;
    return start ? [{ number: other.number, start }] : [];
  });
  return (
    newer.sort((a, b) => (a.start.day < b.start.day ? -1 : a.start.day > b.start.day ? 1 : a.number - b.number))[0] ??
    null
  );
}

/** A version with its time of publication (ISO 8601) and its effective date (YYYY-MM-DD). */
type Dated = { number: number; status: VersionStatus; publishedAt: string; effectiveDate: string | null };

/** The tolerated difference, in milliseconds, between the clocks of one installation's machines. */
const CLOCK_TOLERANCE_MS = 60_000;

/** The version before a number: the newest earlier one that wasn't withdrawn. Null for the first. */
export function precedingVersion<T extends Pick<Dated, "number" | "status">>(
  number: number,
  versions: readonly T[],
): T | null {
  const before = versions.filter((other) => other.number < number && other.status !== "withdrawn");
  return before.reduce<T | null>((newest, one) => (newest === null || one.number > newest.number ? one : newest), null);
}

/**
 * Remarks on inconsistent dates of a version, as sentences for those who publish, sign or read it. Nothing is refused,
 * because both sides may want to bring a date forward, but every page of the version shows the remarks.
 */
export function dateRemarks(version: Dated, versions: readonly Dated[]): string[] {
  const previous = versions.find(({ number }) => number === version.number - 1);
  return [...effectRemark(version, precedingVersion(version.number, versions)), ...clockRemark(version, previous)];
}

/** The remark on the effective date alone, to be shown while a person chooses it. */
export function effectRemark(
  { number, effectiveDate }: Pick<Dated, "number" | "effectiveDate">,
  follows: Pick<Dated, "number" | "effectiveDate"> | null,
): string[] {
  if (!follows?.effectiveDate || !effectiveDate || effectiveDate >= follows.effectiveDate) return [];
  return [
    `The effective date is ${dayWords(effectiveDate)}, before that of version ${follows.number}, ${dayWords(follows.effectiveDate)}. Once it is agreed, version ${number} holds from its own day, or from the day it is agreed where that is later, and version ${follows.number} no more.`,
  ];
}

function clockRemark({ number, publishedAt }: Dated, previous: Dated | undefined): string[] {
  if (!previous || Date.parse(publishedAt) >= Date.parse(previous.publishedAt) - CLOCK_TOLERANCE_MS) return [];
  return [
    `Version ${number} bears an earlier time than version ${previous.number}, ${momentWords(previous.publishedAt)}: a clock was wrong when one of them was published. The numbers say which came first.`,
  ];
}
