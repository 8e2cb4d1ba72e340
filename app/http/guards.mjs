// Runs before every request: sets the security headers, and refuses requests that the application must not get.
import { randomBytes } from "node:crypto";
import { refuse } from "./plain-answers.mjs";
import { barePorts } from "./proxies.mjs";

const METHODS = ["GET", "HEAD", "POST", "OPTIONS"];
const HEALTH = "/health";

/**
 * The handlers that run before every request, in this order. Headers come first, so that refusals have them too.
 * `bodyLimitOf` gives the most bytes that an address takes, `leave` says whether the server is stopping.
 */
export function guards({ development, isOwnName, leave, bodyLimitOf }) {
  return [
    barePorts,
    headersOf(development),
    forbidCaching,
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

/** Keeps answers out of every cache, unless the answer has set another header by the time its headers are sent. */
function forbidCaching(_request, response, next) {
  const { writeHead } = response;
  response.writeHead = function (...parameters) {
    if (!response.hasHeader("Cache-Control")) response.setHeader("Cache-Control", "no-store");
    return writeHead.apply(response, parameters);
  };
  next();
}

/** Refuses methods that no route answers, and addresses that a later handler couldn't parse. */
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
 * Refuses requests for another host name. Otherwise a site whose name is made to point here could act as a page of this
 * installation in a visitor's browser (DNS rebinding). The health check answers to any name, because monitoring may use
 * one.
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

/** Fails the health check of a server that is stopping, so that a load balancer sends it no more requests. */
function refuseWhenLeaving(leave) {
  return (request, response, next) => {
    if (request.path !== HEALTH || !leave.stopping()) return next();
    response.status(503).json({
      message: "This server is stopping. Ask another one, or this one again once it has started.",
      fields: {},
    });
  };
}

/** Refuses requests that change something and come from another site's page. Reading is allowed from anywhere. */
function refuseForeignWrites(request, response, next) {
  const site = request.get("sec-fetch-site");
  const origin = request.get("origin");
  const foreign = site
    ? site !== "same-origin" && site !== "none"
    : origin !== undefined && hostOf(origin) !== request.get("host");
  if (["GET", "HEAD", "OPTIONS"].includes(request.method) || !foreign) {
    // A form of a page that sends no referrer has the origin `null`, which the framework would take for another site's.
    if (site === "same-origin" && origin === "null") delete request.headers.origin;
    return next();
  }
  response.status(403).json({ message: "This request came from another site and was not carried out.", fields: {} });
}

function hostOf(origin) {
  return URL.canParse(origin) ? new URL(origin).host : null;
}

/** Refuses bodies over the limit of their address: by their declared length, or, without one, while they arrive. */
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
