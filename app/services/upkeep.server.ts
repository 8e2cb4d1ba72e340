import { env } from "~/env.server";
import { forgetOldTries } from "./who/attempts.server";
import { freezeAgreed } from "./pack/freezing.server";
import { sendDueReminders } from "./signing/signing-reminders.server";
import { stampAgreed } from "./pack/stamping.server";

/** What the server does by itself: it reminds of what is to be signed, has agreed versions stamped where an authority is named, keeps their files, and forgets old tries. One that fails holds up none of the others, and is tried again. */
export async function keepUp(now: Date): Promise<void> {
  await sendDueReminders(now);
  if (env.TIMESTAMP_URL) await stampAgreed(env.TIMESTAMP_URL).catch(told("Time stamps wait"));
  await forgetOldTries(now).catch(told("Old tries stay"));
  // Writing files can take minutes, in which what is to be mailed doesn't wait.
  freezing ??= freezeAgreed(now)
    .catch(told("Files of agreed versions wait"))
    .finally(() => (freezing = null));
}

let freezing: Promise<void> | null = null;

const told = (what: string) => (error: unknown) =>
  console.error(`${what}: ${error instanceof Error ? error.message : "unknown"}`);
