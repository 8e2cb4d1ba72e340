import { dayWords, momentWords } from "../day-words";
import type { VersionStatus } from "./sign-off";

/** When a version was agreed and from which day it holds. Days are written YYYY-MM-DD, moments as ISO 8601. */
export type Agreed = { number: number; status: VersionStatus; agreedAt: string | null; effectiveDate: string | null };

/**
 * From when an agreed version holds: its effective date, but never before it was agreed, which is a moment. `dayOf` says on
 * which day that moment fell for whoever asks.
 */
export function holdsFrom(
  { agreedAt, effectiveDate }: { agreedAt: string; effectiveDate: string | null },
  dayOf: (at: Date) => string,
): string {
  return effectiveDate !== null && effectiveDate > dayOf(new Date(agreedAt)) ? effectiveDate : agreedAt;
}

/** The version in force on a day of whoever asks: of those agreed that hold from then or before, the newest. Null before the first. */
export function inForceOn<T extends Agreed>(
  versions: readonly T[],
  day: string,
  dayOf: (at: Date) => string,
): T | null {
  const holding = versions.filter(
    ({ agreedAt, effectiveDate }) =>
      agreedAt !== null && dayOf(new Date(agreedAt)) <= day && (effectiveDate ?? day) <= day,
  );
  return holding.reduce<T | null>(
    (newest, one) => (newest === null || one.number > newest.number ? one : newest),
    null,
  );
}

/** A version's place in time: when it was published, and from which day it is to hold. */
type Dated = { number: number; status: VersionStatus; publishedAt: string; effectiveDate: string | null };

/** Clocks of one installation's machines may differ by so much. */
const APART_MS = 60_000;

/** The version that one of this number follows: the newest before it that wasn't withdrawn. Null for the first. */
export function followedBy<T extends Pick<Dated, "number" | "status">>(
  number: number,
  versions: readonly T[],
): T | null {
  const before = versions.filter((other) => other.number < number && other.status !== "withdrawn");
  return before.reduce<T | null>((newest, one) => (newest === null || one.number > newest.number ? one : newest), null);
}

/**
 * What is out of order in a version's dates, in sentences for whoever publishes, signs or reads it. Both sides may mean
 * to bring a day forward, so nothing is refused; what it leads to is said wherever the version is shown.
 */
export function dateRemarks(version: Dated, versions: readonly Dated[]): string[] {
  const previous = versions.find(({ number }) => number === version.number - 1);
  return [...effectRemark(version, followedBy(version.number, versions)), ...clockRemark(version, previous)];
}

/** The same for the day alone, as somebody is about to choose it. */
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
  if (!previous || Date.parse(publishedAt) >= Date.parse(previous.publishedAt) - APART_MS) return [];
  return [
    `Version ${number} bears an earlier time than version ${previous.number}, ${momentWords(previous.publishedAt)}: a clock was wrong when one of them was published. The numbers say which came first.`,
  ];
}
