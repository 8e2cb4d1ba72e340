import { useSyncExternalStore } from "react";
import { localDay } from "~/domain/days";

const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/** A calendar day, given as 2026-03-03, as "3 Mar 2026". */
export function formatDay(day: string): string {
  const [year, month, date] = day.slice(0, 10).split("-").map(Number);
  return `${date} ${MONTHS[(month ?? 1) - 1]} ${year}`;
}

/** A calendar day without a time zone; nothing is shifted. */
export function Day({ day }: { day: string }) {
  return <time dateTime={day}>{formatDay(day)}</time>;
}

const twoDigits = (value: number) => String(value).padStart(2, "0");

function zoneName(date: Date): string {
  const part = new Intl.DateTimeFormat("en-GB", { timeZoneName: "short" }).formatToParts(date).find(({ type }) => type === "timeZoneName");
  return part?.value ?? "local time";
}

function inUtc(date: Date, withTime: boolean): string {
  const day = formatDay(date.toISOString());
  return withTime ? `${day}, ${twoDigits(date.getUTCHours())}:${twoDigits(date.getUTCMinutes())} UTC` : day;
}

function inReadersZone(date: Date, withTime: boolean): string {
  const day = `${date.getDate()} ${MONTHS[date.getMonth()]} ${date.getFullYear()}`;
  return withTime ? `${day}, ${twoDigits(date.getHours())}:${twoDigits(date.getMinutes())} ${zoneName(date)}` : day;
}

/** A moment in the zone of whoever reads it, which is named. */
export function momentWords(date: Date): string {
  return inReadersZone(date, true);
}

const never = () => () => undefined;

/** Whether the page is alive in the browser; the server and the first browser render agree on "no". */
export function useHydrated(): boolean {
  return useSyncExternalStore(never, () => true, () => false);
}

/** The reader's own day once the page is alive, as YYYY-MM-DD; until then the one the page was loaded on, in UTC. */
export function useOwnDay(loaded: string): string {
  return useHydrated() ? localDay(new Date()) : loaded.slice(0, 10);
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
