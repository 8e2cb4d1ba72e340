import { createRequestHandler } from "@remix-run/express";
import compression from "compression";
import express from "express";
import { randomBytes } from "node:crypto";
import { accessSync, chmodSync, constants, existsSync, mkdirSync } from "node:fs";
import path from "node:path";
import { leaving } from "./app/http/leaving.mjs";
import { ownNames } from "./app/http/own-names.mjs";
import { barePorts, proxiesOf } from "./app/http/proxies.mjs";
import { databaseOf, ROOT } from "./prisma/databases.mjs";
import { folderOf, keptSecret } from "./prisma/installation.mjs";
import { migrate } from "./prisma/migrate.mjs";
import { takeFile } from "./prisma/one-server.mjs";
import { Refusal } from "./prisma/refusal.mjs";

const MEGABYTE = 1_000_000;
const development = process.argv.includes("--dev");
const port = portOf(process.env.PORT);
// Whoever comes first to an installation that nobody has set up becomes its owner, so only this machine reaches it unless HOST says otherwise.
const host = process.env.HOST || "127.0.0.1";

// Database, secret and outbox are this user's alone, whatever the shell that starts it is set to.
process.umask(0o077);
const database = databaseOf();
process.env.DATABASE_URL = database.url;
const folder = folderOf(database);
process.env.OUTBOX_FOLDER = path.resolve(ROOT, process.env.OUTBOX_FOLDER?.trim() || path.join(folder, "outbox"));
process.env.SIGNING_KEY_FILE = path.resolve(ROOT, process.env.SIGNING_KEY_FILE?.trim() || path.join(folder, "signing-key.pem"));
// Anything but --dev hides what went wrong from browsers.
process.env.NODE_ENV = development ? "development" : "production";
checkPublicUrl();
const proxies = said(() => proxiesOf(process.env.TRUST_PROXY));
const isOwnName = said(() => ownNames({ host, publicUrl: process.env.PUBLIC_URL, allowed: process.env.ALLOWED_HOSTS }));
if (database.file || !process.env.DEMARC_SECRET) checkFolder(folder);
const hold = database.file ? await takeFile(database.file).catch(refused) : null;
await prepare(database);
// Once the database is there: a folder that has the one without the other has lost something.
process.env.DEMARC_SECRET ||= keptSecret(folder);

const vite = development ? await (await import("vite")).createServer({ server: { middlewareMode: true }, appType: "custom" }) : null;
const load = vite ? () => vite.ssrLoadModule("virtual:remix/server-build") : () => import("./build/server/index.js");
const build = await load().catch((error) => {
  if (error?.name === "SettingsError") fail(error.message);
  throw error;
});
let mailer = null;
const app = express();
app.disable("x-powered-by");
app.set("trust proxy", proxies);
const leave = leaving();
// What guards an answer comes first, so that refusals carry it too.
app.use(barePorts, secure, keepNothing, leave.tell, refuseUnreadable, refuseOtherNames, refuseWhenLeaving, refuseForeignWrites, limitBody);
if (!vite) app.use("/assets", packed("br", ".br"), packed("gzip", ".gz"), assets());
app.use(compression(), vite ? vite.middlewares : express.static(path.join(ROOT, "build/client"), { maxAge: "1h", redirect: false }));
app.all(
  "*",
  createRequestHandler({
    build: vite ? load : build,
    mode: process.env.NODE_ENV,
    getLoadContext: (request, response) => ({ nonce: response.locals.nonce, address: request.ip, closed: closing(response) }),
  }),
);
app.use(answerTrouble);

const server = app.listen(port, host, () => {
  // Only now: a second start by mistake ends at the taken port, before it sends anything.
  mailer = build.entry.module.startMailer();
  const { port: listening } = server.address();
  process.env.PUBLIC_URL ||= `http://localhost:${listening}`;
  hold?.serves(listening);
  console.log(`Demarc is ready at http://localhost:${listening}`);
});
leave.watch(server);
// Whoever keeps connections open, as a proxy does for up to a minute, is the one to close them: a request sent on one that is just being closed here is lost.
server.keepAliveTimeout = 65_000;
server.on("error", (error) => {
  const reasons = { EADDRINUSE: `Port ${port} is in use. Stop the other program or set PORT to another number.`, EACCES: `Port ${port} needs more rights. Set PORT to a number above 1023.` };
  fail(reasons[error.code] ?? error.message);
});
for (const signal of ["SIGINT", "SIGTERM"]) process.once(signal, stop);

/** The build's files, whose names change with what they hold. */
function assets(setHeaders) {
  return express.static(path.join(ROOT, "build/client/assets"), { immutable: true, maxAge: "1y", redirect: false, setHeaders });
}

