import { PassThrough } from "node:stream";
import { createReadableStreamFromReadable, type AppLoadContext, type EntryContext } from "@remix-run/node";
import { RemixServer } from "@remix-run/react";
import { isbot } from "isbot";
import { renderToPipeableStream } from "react-dom/server";
import { closeDatabase } from "~/db/client.server";
import { AppError } from "~/domain/errors";
import { storageSentence } from "~/http/respond.server";
import { mailIsSent, startMailer as runMailerOfServer, type Mailer } from "~/services/mail/mailer.server";
import { recoverAccount } from "~/services/account/recovery.server";
import { keepUp } from "~/services/upkeep.server";

/** For the server, which has one mailer for as long as it runs; beside it what falls due by itself is looked after. */
export function startMailer(): Mailer {
  return runMailerOfServer(keepUp);
}

/** For the command that lets somebody back in, in a process that ends after it: what it says, and whether it was done. */
export async function recover(email: string): Promise<{ done: boolean; said: string }> {
  try {
    const { name, sessions } = await recoverAccount(email, new Date());
    const ended =
      sessions === 0
        ? "no session was open"
        : sessions === 1
          ? "one session is ended"
          : `${sessions} sessions are ended`;
    return {
      done: true,
      said: `The second factor of ${name} is taken away, and ${ended}. They sign in with their password or a link. ${mailIsSent() ? "A message to them goes out as soon as Demarc runs." : "No mail is sent from here, so tell them yourself."}`,
    };
  } catch (error) {
    const known = error instanceof AppError ? error.message : storageSentence(error);
    return {
      done: false,
      said:
        known ??
        `The database can't be used as it is; nothing was changed. Start Demarc on it once, then run this again. It said: ${String(error).trim().split("\n").at(-1)}`,
    };
  } finally {
    await closeDatabase();
  }
}

/** For the server, which refuses larger bodies before they are read. */
export { bodyLimitOf } from "~/http/body-limits.server";

/** For the server that leaves: SQLite's log is in the file then, and whoever copies that has everything. */
export { closeDatabase } from "~/db/client.server";

/** How long deferred data may take before the stream is given up. */
export const streamTimeout = 5_000;

/** Streams a page: people get its frame at once, crawlers the whole of it. */
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
