import { onMailQueued } from "~/db/mail-store.server";
import { storageTrouble } from "~/db/storage-trouble.server";
import { env } from "~/env.server";
import type { Deliver } from "~/files/mail/delivery";
import { outboxDelivery } from "~/files/mail/outbox.server";
import { smtpDelivery } from "~/files/mail/smtp.server";
import { sendDueMail, type Sending, type WriteMinutes } from "./mail-sending.server";

/** A running loop that sends queued mail. `stop` resolves when the message that is being sent is done. */
export type Mailer = { stop(): Promise<void> };

/** Whether queued mail is sent by SMTP. If not, a screen shows the link to the person who may hand it on. */
export function mailIsSent(): boolean {
  return env.SMTP_URL !== null;
}

/**
 * Starts the loop that sends queued mail: earlier messages at once, later ones when they are queued. `minutes` writes
 * the files that go with the minutes of a workshop. It also runs `hourly`, once an hour and soon after something was queued. The server calls this once a process.
 */
export function startMailLoop(hourly: (now: Date) => Promise<unknown>, minutes: WriteMinutes): Mailer {
  const deliver = env.SMTP_URL
    ? smtpDelivery(env.SMTP_URL, env.MAIL_FROM)
    : outboxDelivery(env.OUTBOX_FOLDER, env.MAIL_FROM);
  return runMailer({ deliver, clock: () => new Date(), report: (line) => console.error(line), hourly, minutes });
}

/** In milliseconds: how often the queue is read for messages to retry and for those of a process that died. */
const POLL = 5_000;
const HOUR = 60 * 60_000;
/**
 * In milliseconds: how long after a start, or after something was queued, `hourly` runs. Until then requests are
 * answered first.
 */
const SOON = 5_000;

/**
 * The loop itself, with its transport, clock and log handed in. It never throws; a message is sent once its
 * transaction is committed.
 */
export function runMailer({
  deliver,
  clock,
  report,
  hourly,
  minutes,
}: Omit<Sending, "stopped"> & { deliver: Deliver; hourly?: (now: Date) => Promise<unknown> }): Mailer {
  let stopped = false;
  let wakeAgain = false;
  let running: Promise<void> | null = null;
  let timer: NodeJS.Timeout | undefined;
  let lastReport = "";
  let hourlyDueAt = clock().getTime() + SOON;

  async function run(): Promise<void> {
    try {
      const now = clock();
      if (hourly && now.getTime() >= hourlyDueAt) {
        hourlyDueAt = now.getTime() + HOUR;
        await hourly(now);
      }
      await sendDueMail({ deliver, clock, report, stopped: () => stopped, minutes });
      lastReport = "";
    } catch (error) {
      // A failure that stays the same is reported once.
      const cause = storageTrouble(error) ?? error;
      // The last line holds the database's message; those before it hold the call.
      const line =
        cause instanceof Error ? `${cause.name}: ${cause.message.trim().split("\n").at(-1) ?? ""}` : "unknown";
      if (line !== lastReport) report(`Mail waits: ${line}`);
      lastReport = line;
    }
  }

  function wake(): void {
    wakeAgain = true;
    if (stopped || running) return;
    wakeAgain = false;
    clearTimeout(timer);
    running = run().finally(() => {
      running = null;
      if (wakeAgain) wake();
      else if (!stopped) timer = setTimeout(wake, POLL).unref();
    });
  }

  onMailQueued(() => {
    // The event behind a message may call for more work, such as writing the files of an agreed version.
    hourlyDueAt = Math.min(hourlyDueAt, clock().getTime() + SOON);
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
