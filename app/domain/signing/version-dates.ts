import { dayWords, momentWords } from "../day-words";
import type { VersionStatus } from "./sign-off";

/** A version with the moment it was agreed (ISO 8601) and its effective date (YYYY-MM-DD). */
type AgreedVersion = {
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
