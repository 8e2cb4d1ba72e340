import { json, redirect, type ActionFunctionArgs, type LoaderFunctionArgs } from "@remix-run/node";
import { storageTrouble, type StorageTrouble } from "~/db/storage-trouble.server";
import { AppError, type AppErrorCode, type FormTrouble } from "~/domain/errors";
import { networkOf } from "~/domain/account/network";
import { paths } from "~/paths";
import { isSetUp } from "~/services/who/accounts.server";
import { actorOf, type Actor, type Caller } from "~/services/who/actor.server";
import { cookieAfter } from "~/services/who/auth-answer.server";
import { holding } from "./held-bodies.server";

type Args = LoaderFunctionArgs | ActionFunctionArgs;
type Common = {
  request: Request;
  params: Args["params"];
  now: Date;
  caller: Caller;
  /** Of the page that is being loaded. */ nonce: string | undefined;
  /** Aborted when whoever asked has gone. */ closed: AbortSignal | undefined;
};
/** What every loader and action of somebody signed in is given: who asks, the request, its parameters, and the one reading of the clock. */
type ActorArgs = Common & { actor: Actor };
/** The same for addresses that are open to everybody: `actor` is null for who isn't signed in. */
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

/** When to come again, where it is about what goes on here and not about who asks. */
const LATER = { "Retry-After": "10" };

/** When to come again, of an answer that a page is made with: a page's own headers are all it gets. */
export function later(headers: Headers): Record<string, string> {
  const told = headers.get("Retry-After");
  return told === null ? {} : { "Retry-After": told };
}

/** What an error says to the browser: a sentence, and the fields it is about. */
type ErrorBody = {
  message: string;
  fields: Record<string, string>;
  /** Where the page that says it has a way out of its own. */ code?: AppErrorCode;
};

/** Wraps every loader and action that needs an account. Who isn't signed in is led to where they can, and back again after. */
export function forActor<T>(run: (args: ActorArgs) => Promise<T>): (args: Args) => Promise<T> {
  return forVisitor(async ({ actor, ...args }) => {
    if (actor) return run({ actor, ...args });
    throw (await isSetUp()) ? redirect(paths.signIn(cameFrom(args.request))) : redirect(paths.setUp());
  });
}

/** The same for what a page's own script asks for: who isn't signed in is told so, and the page stays. */
export function forScript<T>(run: (args: ActorArgs) => Promise<T>): (args: Args) => Promise<T> {
  return forVisitor(async ({ actor, ...args }) => {
    if (!actor) throw new AppError("signed-out", "You are signed out. Sign in again; what you did here is kept.");
    return run({ actor, ...args });
  });
}

/** Wraps what everybody may ask for: finds out who asks and turns what goes wrong into an answer with a sentence. */
export function forVisitor<T>(run: (args: VisitorArgs) => Promise<T>): (args: Args) => Promise<T> {
  return async ({ request, params, context }) => {
    try {
      const caller = callerOf(request, context);
      const { actor, cookies } = await actorOf(caller);
      const nonce = typeof context?.nonce === "string" ? context.nonce : undefined;
      const closed = context?.closed instanceof AbortSignal ? context.closed : undefined;
      const sender = { account: actor?.userId ?? null, network: networkOf(caller.address), closed };
      const answer = await holding(request, sender, () =>
        run({ actor, request, params, now: new Date(), caller, nonce, closed }),
      );
      return remembered(withCookies(answer, cookies), context);
    } catch (error) {
      throw errorResponse(error) ?? error;
    }
  };
}

function callerOf(request: Request, context: Args["context"]): Caller {
  const address = typeof context?.address === "string" ? context.address : "";
  const cookie = cookieAfter(request.headers.get("cookie") ?? "", (context && setBefore.get(context)) ?? []);
  return { address, userAgent: request.headers.get("user-agent")?.slice(0, 300) ?? "", cookie };
}

/**
 * The cookies an action has set, by its request: the page's loaders run in the same request, with the cookies it came
 * with. Where the action gave the session a new secret, they would find nobody signed in.
 */
const setBefore = new WeakMap<object, string[]>();

function remembered<T>(answer: T, context: Args["context"]): T {
  if (context && answer instanceof Response)
    setBefore.set(context, [...(setBefore.get(context) ?? []), ...answer.headers.getSetCookie()]);
  return answer;
}

/** Hands cookies on with an answer, unless it sets the same ones itself. */
export function withCookies<T>(answer: T, cookies: readonly string[]): T {
  if (!(answer instanceof Response)) return answer;
  const own = new Set(answer.headers.getSetCookie().map(nameOfCookie));
  for (const cookie of cookies) if (!own.has(nameOfCookie(cookie))) answer.headers.append("Set-Cookie", cookie);
  return answer;
}

const nameOfCookie = (cookie: string) => cookie.split("=", 1)[0];

/** The place of this application a request was for; after an action, the page it was sent from is the same address. */
function cameFrom(request: Request): string {
  const { pathname, search } = new URL(request.url);
  return `${pathname}${search}`;
}

/** A place to go on to that a form names, kept inside this application. */
export function safeNext(text: string | null | undefined): string {
  const known = typeof text === "string" && /^\/(?![/\\])[^\s\\]*$/.test(text) && text.length <= 2_000;
  return known ? text : paths.home();
}

/** The answer of a form: what was carried out, or what was written with a sentence for each field that needs another look. */
export async function formAnswer<T extends Response>(values: Record<string, string>, run: () => Promise<T>) {
  try {
    return await run();
  } catch (error) {
    if (!(error instanceof AppError) || error.code === "not-found") throw error;
    const errors = Object.keys(error.fields).length > 0 ? error.fields : { form: error.message };
    return json<FormTrouble>(
      { values, errors },
      { status: STATUS[error.code], headers: error.code === "busy" ? LATER : {} },
    );
  }
}

/** The answer for an error the product knows; null for one it doesn't. */
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

/** What an error of the database says to people; null for any other error. */
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

/** An answer that carries one sentence. */
export function sentence(
  status: number,
  message: string,
  fields: Record<string, string> = {},
  code?: AppErrorCode,
): Response {
  return json<ErrorBody>(
    { message, fields, code },
    { status, headers: { "Cache-Control": "no-store", ...(status === 503 ? LATER : {}) } },
  );
}

/** A route parameter that the route's own path guarantees. */
export function param(params: Args["params"], name: string): string {
  const value = params[name];
  if (value === undefined) throw new AppError("not-found", "There is nothing at this address.");
  return value;
}
