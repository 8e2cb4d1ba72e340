import { onMailQueued } from "~/db/mail-store.server";
import { storageTrouble } from "~/db/storage-trouble.server";
import { env } from "~/env.server";
import type { Deliver } from "~/files/mail/delivery";
import { outboxDelivery } from "~/files/mail/outbox.server";
import { smtpDelivery } from "~/files/mail/smtp.server";
import { sendDueMail, type Sending } from "./mail-sending.server";

/** Sends what is queued until it is stopped. Stopping lets the message under way end. */
export type Mailer = { stop(): Promise<void> };

/** Whether queued messages reach their addressees. Where not, a screen shows the link to whoever may hand it over. */
export function mailIsSent(): boolean {
  return env.SMTP_URL !== null;
}

/** Starts sending, for the process that serves: what waits from before at once, then whatever is queued. `hourly` does what falls due by itself, also once something was queued. Called once a process. */
export function startMailer(hourly: (now: Date) => Promise<unknown>): Mailer {
  const deliver = env.SMTP_URL
    ? smtpDelivery(env.SMTP_URL, env.MAIL_FROM)
    : outboxDelivery(env.OUTBOX_FOLDER, env.MAIL_FROM);
  return runMailer({ deliver, clock: () => new Date(), report: (line) => console.error(line), hourly });
}

/** Retries and what another process left behind are found at this distance. */
const POLL = 5_000;
const HOUR = 60 * 60_000;
/** What falls due by itself is looked after so long after a start or after something was queued: answers come first. */
const SOON = 5_000;

/** The loop of `startMailer` with its way out, clock and log handed in. It never throws; a message is sent once it is committed. */
export function runMailer({
  deliver,
  clock,
  report,
  hourly,
}: Omit<Sending, "stopped"> & { deliver: Deliver; hourly?: (now: Date) => Promise<unknown> }): Mailer {
  let stopped = false;
  let again = false;
  let running: Promise<void> | null = null;
  let timer: NodeJS.Timeout | undefined;
  let trouble = "";
  let due = clock().getTime() + SOON;

  async function run(): Promise<void> {
    try {
      const now = clock();
      if (hourly && now.getTime() >= due) {
        due = now.getTime() + HOUR;
        await hourly(now);
      }
      await sendDueMail({ deliver, clock, report, stopped: () => stopped });
      trouble = "";
    } catch (error) {
      // While the database's trouble stays the same, saying it once is enough.
      const known = storageTrouble(error) ?? error;
      // What the database said comes last; before it stands the call.
      const line =
        known instanceof Error ? `${known.name}: ${known.message.trim().split("\n").at(-1) ?? ""}` : "unknown";
      if (line !== trouble) report(`Mail waits: ${line}`);
      trouble = line;
    }
  }

  function wake(): void {
    again = true;
    if (stopped || running) return;
    again = false;
    clearTimeout(timer);
    running = run().finally(() => {
      running = null;
      if (again) wake();
      else if (!stopped) timer = setTimeout(wake, POLL).unref();
    });
  }

  onMailQueued(() => {
    // What somebody is written to about may be a reason for more, such as keeping the files of what was agreed.
    due = Math.min(due, clock().getTime() + SOON);
    wake();
  });
  wake();
  return {
    async stop() {
      stopped = true;
      clearTimeout(timer);
      await running;
    },
  };
}
