import nodemailer from "nodemailer";
import type { Mailbox } from "~/domain/mail-address";
import type { SmtpServer } from "~/domain/mail/smtp-address";
import type { Deliver, Delivery } from "./delivery";
import { messageOf } from "./message.server";

/** Timeouts in milliseconds: for the connection, the greeting, silence of the server, and a whole message. */
export type SmtpTimeouts = { connecting: number; greeting: number; silent: number; whole: number };

/** Servers that scan a message before they accept it may be silent for a while; none needs a minute. */
const TIMEOUTS: SmtpTimeouts = { connecting: 10_000, greeting: 10_000, silent: 30_000, whole: 60_000 };

/** Sends by SMTP, one connection a message. Certificates are always checked. */
export function smtpDelivery(server: SmtpServer, from: Mailbox, timeouts: SmtpTimeouts = TIMEOUTS): Deliver {
  const transport = nodemailer.createTransport({
    host: server.host,
    port: server.port,
    secure: server.tls === "at-once",
    requireTLS: server.tls === "required",
    ...(server.user === null ? {} : { auth: { user: server.user, pass: server.password } }),
    dnsTimeout: timeouts.connecting,
    connectionTimeout: timeouts.connecting,
    greetingTimeout: timeouts.greeting,
    socketTimeout: timeouts.silent,
  });
  return async (mail) => {
    try {
      // A server that sends a byte now and then is never silent, so only the timeout of the whole message ends that.
      await transport.sendMail({ ...messageOf(mail, from), signal: AbortSignal.timeout(timeouts.whole) });
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
  // Only an error about the addressee or the content is about this message. A refused login or sender comes from the
  // settings,
  // which somebody can correct while the message waits.
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
