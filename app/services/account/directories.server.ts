import type { GenericOAuthConfig } from "better-auth/plugins/generic-oauth";
import { accountDatabase, read, write } from "~/db/client.server";
import { appendRecord } from "~/db/record-store.server";
import type { DirectorySettings } from "~/domain/account/directory-settings";
import { AppError } from "~/domain/errors";
import { env, publicUrl } from "~/env.server";
import { paths } from "~/paths";
import { mailDirectoryLinked } from "../mail/account-mail.server";
import { recordSignIn } from "../who/accounts.server";
import { actorOf, headersOf, type Caller } from "../who/actor.server";
import { countTry, giveBack } from "../who/attempts.server";
import { createAuth, type Auth } from "../who/auth.server";
import { authAnswer, codeIn, cookieAfter, bodyField } from "../who/auth-answer.server";
import { personOf } from "../who/directory-rules.server";
import { invitedAddress } from "../access/invitations.server";

/** A directory as the sign-in page offers it. */
export type DirectoryChoice = { id: string; label: string };

/** In milliseconds: how long a directory may take to return its configuration, and to answer about somebody. */
const TIMEOUT = { discovery: 8_000, answer: 20_000 };

/** The directories people may sign in with. */
export function directoryChoices(): DirectoryChoice[] {
  return env.DIRECTORIES.map(({ id, label }) => ({ id, label }));
}

/** The labels of directories; one that is no longer configured is called by its id. */
export function directoryLabels(ids: readonly string[]): string[] {
  return ids
    .filter((id) => id !== "credential")
    .map((id) => env.DIRECTORIES.find((directory) => directory.id === id)?.label ?? id);
}

/** The directory with this id; throws `not-found` for an unknown one. */
function directoryAt(id: string): DirectorySettings {
  const directory = env.DIRECTORIES.find((candidate) => candidate.id === id);
  if (!directory) throw new AppError("not-found", "There is no such directory to sign in with.");
  return directory;
}

/** The address to redirect the browser to, and the cookies to set. */
export type Onward = { to: string; cookies: string[] };

/**
 * Begins a sign-in with a directory: returns its address, or our page that says it doesn't answer. Only somebody with
 * an invitation gets a new account.
 */
