import { PassThrough } from "node:stream";
import { createReadableStreamFromReadable, type AppLoadContext, type EntryContext } from "@remix-run/node";
import { RemixServer } from "@remix-run/react";
import { isbot } from "isbot";
import { renderToPipeableStream } from "react-dom/server";
import { startMailer as runMailerOfServer, type Mailer } from "~/services/mailer.server";
import { keepUp } from "~/services/upkeep.server";

/** For the server, which has one mailer for as long as it runs; beside it what falls due by itself is looked after. */
export function startMailer(): Mailer {
  return runMailerOfServer(keepUp);
}

/** For the server that leaves: SQLite's log is in the file then, and whoever copies that has everything. */
export { closeDatabase } from "~/db/client.server";

/** How long deferred data may take before the stream is given up. */
export const streamTimeout = 5_000;

/** Streams a page: people get its frame at once, crawlers the whole of it. */
export default function handleRequest(request: Request, status: number, headers: Headers, context: EntryContext, loadContext: AppLoadContext): Promise<Response> {
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
