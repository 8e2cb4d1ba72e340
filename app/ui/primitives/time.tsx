import { useSyncExternalStore } from "react";
import { dayWords } from "~/domain/day-words";
import { dayOf, localDay, utcDay } from "~/domain/days";

/** A calendar day without a time zone; nothing is shifted. */
export function Day({ day }: { day: string }) {
  return <time dateTime={day}>{dayWords(day)}</time>;
}

const twoDigits = (value: number) => String(value).padStart(2, "0");

function zoneName(date: Date): string {
  const part = new Intl.DateTimeFormat("en-GB", { timeZoneName: "short" }).formatToParts(date).find(({ type }) => type === "timeZoneName");
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

/** A moment in the zone of whoever reads it, which is named. */
export function ownMomentWords(date: Date): string {
  return inReadersZone(date, true);
}

/** The zone that the reader's machine is set to, such as Europe/London. */
export function ownZone(): string {
  return Intl.DateTimeFormat().resolvedOptions().timeZone;
}

const never = () => () => undefined;

/** Whether the page is alive in the browser; the server and the first browser render agree on "no". */
export function useHydrated(): boolean {
  return useSyncExternalStore(never, () => true, () => false);
}

/** The reader's own day once the page is alive, as YYYY-MM-DD; until then the one the page was loaded on, in UTC. */
export function useOwnDay(loaded: string): string {
  return useHydrated() ? localDay(new Date()) : dayOf(loaded);
}

/** The day of a moment in the reader's own zone once the page is alive; until then in UTC, as the times beside it are. */
export function useDayOf(): (iso: string) => string {
  const hydrated = useHydrated();
  return (iso) => (hydrated ? localDay(new Date(iso)) : utcDay(new Date(iso)));
}

/** A moment in the reader's own zone, which is named; in UTC until the page is alive. The exact moment is in the title. */
export function Time({ iso, withTime = false }: { iso: string; withTime?: boolean }) {
  const hydrated = useHydrated();
  const date = new Date(iso);
  return (
    <time dateTime={iso} title={hydrated ? inReadersZone(date, true) : inUtc(date, true)}>
      {hydrated ? inReadersZone(date, withTime) : inUtc(date, withTime)}
    </time>
  );
}

/** When something happened: a moment, or the day alone where no more is known. */
export function When({ at, withTime = false }: { at: string; withTime?: boolean }) {
  return at.length > 10 ? <Time iso={at} withTime={withTime} /> : <Day day={at} />;
}