/** The same as the build has packed them, to whoever reads that; one that isn't there, or no more after another build, is left to what follows. */
function packed(encoding, ending) {
  const serve = assets((response, file) => response.type(path.extname(file.slice(0, -ending.length))).set("Content-Encoding", encoding));
  return (request, response, next) => {
    response.vary("Accept-Encoding");
    if (!request.acceptsEncodings(encoding)) return next();
    const { url } = request;
    request.url = `${request.path}${ending}`;
    serve(request, response, (error) => {
      request.url = url;
      next(error);
    });
  };
}

/** Keeps answers out of every cache, unless what answers says otherwise by the time its headers leave. */
function keepNothing(_request, response, next) {
  const { writeHead } = response;
  response.writeHead = function (...given) {
    if (!response.hasHeader("Cache-Control")) response.setHeader("Cache-Control", "no-store");
    return writeHead.apply(response, given);
  };
  next();
}

/** Tells long work that whoever asked for it has gone. Remix's own signal misses many who do. */
function closing(response) {
  const closed = new AbortController();
  response.once("close", () => closed.abort());
  return closed.signal;
}

const METHODS = ["GET", "HEAD", "POST", "OPTIONS"];

/** Refuses methods that nothing here answers to, and addresses that what follows would fail to read. */
function refuseUnreadable(request, response, next) {
  if (!METHODS.includes(request.method)) return refuse(request, response.set("Allow", METHODS.join(", ")), 405, "Nothing here answers to this kind of request.");
  if (!isReadable(request)) return refuse(request, response, 400, "This address can't be read. Check it, or start from the front page.");
  next();
}

function isReadable(request) {
  try {
    decodeURIComponent(request.path);
  } catch {
    return false;
  }
  return request.originalUrl.startsWith("/") && URL.canParse(`http://${request.get("host")}${request.originalUrl}`);
}

/**
 * Refuses what was meant for another name: a page elsewhere whose name is made to lead here would be taken by a browser for
 * one of this installation's own. How it is may be asked by any name, as whoever watches over several servers does.
 */
function refuseOtherNames(request, response, next) {
  if (request.path === HEALTH || (isOwnName(request.get("host"), request) && isOwnName(request.hostname, request))) return next();
  refuse(request, response, 421, "This installation doesn't answer to this name. Open it at its own address; whoever runs it sets that as PUBLIC_URL, and further names in ALLOWED_HOSTS.");
}

const HEALTH = "/health";

/** Whoever watches over this server sends it nobody else. */
function refuseWhenLeaving(request, response, next) {
  if (request.path !== HEALTH || !leave.begun()) return next();
  response.status(503).json({ message: "This server is stopping. Ask another one, or this one again once it has started.", fields: {} });
}

/** Answers what went wrong unforeseen: a sentence to the browser, one line to the log. The address stays out of it, since some hold secrets. */
function answerTrouble(error, request, response, _next) {
  // Refused while it was being read, and answered then.
  if (response.writableEnded) return;
  const status = error?.status >= 400 && error?.status < 500 ? error.status : 500;
  if (status === 500) console.error(`A ${request.method} request failed: ${String(error?.message ?? error).split("\n", 1)[0]}`);
  if (response.headersSent) return response.destroy();
  refuse(request, response, status, status === 500 ? "Something went wrong, and nothing was changed that isn't shown as saved. Try again; if it stays, tell whoever runs this installation." : "This request can't be answered. Check the address, or start from the front page.");
}

/** A sentence as a page or, for whoever asks for it, as JSON. */
function refuse(request, response, status, message) {
  response.status(status);
  if (request.accepts(["html", "json"]) === "json") response.json({ message, fields: {} });
  else response.type("html").send(`<!doctype html><html lang="en"><meta charset="utf-8"><title>Demarc</title><p>${message}</p><p><a href="/">Front page</a></p></html>`);
}

/** Refuses what another site's page would have a visitor's browser do; reading stays possible from anywhere. */
function refuseForeignWrites(request, response, next) {
  const site = request.get("sec-fetch-site");
  const origin = request.get("origin");
  const foreign = site ? site !== "same-origin" && site !== "none" : origin !== undefined && hostOf(origin) !== request.get("host");
  if (["GET", "HEAD", "OPTIONS"].includes(request.method) || !foreign) return next();
  response.status(403).json({ message: "This request came from another site and was not carried out.", fields: {} });
}

