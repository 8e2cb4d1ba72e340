import { json, type ActionFunctionArgs, type LoaderFunctionArgs } from "@remix-run/node";
import { storageTrouble, type StorageTrouble } from "~/db/storage-trouble.server";
import { AppError, type AppErrorCode } from "~/domain/errors";
import { localOwner, type Actor } from "~/services/actor.server";

type Args = LoaderFunctionArgs | ActionFunctionArgs;
/** What every loader and action is given: who asks, the request, its parameters, and the one reading of the clock. */
export type ActorArgs = { actor: Actor; request: Request; params: Args["params"]; now: Date };

const STATUS: Record<AppErrorCode, number> = { "not-found": 404, forbidden: 403, invalid: 422, conflict: 409 };

/** What an error says to the browser: a sentence, and the fields it is about. */
export type ErrorBody = { message: string; fields: Record<string, string> };

/** Wraps every loader and action: finds out who asks and turns what goes wrong into an answer with a sentence. */
export function forActor<T>(run: (args: ActorArgs) => Promise<T>): (args: Args) => Promise<T> {
  return async ({ request, params }) => {
    try {
      return await run({ actor: await localOwner(), request, params, now: new Date() });
    } catch (error) {
      throw errorResponse(error) ?? error;
    }
  };
}

/** The answer for an error the product knows; null for one it doesn't. */
export function errorResponse(error: unknown): Response | null {
  if (error instanceof AppError) return sentence(STATUS[error.code], error.message, error.fields);
  const trouble = storageTrouble(error);
  if (trouble) return sentence(503, STORAGE_SENTENCES[trouble.kind]);
  return null;
}

const STORAGE_SENTENCES: Record<StorageTrouble, string> = {
  busy: "The database is busy. Nothing was changed; try again in a moment.",
  readonly: "The database can't be written. Nothing was changed; make its folder writable for Demarc.",
  full: "The disk of the database is full. Nothing was changed; free some space.",
  unreachable: "The database can't be reached. Nothing was changed; check that it is running.",
};

/** An answer that carries one sentence. */
export function sentence(status: number, message: string, fields: Record<string, string> = {}): Response {
  return json<ErrorBody>({ message, fields }, { status, headers: { "Cache-Control": "no-store" } });
}

/** A route parameter that the route's own path guarantees. */
export function param(params: Args["params"], name: string): string {
  const value = params[name];
  if (value === undefined) throw new AppError("not-found", "There is nothing at this address.");
  return value;
}
