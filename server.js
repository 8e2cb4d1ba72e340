import { createRequestHandler } from "@remix-run/express";
import compression from "compression";
import express from "express";
import path from "node:path";
import { fail, prepareStart } from "./app/cli/prepare-start.mjs";
import { builtFiles } from "./app/http/built-files.mjs";
import { guards } from "./app/http/guards.mjs";
import { leaving } from "./app/http/leaving.mjs";
import { answerTrouble } from "./app/http/plain-answers.mjs";
import { ROOT } from "./prisma/databases.mjs";

const development = process.argv.includes("--dev");
const { port, host, proxies, isOwnName, hold } = await prepareStart(development);

const vite = development
  ? await (await import("vite")).createServer({ server: { middlewareMode: true }, appType: "custom" })
  : null;
const load = vite ? () => vite.ssrLoadModule("virtual:remix/server-build") : () => import("./build/server/index.js");
const build = await load().catch((error) => {
  if (error?.name === "SettingsError") fail(error.message);
  throw error;
});
const { startMailer, closeDatabase, bodyLimitOf } = build.entry.module;
let mailer = null;
/** Aborted when the server begins to stop, so that streams without an end of their own end. */
const ending = new AbortController();
const app = express();
app.disable("x-powered-by");
app.set("trust proxy", proxies);
const leave = leaving();
app.use(guards({ development, isOwnName, leave, bodyLimitOf }));
const client = path.join(ROOT, "build/client");
if (!vite) app.use("/assets", builtFiles(path.join(client, "assets")));
app.use(compression(), vite ? vite.middlewares : express.static(client, { maxAge: "1h", redirect: false }));
app.all(
  "*",
  createRequestHandler({
    build: vite ? load : build,
    mode: process.env.NODE_ENV,
    getLoadContext: (request, response) => ({
      nonce: response.locals.nonce,
      address: request.ip,
      closed: closing(response),
      stopping: ending.signal,
    }),
  }),
);
app.use(answerTrouble);

const server = app.listen(port, host, () => {
  // Mail is sent only once the port is taken, so that a second server started by mistake sends none.
  mailer = startMailer();
  const { port: listening } = server.address();
  process.env.PUBLIC_URL ||= `http://localhost:${listening}`;
  hold?.serves(listening);
  console.log(`Demarc is ready at http://localhost:${listening}`);
});
leave.watch(server);
// A proxy keeps idle connections for up to a minute. This server keeps them longer, so that the proxy closes them: a
// request sent on a connection that is just being closed here would be lost.
server.keepAliveTimeout = 65_000;
server.on("error", (error) => {
  const reasons = {
    EADDRINUSE: `Port ${port} is in use. Stop the other program or set PORT to another number.`,
    EACCES: `Port ${port} needs more rights. Set PORT to a number above 1023.`,
  };
  fail(reasons[error.code] ?? error.message);
});
for (const signal of ["SIGINT", "SIGTERM"]) process.once(signal, stop);

/** A signal that is aborted when the client has gone; Remix's own signal misses many cases. */
function closing(response) {
  const closed = new AbortController();
  response.once("close", () => closed.abort());
  return closed.signal;
}

/**
 * Finishes running requests and the mail that is being sent, then ends the process; after ten seconds it ends in any
 * case.
 */
function stop() {
  const mailed = mailer?.stop();
  ending.abort();
  leave.begin(server, async () => {
    await mailed;
    await closeDatabase().catch(() => undefined);
    process.exit(0);
  });
  setTimeout(() => process.exit(0), 10_000).unref();
}
