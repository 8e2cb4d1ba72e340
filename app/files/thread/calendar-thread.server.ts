import type { CalendarAnswer } from "../read/calendar/calendar.server";
import { createFileThread, ThreadStopped, type FileJob } from "./file-thread.server";

type CalendarJob = Extract<FileJob, { kind: "calendar" }>;

/** A thread of its own, so that a calendar waits for no export; what takes longer or more memory is no calendar of turns. */
const run = createFileThread<CalendarJob, CalendarAnswer>({ waiting: 10, longest: 10_000, memory: 256, here });

async function here({ bytes, timeZone, now }: CalendarJob): Promise<CalendarAnswer> {
  const { readCalendar } = await import("../read/calendar/calendar.server");
  return readCalendar(bytes, timeZone, now);
}

export { ThreadStopped as CalendarStopped };

/** Reads a calendar for a rota in a worker thread. One that takes too long or too much memory gets an answer that says so. */
export async function runCalendar(
  calendar: { bytes: Uint8Array; timeZone: string; now: number },
  signal?: AbortSignal,
): Promise<CalendarAnswer> {
  try {
    return await run(() => ({ kind: "calendar", ...calendar }), { signal });
  } catch (error) {
    if (error instanceof ThreadStopped && (error.why === "too-long" || error.why === "too-large"))
      return {
        ok: false,
        message:
          "Reading this calendar took too long or too much memory. Export fewer months of it, without long rules.",
      };
    throw error;
  }
}
