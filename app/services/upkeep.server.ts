import { env } from "~/env.server";
import { forgetOldTries } from "./who/attempts.server";
import { freezeAgreed } from "./pack/freezing.server";
import { sendDueReminders } from "./signing/signing-reminders.server";
import { stampAgreed } from "./pack/stamping.server";

/**
 * The server's regular work: sends the reminders that are due, has agreed versions stamped where an authority is
 * configured, stores their files, and deletes old tries. A step that fails is logged, stops no other step, and is
 * repeated the next time.
 */
export async function keepUp(now: Date): Promise<void> {
  await sendDueReminders(now);
  if (env.TIMESTAMP_URL) await stampAgreed(env.TIMESTAMP_URL).catch(logFailure("Time stamps wait"));
  await forgetOldTries(now).catch(logFailure("Old tries stay"));
  // Writing files can take minutes. It isn't awaited, so that mail doesn't wait for it.
  freezing ??= freezeAgreed(now)
    .catch(logFailure("Files of agreed versions wait"))
    .finally(() => (freezing = null));
}

let freezing: Promise<void> | null = null;

const logFailure = (what: string) => (error: unknown) =>
  console.error(`${what}: ${error instanceof Error ? error.message : "unknown"}`);