/** What takes more than a form does: edits, a file to check or one signed on paper, each with its form around it, and a drawn signature. */
const LARGER = [
  { address: /^\/verify$/, bytes: 20.01 * MEGABYTE },
  { address: /^\/matrices\/[^/]+\/commands$/, bytes: 2 * MEGABYTE },
  { address: /^\/matrices\/[^/]+\/versions\/\d+\/paper$/, bytes: 10.1 * MEGABYTE },
  { address: /^(\/matrices\/[^/]+\/versions\/\d+)?\/sign(\/[^/]+)?$/, bytes: 0.5 * MEGABYTE },
];

/** Refuses bodies over the limit of their address before they are read, and while they are when their length is not told. */
function limitBody(request, response, next) {
  // A page that has taken over sends its forms to its address with .data behind it.
  const asked = request.path.replace(/\.data$/, "");
  const limit = LARGER.find(({ address }) => address.test(asked))?.bytes ?? 0.064 * MEGABYTE;
  const refuse = () => response.headersSent || response.status(413).set("Connection", "close").json({ message: `This is larger than the ${limit / 1_000} KB that fit into one request. Nothing was applied.`, fields: {} });
  if (Number(request.get("content-length") ?? 0) > limit) return refuse();
  if (request.get("transfer-encoding")) {
    let received = 0;
    request.on("data", (chunk) => {
      received += chunk.length;
      if (received > limit) {
        refuse();
        request.destroy();
      }
    });
    request.pause();
  }
  next();
}

function secure(_request, response, next) {
  response.locals.nonce = randomBytes(16).toString("base64");
  const scripts = development ? "'self' 'unsafe-inline' 'unsafe-eval'" : `'self' 'nonce-${response.locals.nonce}'`;
  response.set({
    "Content-Security-Policy": `default-src 'self'; script-src ${scripts}; style-src 'self' 'unsafe-inline'; img-src 'self' data:; connect-src 'self'${development ? " ws:" : ""}; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'`,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
    "Cross-Origin-Opener-Policy": "same-origin",
  });
  if (process.env.PUBLIC_URL?.startsWith("https:")) response.set("Strict-Transport-Security", "max-age=31536000; includeSubDomains");
  next();
}

async function prepare(target) {
  if (!development && !existsSync(path.join(ROOT, "build/server/index.js"))) fail("Demarc isn't built yet. Run npm start, which builds it first.");
  if (target.file) for (const file of ["", "-wal", "-shm"]) close(`${target.file}${file}`, 0o600);
  const { names, copy } = await migrate(target).catch(refused);
  console.log(`Database: ${target.file ? relative(target.file) : "PostgreSQL"}, ${names.length > 0 ? `${names.length} migration(s) applied` : "up to date"}${copy ? `, what it held before is kept as ${relative(copy)}` : ""}`);
}

function relative(file) {
  return path.relative(process.cwd(), file) || file;
}

function refused(error) {
  fail(error instanceof Refusal ? error.message : `The database could not be prepared: ${error.message.split("\n")[0]}`);
}

function checkFolder(folder) {
  try {
    mkdirSync(folder, { recursive: true });
    if (folder === path.join(ROOT, "data")) close(folder, 0o700);
    accessSync(folder, constants.W_OK);
  } catch {
    fail(`The folder ${folder} can't be written. Make it writable, or set DATABASE_URL to another place.`);
  }
}

/** Takes what others of this machine may do with a file that is there from before; somebody else's stays as it is. */
function close(file, mode) {
  try {
    chmodSync(file, mode);
  } catch (error) {
    if (error.code !== "ENOENT" && error.code !== "EPERM" && error.code !== "EROFS") throw error;
  }
}

function portOf(value) {
  const number = Number(value || 3000);
  if (!Number.isInteger(number) || number < 0 || number > 65_535) fail(`PORT is “${value}”, not a number from 0 to 65535.`);
  return number;
}

function checkPublicUrl() {
  const address = process.env.PUBLIC_URL;
  if (address && !(URL.canParse(address) && /^https?:/.test(address))) fail(`PUBLIC_URL is “${address}”. Write the address people open, as in https://demarc.example.com.`);
}

function hostOf(origin) {
  return URL.canParse(origin) ? new URL(origin).host : null;
}

/** Lets what was asked be answered and the message under way finish, then ends; what hangs is cut after ten seconds. */
function stop() {
  const mailed = mailer?.stop();
  leave.begin(server, async () => {
    await mailed;
    await build.entry.module.closeDatabase().catch(() => undefined);
    process.exit(0);
  });
  setTimeout(() => process.exit(0), 10_000).unref();
}

/** What a setting says, or its end with the sentence that tells what is wrong with it. */
function said(read) {
  try {
    return read();
  } catch (error) {
    fail(error.message);
  }
}

function fail(sentence) {
  console.error(sentence);
  process.exit(1);
}
