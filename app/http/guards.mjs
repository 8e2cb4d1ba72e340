// What stands before every answer: the headers that guard it, and the requests that are refused before the application is asked.
import { randomBytes } from "node:crypto";
import { refuse } from "./plain-answers.mjs";
import { barePorts } from "./proxies.mjs";

const METHODS = ["GET", "HEAD", "POST", "OPTIONS"];
const HEALTH = "/health";

/**
 * The handlers that stand before every answer, in their order: headers come first, so that refusals carry them too. `bodyLimitOf`
 * says how many bytes an address takes, and `leave` whether the server is about to end.
 */
export function guards({ development, isOwnName, leave, bodyLimitOf }) {
  return [
    barePorts,
    headersOf(development),
    keepNothing,
    leave.tell,
    refuseUnreadable,
    refuseOtherNames(isOwnName),
    refuseWhenLeaving(leave),
    refuseForeignWrites,
    limitBody(bodyLimitOf),
  ];
}

function headersOf(development) {
  return (_request, response, next) => {
    response.locals.nonce = randomBytes(16).toString("base64");
    const scripts = development ? "'self' 'unsafe-inline' 'unsafe-eval'" : `'self' 'nonce-${response.locals.nonce}'`;
    response.set({
      "Content-Security-Policy": `default-src 'self'; script-src ${scripts}; style-src 'self' 'unsafe-inline'; img-src 'self' data:; connect-src 'self'${development ? " ws:" : ""}; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'`,
      "X-Content-Type-Options": "nosniff",
      "Referrer-Policy": "same-origin",
      "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
      "Cross-Origin-Opener-Policy": "same-origin",
    });
    if (process.env.PUBLIC_URL?.startsWith("https:"))
      response.set("Strict-Transport-Security", "max-age=31536000; includeSubDomains");
    next();
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

/** Refuses methods that nothing here answers to, and addresses that what follows would fail to read. */
function refuseUnreadable(request, response, next) {
  if (!METHODS.includes(request.method))
    return refuse(
      request,
      response.set("Allow", METHODS.join(", ")),
      405,
      "Nothing here answers to this kind of request.",
    );
  if (!isReadable(request))
    return refuse(request, response, 400, "This address can't be read. Check it, or start from the front page.");
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
function refuseOtherNames(isOwnName) {
  return (request, response, next) => {
    if (request.path === HEALTH || (isOwnName(request.get("host"), request) && isOwnName(request.hostname, request)))
      return next();
    refuse(
      request,
      response,
      421,
      "This installation doesn't answer to this name. Open it at its own address; whoever runs it sets that as PUBLIC_URL, and further names in ALLOWED_HOSTS.",
    );
  };
}

/** Whoever watches over this server sends it nobody else. */
function refuseWhenLeaving(leave) {
  return (request, response, next) => {
    if (request.path !== HEALTH || !leave.begun()) return next();
    response.status(503).json({
      message: "This server is stopping. Ask another one, or this one again once it has started.",
      fields: {},
    });
  };
}

/** Refuses what another site's page would have a visitor's browser do; reading stays possible from anywhere. */
function refuseForeignWrites(request, response, next) {
  const site = request.get("sec-fetch-site");
  const origin = request.get("origin");
  const foreign = site
    ? site !== "same-origin" && site !== "none"
    : origin !== undefined && hostOf(origin) !== request.get("host");
  if (["GET", "HEAD", "OPTIONS"].includes(request.method) || !foreign) return next();
  response.status(403).json({ message: "This request came from another site and was not carried out.", fields: {} });
}

function hostOf(origin) {
  return URL.canParse(origin) ? new URL(origin).host : null;
}

/** Refuses bodies over the limit of their address before they are read, and while they are when their length is not told. */
function limitBody(bodyLimitOf) {
  return (request, response, next) => {
    const limit = bodyLimitOf(request.path);
    const tooLarge = () =>
      response.headersSent ||
      response
        .status(413)
        .set("Connection", "close")
        .json({
          message: `This is larger than the ${limit / 1_000} KB that fit into one request. Nothing was applied.`,
          fields: {},
        });
    if (Number(request.get("content-length") ?? 0) > limit) return tooLarge();
    if (request.get("transfer-encoding")) {
      let received = 0;
      request.on("data", (chunk) => {
        received += chunk.length;
        if (received > limit) {
          tooLarge();
          request.destroy();
        }
      });
      request.pause();
    }
    next();
  };
}
