import { json, redirect, type ActionFunctionArgs, type LoaderFunctionArgs } from "@remix-run/node";
import { storageTrouble, type StorageTrouble } from "~/db/storage-trouble.server";
import { AppError, type AppErrorCode, type FormTrouble } from "~/domain/errors";
import { networkOf } from "~/domain/account/network";
import { paths } from "~/paths";
import { isSetUp } from "~/services/who/accounts.server";
import { actorOf, type Actor, type Caller } from "~/services/who/actor.server";
import { cookieAfter } from "~/services/who/auth-answer.server";
import { withBodyRoom } from "./held-bodies.server";

type Args = LoaderFunctionArgs | ActionFunctionArgs;
type Common = {
  request: Request;
  params: Args["params"];
  now: Date;
  caller: Caller;
  /** The nonce of the page, for its Content-Security-Policy. */ nonce: string | undefined;
  /** Aborted when the client has gone. */ closed: AbortSignal | undefined;
  /** Aborted when the server begins to stop. */ stopping: AbortSignal | undefined;
};
/**
 * What each loader and action of a signed-in person gets: the actor, the request, its parameters, and the one reading
 * of the clock.
 */
type ActorArgs = Common & { actor: Actor };
/** The same for addresses open to everybody: `actor` is null for somebody who isn't signed in. */
type VisitorArgs = Common & { actor: Actor | null };

const STATUS: Record<AppErrorCode, number> = {
  "signed-out": 401,
  "not-found": 404,
  forbidden: 403,
  "second-factor": 403,
  invalid: 422,
  conflict: 409,
  "too-many": 429,
  busy: 503,
};

/** Tells the client to retry after 10 seconds, where the server is busy and the request itself is fine. */
const RETRY_LATER = { "Retry-After": "10" };

/** The `Retry-After` header of an answer, for a page that is rendered from it: only the page's own headers are sent. */
export function later(headers: Headers): Record<string, string> {
  const retryAfter = headers.get("Retry-After");
  return retryAfter === null ? {} : { "Retry-After": retryAfter };
}

/** The body of an error's answer: a sentence, and a sentence for each field it is about. */
type ErrorBody = {
  message: string;
  fields: Record<string, string>;
  /** Sent where the page offers a way out for this error. */ code?: AppErrorCode;
};

/**
 * Wraps a loader or action that needs an account. Somebody who isn't signed in is redirected to sign in, and back
 * afterwards.
 */
export function forActor<T>(run: (args: ActorArgs) => Promise<T>): (args: Args) => Promise<T> {
  return forVisitor(async ({ actor, ...args }) => {
    if (actor) return run({ actor, ...args });
    throw (await isSetUp()) ? redirect(paths.signIn(cameFrom(args.request))) : redirect(paths.setUp());
  });
}

/**
 * The same for requests of a page's script: somebody who isn't signed in gets an error instead of a redirect, and the
 * page stays.
 */
export function forScript<T>(run: (args: ActorArgs) => Promise<T>): (args: Args) => Promise<T> {
  return forVisitor(async ({ actor, ...args }) => {
    if (!actor) throw new AppError("signed-out", "You are signed out. Sign in again; what you did here is kept.");
    return run({ actor, ...args });
  });
}

/**
 * Wraps a loader or action that is open to everybody: finds the actor, and turns known errors into answers with a
 * sentence.
 */
export function forVisitor<T>(run: (args: VisitorArgs) => Promise<T>): (args: Args) => Promise<T> {
  return async ({ request, params, context }) => {
    try {
      const caller = callerOf(request, context);
      const { actor, cookies } = await actorOf(caller);
      const nonce = typeof context?.nonce === "string" ? context.nonce : undefined;
      const closed = context?.closed instanceof AbortSignal ? context.closed : undefined;
      const stopping = context?.stopping instanceof AbortSignal ? context.stopping : undefined;
      const sender = { account: actor?.userId ?? null, network: networkOf(caller.address), closed };
      const answer = await withBodyRoom(request, sender, () =>
        run({ actor, request, params, now: new Date(), caller, nonce, closed, stopping }),
      );
      return rememberCookies(withCookies(answer, cookies), context);
    } catch (error) {
      throw errorResponse(error) ?? error;
    }
  };
}

