import nodemailer from "nodemailer";
import type { Mailbox } from "~/domain/mail-address";
import type { SmtpServer } from "~/domain/mail/smtp-address";
import type { Deliver, Delivery } from "./delivery";
import { messageOf } from "./message.server";

/** How long, in milliseconds, a mail server may keep silent at each point, and how long one message may take in all. */
export type SmtpPatience = { connecting: number; greeting: number; silent: number; whole: number };

/** Servers that look into a message before they take it may be silent for a while after it; none needs a minute. */
const PATIENCE: SmtpPatience = { connecting: 10_000, greeting: 10_000, silent: 30_000, whole: 60_000 };

/** Sends by SMTP, one connection a message. Certificates are always checked. */
export function smtpDelivery(server: SmtpServer, from: Mailbox, patience: SmtpPatience = PATIENCE): Deliver {
  const transport = nodemailer.createTransport({
    host: server.host,
    port: server.port,
    secure: server.tls === "at-once",
    requireTLS: server.tls === "required",
    ...(server.user === null ? {} : { auth: { user: server.user, pass: server.password } }),
    dnsTimeout: patience.connecting,
    connectionTimeout: patience.connecting,
    greetingTimeout: patience.greeting,
    socketTimeout: patience.silent,
  });
  return async (letter) => {
    try {
      // A server that sends a byte now and then never falls silent: only the limit on the whole ends that.
      await transport.sendMail({ ...messageOf(letter, from), signal: AbortSignal.timeout(patience.whole) });
      return { ok: true };
    } catch (error) {
      return failureOf(error);
    }
  };
}

function failureOf(error: unknown): Delivery {
  const code = textOf(error, "code");
  const command = textOf(error, "command");
  const status = error instanceof Error ? Number(Reflect.get(error, "responseCode") || 0) : 0;
  // Only what is said to addressee or content is about this message. Refused logins and senders are the settings',
  // which somebody can put right while the message waits.
  const aboutMessage = (code === "EENVELOPE" || code === "EMESSAGE") && command !== "MAIL FROM";
  const permanent = aboutMessage && (command === "API" || (status >= 500 && status !== 503));
  return {
    ok: false,
    permanent,
    code: status > 0 ? `${code} ${status}` : code || "unknown",
    reason: textOf(error, "message") || "unknown",
  };
}

function textOf(error: unknown, field: string): string {
  const value: unknown = error instanceof Error ? Reflect.get(error, field) : "";
  return typeof value === "string" ? value : "";
}
