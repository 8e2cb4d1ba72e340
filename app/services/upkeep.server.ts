import { freezeAgreed } from "./exports.server";
import { sendDueReminders } from "./signing-reminders.server";
import { stampAgreed } from "./stamping.server";

/** What the server does by itself: it reminds of what is to be signed, has agreed versions stamped where an authority is named, and keeps their files. One that fails holds up none of the others, and is tried again. */
export async function keepUp(now: Date): Promise<void> {
  await sendDueReminders(now);
  for (const [what, act] of [["Time stamps wait", stampAgreed], ["Files of agreed versions wait", freezeAgreed]] as const) {
    await act(now).catch((error: unknown) => console.error(`${what}: ${error instanceof Error ? error.message : "unknown"}`));
  }
}