function callerOf(request: Request, context: Args["context"]): Caller {
  const address = typeof context?.address === "string" ? context.address : "";
  const cookie = cookieAfter(request.headers.get("cookie") ?? "", (context && cookiesOfAction.get(context)) ?? []);
  return { address, userAgent: request.headers.get("user-agent")?.slice(0, 300) ?? "", cookie };
}

/**
 * The cookies that an action has set, by the request's context. After an action the page's loaders run in the same
 * request, with the cookies it came with. Where the action gave the session a new secret, they would find nobody signed
 * in.
 */
const cookiesOfAction = new WeakMap<object, string[]>();

function rememberCookies<T>(answer: T, context: Args["context"]): T {
  if (context && answer instanceof Response)
    cookiesOfAction.set(context, [...(cookiesOfAction.get(context) ?? []), ...answer.headers.getSetCookie()]);
  return answer;
}

/** Adds cookies to an answer, except those that it sets itself. */
export function withCookies<T>(answer: T, cookies: readonly string[]): T {
  if (!(answer instanceof Response)) return answer;
  const ownNames = new Set(answer.headers.getSetCookie().map(nameOfCookie));
  for (const cookie of cookies) if (!ownNames.has(nameOfCookie(cookie))) answer.headers.append("Set-Cookie", cookie);
  return answer;
}

const nameOfCookie = (cookie: string) => cookie.split("=", 1)[0];

/** The path and query of a request. An action has the same address as the page it was sent from. */
function cameFrom(request: Request): string {
  const { pathname, search } = new URL(request.url);
  return `${pathname}${search}`;
}

/** The path in a form to go on to, if it is one of this application; else the first page. */
export function safeNext(text: string | null | undefined): string {
  const isOwnPath = typeof text === "string" && /^\/(?![/\\])[^\s\\]*$/.test(text) && text.length <= 2_000;
  return isOwnPath ? text : paths.home();
}

/**
 * Runs a form's action. For an error of the product, except `not-found`, it answers with the entered values and a
 * sentence for each field.
 */
export async function formAnswer<T extends Response>(values: Record<string, string>, run: () => Promise<T>) {
  try {
    return await run();
  } catch (error) {
    if (!(error instanceof AppError) || error.code === "not-found") throw error;
    const errors = Object.keys(error.fields).length > 0 ? error.fields : { form: error.message };
    return json<FormTrouble>(
      { values, errors },
      { status: STATUS[error.code], headers: error.code === "busy" ? RETRY_LATER : {} },
    );
  }
}

/** The answer for a known error; null for any other. */
export function errorResponse(error: unknown): Response | null {
  if (error instanceof AppError)
    return sentence(
      STATUS[error.code],
      error.message,
      error.fields,
      error.code === "second-factor" ? error.code : undefined,
    );
  const trouble = storageSentence(error);
  return trouble === null ? null : sentence(503, trouble);
}

/** The sentence for an error of the database; null for any other error. */
export function storageSentence(error: unknown): string | null {
  const trouble = storageTrouble(error);
  return trouble && STORAGE_SENTENCES[trouble.kind];
}

const STORAGE_SENTENCES: Record<StorageTrouble, string> = {
  busy: "The database is busy. Nothing was changed; try again in a moment.",
  readonly: "The database can't be written. Nothing was changed; make its folder writable for Demarc.",
  full: "The disk of the database is full. Nothing was changed; free some space.",
  unreachable: "The database can't be reached. Nothing was changed; check that it is running.",
  gone: "The database that was opened is missing or was exchanged. Nothing was changed; put it back in its place and start Demarc again.",
};

/** A JSON answer with one sentence. */
export function sentence(
  status: number,
  message: string,
  fields: Record<string, string> = {},
  code?: AppErrorCode,
): Response {
  return json<ErrorBody>(
    { message, fields, code },
    { status, headers: { "Cache-Control": "no-store", ...(status === 503 ? RETRY_LATER : {}) } },
  );
}

/** A route parameter; the route's path guarantees that it is there. */
export function param(params: Args["params"], name: string): string {
  const value = params[name];
  if (value === undefined) throw new AppError("not-found", "There is nothing at this address.");
  return value;
}
