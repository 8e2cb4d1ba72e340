import { useEffect, useState } from "react";

const MINUTE = 60_000;

/** The day and time in a time zone: "Tue 14:05". Empty if the browser doesn't know the zone. */
export function clockIn(timeZone: string, at: Date): string {
  try {
    const parts = new Intl.DateTimeFormat("en-GB", {
      timeZone,
      weekday: "short",
      hour: "2-digit",
      minute: "2-digit",
      hourCycle: "h23",
    }).formatToParts(at);
    const part = (wanted: string) => parts.find(({ type }) => type === wanted)?.value ?? "";
    return `${part("weekday")} ${part("hour")}:${part("minute")}`;
  } catch {
    return "";
  }
}

/** The current time, updated every minute; before hydration the server's. */
export function useMinute(loaded: string): Date {
  const [now, setNow] = useState(() => new Date(loaded));
  useEffect(() => {
    setNow(new Date());
    const timer = setInterval(() => setNow(new Date()), MINUTE / 2);
    return () => clearInterval(timer);
  }, []);
  return now;
}
