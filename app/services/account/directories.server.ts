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
import { configured, type Auth } from "../who/auth.server";
import { asked, codeIn, cookieAfter, fieldOf } from "../who/auth-answer.server";
import { personOf } from "../who/directory-rules.server";
import { invitedAddress } from "../access/invitations.server";

/** A directory as the sign-in page offers it. */
export type DirectoryChoice = { id: string; label: string };

/** How long a directory may take to say where it is, and to answer for somebody. */
const PATIENCE = { discovery: 8_000, answer: 20_000 };

/** The directories people may sign in with. */
export function directoryChoices(): DirectoryChoice[] {
  return env.DIRECTORIES.map(({ id, label }) => ({ id, label }));
}

/** What directories are called, by their ids; those that are no longer set up by their id. */
export function directoryLabels(ids: readonly string[]): string[] {
  return ids
    .filter((id) => id !== "credential")
    .map((id) => env.DIRECTORIES.find((directory) => directory.id === id)?.label ?? id);
}

/** The directory an address names. */
function directoryAt(id: string): DirectorySettings {
  const directory = env.DIRECTORIES.find((known) => known.id === id);
  if (!directory) throw new AppError("not-found", "There is no such directory to sign in with.");
  return directory;
}

/** Where a browser goes next, and the cookies it takes along. */
export type Onward = { to: string; cookies: string[] };

/** Begins to sign in with a directory: on to its page, or to ours that says it doesn't answer. Opening a new account is for whoever comes from an invitation. */
export async function beginWithDirectory(id: string, next: string, caller: Caller, now: Date): Promise<Onward> {
  const directory = directoryAt(id);
  await countTry("directory-begun", { account: null, address: caller.address });
  const token = /^\/invitations\/([^/?#]+)$/.exec(next)?.[1];
  const invited = token === undefined ? null : await invitedAddress(decodeURIComponent(token), caller, now);
  const trouble = `${publicUrl()}${paths.signInRefused(id, next)}`;
  const body = {
    provider: id,
    callbackURL: `${publicUrl()}${next}`,
    errorCallbackURL: trouble,
    disableRedirect: true,
    ...(invited ? { requestSignUp: true, additionalData: { invited }, loginHint: invited } : {}),
  };
  const answer = await instanceOf(directory)
    .then(({ api }) =>
      within(PATIENCE.discovery, asked(api.signInSocial({ body, headers: headersOf(caller), asResponse: true }))),
    )
    .catch(silent(directory));
  const url = fieldOf(answer?.body, "url");
  return typeof url === "string"
    ? { to: url, cookies: answer?.cookies ?? [] }
    : { to: paths.signInRefused(id, next, "unreachable"), cookies: [] };
}

/** Takes up what a directory answered: signed in, or on to the page that says why not. */
export async function finishWithDirectory(id: string, search: string, caller: Caller, now: Date): Promise<Onward> {
  const directory = directoryAt(id);
  const tried = await countTry("directory", { account: null, address: caller.address });
  const request = new Request(`${publicUrl()}${paths.directoryCallback(id)}${search}`, { headers: headersOf(caller) });
  const answer = await instanceOf(directory)
    .then(({ handler }) => within(PATIENCE.answer, asked(handler(request))))
    .catch(silent(directory));
  if (!answer) return { to: paths.signInRefused(id, undefined, "unreachable"), cookies: [] };
  const place = ownPlace(answer.location);
  if (place === null)
    return { to: paths.signInRefused(id, undefined, codeIn(answer.body) || "unreachable"), cookies: answer.cookies };
  // What a directory writes about an error is not handed on.
  if (place.pathname === paths.signInRefused())
    return {
      to: paths.signInRefused(
        id,
        place.searchParams.get("next") ?? undefined,
        place.searchParams.get("error") ?? "unreachable",
      ),
      cookies: answer.cookies,
    };
  const { actor } = await actorOf({ ...caller, cookie: cookieAfter("", answer.cookies) });
  if (actor) {
    await giveBack(tried);
    await signedIn(actor.userId, directory, caller, now);
  }
  return { to: `${place.pathname}${place.search}`, cookies: answer.cookies };
}

async function signedIn(userId: string, directory: DirectorySettings, caller: Caller, now: Date): Promise<void> {
  const {
    name,
    email,
    createdAt: opened,
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
  // Linked by this very sign-in.
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
      if (opened < now) await mailDirectoryLinked(tx, { name, email }, directory.label, now);
    });
  }
  await recordSignIn(userId, caller, "directory", now);
}

/** A place of this application; null for any other. */
function ownPlace(location: string | null): URL | null {
  if (location === null || !URL.canParse(location, publicUrl())) return null;
  const url = new URL(location, publicUrl());
  return url.origin === new URL(publicUrl()).origin ? url : null;
}

type Instance = { database: Awaited<ReturnType<typeof accountDatabase>>; auth: Auth };
const instances = new Map<string, Instance>();

/** better-auth with one directory. One that could not be found out about in time is tried anew by whoever asks next. */
async function instanceOf(directory: DirectorySettings): Promise<Auth> {
  const database = await accountDatabase();
  const known = instances.get(directory.id);
  const instance =
    known?.database === database
      ? known
      : { database, auth: configured(database, [asProvider(directory)], logOf(directory)) };
  instances.set(directory.id, instance);
  try {
    await within(PATIENCE.discovery, instance.auth.$context);
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

/** What is somebody's own doing, such as coming back too late, is told to them; the rest is for whoever runs this. */
const ONES_OWN =
  /parse state|state not found|signup_disabled|no_account|linked_elsewhere|account_not_linked|did not return an email|email_not|domain_not/i;

function logOf({ id }: DirectorySettings): Parameters<typeof configured>[2] {
  return {
    level: "error",
    log: (level, message, ...details: unknown[]) => {
      const causes = details.flatMap((detail) => (detail instanceof Error ? [detail.message] : []));
      if (level === "error" && !ONES_OWN.test(message))
        console.error(["Directory", `${id}:`, message, ...causes].join(" "));
    },
  };
}

class Silence extends Error {}

function silent({ id }: DirectorySettings): (error: unknown) => null {
  return (error) => {
    if (!(error instanceof Silence)) throw error;
    console.error(`Directory ${id}: it does not answer.`);
    return null;
  };
}

async function within<T>(milliseconds: number, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Silence("A directory does not answer.")), milliseconds);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
