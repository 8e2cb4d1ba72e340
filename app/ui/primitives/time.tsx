import { useSyncExternalStore } from "react";
import { dayWords } from "~/domain/day-words";
import { dayOf, localDay, utcDay } from "~/domain/days";

/** A calendar day without a time zone; nothing is shifted. */
export function Day({ day }: { day: string }) {
  return <time dateTime={day}>{dayWords(day)}</time>;
}

const twoDigits = (value: number) => String(value).padStart(2, "0");

function zoneName(date: Date): string {
  const part = new Intl.DateTimeFormat("en-GB", { timeZoneName: "short" })
    .formatToParts(date)
    .find(({ type }) => type === "timeZoneName");
  return part?.value ?? "local time";
}

function inUtc(date: Date, withTime: boolean): string {
  const day = dayWords(utcDay(date));
  return withTime ? `${day}, ${twoDigits(date.getUTCHours())}:${twoDigits(date.getUTCMinutes())} UTC` : day;
}

function inReadersZone(date: Date, withTime: boolean): string {
  const day = dayWords(localDay(date));
  return withTime ? `${day}, ${twoDigits(date.getHours())}:${twoDigits(date.getMinutes())} ${zoneName(date)}` : day;
}

/** Formats a moment in the reader's time zone and names the zone. */
export function ownMomentWords(date: Date): string {
  return inReadersZone(date, true);
}

/** The time zone of the reader's machine, such as Europe/London. */
export function ownZone(): string {
  return Intl.DateTimeFormat().resolvedOptions().timeZone;
}

const never = () => () => undefined;

/**
 * Whether the page is hydrated. It is false on the server and in the first render of the browser, so that both render
 * the same.
 */
export function useHydrated(): boolean {
  return useSyncExternalStore(
    never,
    () => true,
    () => false,
  );
}

/** Today in the reader's time zone, as YYYY-MM-DD; before hydration the day on which the page was loaded, in UTC. */
export function useOwnDay(loaded: string): string {
  return useHydrated() ? localDay(new Date()) : dayOf(loaded);
}

/** The day of a moment in the reader's time zone; before hydration in UTC. */
export function useDayOf(): (iso: string) => string {
  const hydrated = useHydrated();
  return (iso) => (hydrated ? localDay(new Date(iso)) : utcDay(new Date(iso)));
}

/** A moment in the reader's time zone, which is named; before hydration in UTC. The exact moment is in the title. */
export function Time({ iso, withTime = false }: { iso: string; withTime?: boolean }) {
  const hydrated = useHydrated();
  const date = new Date(iso);
  return (
    <time dateTime={iso} title={hydrated ? inReadersZone(date, true) : inUtc(date, true)}>
      {hydrated ? inReadersZone(date, withTime) : inUtc(date, withTime)}
    </time>
  );
}

/** When something happened: a moment, or only the day if no more is known. */
export function When({ at, withTime = false }: { at: string; withTime?: boolean }) {
  return at.length > 10 ? <Time iso={at} withTime={withTime} /> : <Day day={at} />;
}
