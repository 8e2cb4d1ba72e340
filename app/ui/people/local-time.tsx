import { useEffect, useState } from "react";

const MINUTE = 60_000;

/** The day and time it is in a zone, as the clock there says: "Tue 14:05". Empty where the zone isn't known here. */
export function clockIn(timeZone: string, at: Date): string {
  try {
    const parts = new Intl.DateTimeFormat("en-GB", { timeZone, weekday: "short", hour: "2-digit", minute: "2-digit", hourCycle: "h23" }).formatToParts(at);
    const part = (wanted: string) => parts.find(({ type }) => type === wanted)?.value ?? "";
    return `${part("weekday")} ${part("hour")}:${part("minute")}`;
  } catch {
    return "";
  }
}

/** The moment by this window's clock, a minute at a time; the server's until the page is alive. */
export function useMinute(loaded: string): Date {
  const [now, setNow] = useState(() => new Date(loaded));
  useEffect(() => {
    setNow(new Date());
    const timer = setInterval(() => setNow(new Date()), MINUTE / 2);
    return () => clearInterval(timer);
  }, []);
  return now;
}