export async function beginWithDirectory(id: string, next: string, caller: Caller, now: Date): Promise<Onward> {
  const directory = directoryAt(id);
  await countTry("directory-begun", { account: null, address: caller.address });
  const token = /^\/invitations\/([^/?#]+)$/.exec(next)?.[1];
  const invited = token === undefined ? null : await invitedAddress(decodeURIComponent(token), caller, now);
  const errorUrl = `${publicUrl()}${paths.signInRefused(id, next)}`;
  const body = {
    provider: id,
    callbackURL: `${publicUrl()}${next}`,
    errorCallbackURL: errorUrl,
    disableRedirect: true,
    ...(invited ? { requestSignUp: true, additionalData: { invited }, loginHint: invited } : {}),
  };
  const answer = await instanceOf(directory)
    .then(({ api }) =>
      withTimeout(
        TIMEOUT.discovery,
        authAnswer(api.signInSocial({ body, headers: headersOf(caller), asResponse: true })),
      ),
    )
    .catch(nullOnTimeout(directory));
  const url = bodyField(answer?.body, "url");
  return typeof url === "string"
    ? { to: url, cookies: answer?.cookies ?? [] }
    : { to: paths.signInRefused(id, next, "unreachable"), cookies: [] };
}

/**
 * Ends a sign-in with what the directory sent: returns the page to go on to, or the one that says why the sign-in was
 * refused.
 */
export async function finishWithDirectory(id: string, search: string, caller: Caller, now: Date): Promise<Onward> {
  const directory = directoryAt(id);
  const countedTry = await countTry("directory", { account: null, address: caller.address });
  const request = new Request(`${publicUrl()}${paths.directoryCallback(id)}${search}`, { headers: headersOf(caller) });
  const answer = await instanceOf(directory)
    .then(({ handler }) => withTimeout(TIMEOUT.answer, authAnswer(handler(request))))
    .catch(nullOnTimeout(directory));
  if (!answer) return { to: paths.signInRefused(id, undefined, "unreachable"), cookies: [] };
  const target = ownAddress(answer.location);
  if (target === null)
    return { to: paths.signInRefused(id, undefined, codeIn(answer.body) || "unreachable"), cookies: answer.cookies };
  // The directory's own text about an error isn't passed on.
  if (target.pathname === paths.signInRefused())
    return {
      to: paths.signInRefused(
        id,
        target.searchParams.get("next") ?? undefined,
        target.searchParams.get("error") ?? "unreachable",
      ),
      cookies: answer.cookies,
    };
  const { actor } = await actorOf({ ...caller, cookie: cookieAfter("", answer.cookies) });
  if (actor) {
    await giveBack(countedTry);
    await recordDirectorySignIn(actor.userId, directory, caller, now);
  }
  return { to: `${target.pathname}${target.search}`, cookies: answer.cookies };
}

/** Records the sign-in; a directory that was linked by it is recorded too, and mailed about. */
async function recordDirectorySignIn(
  userId: string,
  directory: DirectorySettings,
  caller: Caller,
  now: Date,
): Promise<void> {
  const {
    name,
    email,
    createdAt: accountCreated,
    accounts,
  } = await read.user.findUniqueOrThrow({
    where: { id: userId },
    select: {
      name: true,
      email: true,
      createdAt: true,
      accounts: {
        where: { providerId: directory.id },
        select: { createdAt: true },
        orderBy: { createdAt: "desc" },
        take: 1,
      },
    },
  });
  // The directory was linked by this sign-in.
  if (accounts.some(({ createdAt }) => now <= createdAt)) {
    await write(async (tx) => {
      await appendRecord(tx, [
        {
          engagementId: null,
          at: now,
          event: "account.directory-linked",
          actorId: userId,
          actorName: name,
          detail: { directory: directory.label },
          address: caller.address,
        },
      ]);
      if (accountCreated < now) await mailDirectoryLinked(tx, { name, email }, directory.label, now);
    });
  }
  await recordSignIn(userId, caller, "directory", now);
}

/** An address of this application; null for any other. */
function ownAddress(location: string | null): URL | null {
  if (location === null || !URL.canParse(location, publicUrl())) return null;
  const url = new URL(location, publicUrl());
  return url.origin === new URL(publicUrl()).origin ? url : null;
}

type Instance = { database: Awaited<ReturnType<typeof accountDatabase>>; auth: Auth };
const instances = new Map<string, Instance>();

/**
 * The instance of better-auth for one directory. Where the directory's configuration can't be read in time, the next
 * request tries again.
 */
async function instanceOf(directory: DirectorySettings): Promise<Auth> {
  const database = await accountDatabase();
  const existing = instances.get(directory.id);
  const instance =
    existing?.database === database
      ? existing
      : { database, auth: createAuth(database, [asProvider(directory)], logOf(directory)) };
  instances.set(directory.id, instance);
  try {
    await withTimeout(TIMEOUT.discovery, instance.auth.$context);
  } catch (error) {
    instances.delete(directory.id);
    throw error;
  }
  return instance.auth;
}

function asProvider(directory: DirectorySettings): GenericOAuthConfig {
  return {
    providerId: directory.id,
    name: directory.label,
    clientId: directory.clientId,
    clientSecret: directory.clientSecret,
    discoveryUrl: `${directory.issuer}/.well-known/openid-configuration`,
    scopes: ["openid", "email", "profile"],
    pkce: true,
    requireIdTokenVerification: true,
    disableImplicitSignUp: true,
    mapProfileToUser: (profile) => personOf(directory, profile),
  };
}

/** Errors that the person who signs in can mend, such as coming back too late, are shown to them and not logged. */
const PERSONAL_ERRORS =
  /parse state|state not found|signup_disabled|no_account|linked_elsewhere|account_not_linked|did not return an email|email_not|domain_not/i;

function logOf({ id }: DirectorySettings): Parameters<typeof createAuth>[2] {
  return {
    level: "error",
    log: (level, message, ...details: unknown[]) => {
      const causes = details.flatMap((detail) => (detail instanceof Error ? [detail.message] : []));
      if (level === "error" && !PERSONAL_ERRORS.test(message))
        console.error(["Directory", `${id}:`, message, ...causes].join(" "));
    },
  };
}

class DirectoryTimeout extends Error {}

function nullOnTimeout({ id }: DirectorySettings): (error: unknown) => null {
  return (error) => {
    if (!(error instanceof DirectoryTimeout)) throw error;
    console.error(`Directory ${id}: it does not answer.`);
    return null;
  };
}

async function withTimeout<T>(milliseconds: number, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new DirectoryTimeout("A directory does not answer.")), milliseconds);
  });
  try {
    return await Promise.race([work, timeout]);
  } finally {
    clearTimeout(timer);
  }
}
