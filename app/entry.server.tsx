import { PassThrough } from "node:stream";
import { createReadableStreamFromReadable, type AppLoadContext, type EntryContext } from "@remix-run/node";
import { RemixServer } from "@remix-run/react";
import { isbot } from "isbot";
import { renderToPipeableStream } from "react-dom/server";
import { closeDatabase } from "~/db/client.server";
import { AppError } from "~/domain/errors";
import { storageSentence } from "~/http/respond.server";
import { mailIsSent, startMailLoop, type Mailer } from "~/services/mail/mailer.server";
import { recoverAccount } from "~/services/account/recovery.server";
import { keepUp } from "~/services/upkeep.server";
import { minutesByMail } from "~/services/workshop/minutes-files.server";

/** Called by the server, which has one mailer while it runs; the mailer also runs the hourly work. */
export function startMailer(): Mailer {
  return startMailLoop(keepUp, minutesByMail);
}

/**
 * Called by the command that lets somebody back in, in a process that ends afterwards. Returns the sentence to print,
 * and whether it was done.
 */
export async function recover(email: string): Promise<{ recovered: boolean; sentence: string }> {
  try {
    const { name, sessions } = await recoverAccount(email, new Date());
    const sessionsEnded =
      sessions === 0
        ? "no session was open"
        : sessions === 1
          ? "one session is ended"
          : `${sessions} sessions are ended`;
    return {
      recovered: true,
      sentence: `The second factor of ${name} is taken away, and ${sessionsEnded}. They sign in with their password or a link. ${mailIsSent() ? "A message to them goes out as soon as Demarc runs." : "No mail is sent from here, so tell them yourself."}`,
    };
  } catch (error) {
    const sentence = error instanceof AppError ? error.message : storageSentence(error);
    return {
      recovered: false,
      sentence:
        sentence ??
        `The database can't be used as it is; nothing was changed. Start Demarc on it once, then run this again. It said: ${String(error).trim().split("\n").at(-1)}`,
    };
  } finally {
    await closeDatabase();
  }
}

/** Called by the server, which refuses larger bodies before they are read. */
export { bodyLimitOf } from "~/http/body-limits.server";

/**
 * Called by the server when it stops: closing writes SQLite's log into the database file, so that a copy of that file
 * has everything.
 */
export { closeDatabase } from "~/db/client.server";

/** In milliseconds: how long deferred data may take before the stream is ended. */
export const streamTimeout = 5_000;

/** Streams a page: browsers get its frame at once, crawlers get the whole page. */
export default function handleRequest(
  request: Request,
  status: number,
  headers: Headers,
  context: EntryContext,
  loadContext: AppLoadContext,
): Promise<Response> {
  const nonce = typeof loadContext.nonce === "string" ? loadContext.nonce : undefined;
  const whole = isbot(request.headers.get("user-agent") ?? "");
  return new Promise((resolve, reject) => {
    let answered = false;
    const answer = () => {
      answered = true;
      const body = new PassThrough();
      headers.set("Content-Type", "text/html; charset=utf-8");
      resolve(new Response(createReadableStreamFromReadable(body), { headers, status }));
      pipe(body);
    };
    const { pipe, abort } = renderToPipeableStream(<RemixServer context={context} url={request.url} nonce={nonce} />, {
      nonce,
      ...(whole ? { onAllReady: answer } : { onShellReady: answer }),
      onShellError: reject,
      onError(error) {
        if (answered) console.error(error);
      },
    });
    setTimeout(abort, streamTimeout + 1_000).unref();
  });
}
