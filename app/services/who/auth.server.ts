import type { BetterAuthOptions } from "better-auth";
import { betterAuth } from "better-auth/minimal";
import { prismaAdapter } from "better-auth/adapters/prisma";
import { genericOAuth, type GenericOAuthConfig } from "better-auth/plugins/generic-oauth";
import { magicLink } from "better-auth/plugins/magic-link";
import { twoFactor } from "better-auth/plugins/two-factor";
import { accountDatabase, DATABASE_PROVIDER } from "~/db/client.server";
import { PASSWORD } from "~/domain/account/account";
import { env, publicUrl } from "~/env.server";
import { fingerprintOf } from "~/files/fingerprint.server";
import { paths } from "~/paths";
import { mailEmailChange, mailLink, mailReset, LINK_MINUTES } from "../mail/account-mail.server";
import { judgeDirectorySignIn } from "./directory-rules.server";
import { hashPassword, verifyPassword } from "./password-hash.server";
import { methodOf, refusesSession, type SessionHookContext } from "./session-method.server";

const MINUTE = 60;
const DAY = 24 * 60 * MINUTE;

/**
 * The header that carries a caller's address to better-auth. Only this application sets it, from what the server knows.
 */
export const ADDRESS_HEADER = "x-demarc-address";

type Database = Awaited<ReturnType<typeof accountDatabase>>;
/** The logger that better-auth writes its messages to. */
type Log = NonNullable<BetterAuthOptions["logger"]>;

/**
 * An instance of better-auth, which only the server calls, at addresses of its own. An instance that signs in with a
 * directory gets it as `directory`; each has its own instance, so that a directory that doesn't answer delays no other
 * sign-in. Only an instance with `forget` can delete an account; `forget` first deletes what belongs to it, and throws
 * where the account must stay.
 */
export function createAuth(
  database: Database,
  directory: GenericOAuthConfig[],
  logger: Log,
  forget?: (userId: string) => Promise<void>,
) {
  return betterAuth({
    appName: "Demarc",
    baseURL: publicUrl(),
    basePath: "/auth",
    secret: env.DEMARC_SECRET,
    database: prismaAdapter(database, { provider: DATABASE_PROVIDER }),
    session: {
      expiresIn: 7 * DAY,
      updateAge: DAY,
      // A sign-in older than this must be repeated before an action that needs a fresh one.
      freshAge: FRESH_MINUTES * MINUTE,
      additionalFields: { method: { type: "string", required: false, defaultValue: "password", input: false } },
    },
    user: {
      changeEmail: { enabled: true },
      deleteUser: forget ? { enabled: true, beforeDelete: ({ id }) => forget(id) } : { enabled: false },
      validateUserInfo: judgeDirectorySignIn,
    },
    // A directory's tokens are used to sign in and for nothing else, so they aren't stored.
    account: { updateAccountOnSignIn: false },
    verification: { storeIdentifier: "hashed" },
    emailVerification: {
      sendOnSignUp: false,
      expiresIn: 60 * MINUTE,
      sendVerificationEmail: ({ user, token }) => mailEmailChange(user, token, new Date()),
    },
    emailAndPassword: {
      enabled: true,
      // Accounts are created by the set-up and by accepting an invitation only.
      disableSignUp: true,
      password: { hash: hashPassword, verify: verifyPassword },
      minPasswordLength: PASSWORD.min,
      maxPasswordLength: PASSWORD.max,
      revokeSessionsOnPasswordReset: true,
      resetPasswordTokenExpiresIn: 60 * MINUTE,
      sendResetPassword: ({ user, token }) => mailReset(user, token, new Date()),
    },
    databaseHooks: {
      session: {
        create: {
          before: async (session, context: SessionHookContext) =>
            (await refusesSession(session.userId, context)) ? false : { data: { method: methodOf(context) } },
        },
      },
      account: { create: { before: async () => ({ data: { accessToken: null, refreshToken: null, idToken: null } }) } },
    },
    plugins: [
      twoFactor({ issuer: "Demarc" }),
      magicLink({
        storeToken: { type: "custom-hasher", hash: async (token) => storedLink(token) },
        disableSignUp: true,
        expiresIn: LINK_MINUTES * MINUTE,
        sendMagicLink: ({ email, token }) => mailLink(email, token, new Date()),
      }),
      genericOAuth({ config: directory }),
    ],
    // attempts.server.ts counts tries by account and by address, also those of actions that aren't better-auth's.
    rateLimit: { enabled: false },
    advanced: {
      cookiePrefix: "demarc",
      useSecureCookies: publicUrl().startsWith("https:"),
      ipAddress: { ipAddressHeaders: [ADDRESS_HEADER] },
      database: { generateId: () => crypto.randomUUID() },
    },
    onAPIError: { errorURL: `${publicUrl()}${paths.signInRefused()}` },
    telemetry: { enabled: false },
    logger,
  });
}

/** The hash of a sign-in link's token, by which the stored link is found. */
export function storedLink(token: string): string {
  return Buffer.from(fingerprintOf(token), "hex").toString("base64url");
}

/** For how many minutes a sign-in counts as fresh. */
export const FRESH_MINUTES = 15;

export type Auth = ReturnType<typeof createAuth>;
const ERRORS_ALONE: Log = { level: "error" };
/** The instance for everything but directories, with the database it was created on. */
let current: { database: Database; auth: Auth } | null = null;

/** The one instance of better-auth for everything but directories. It is created anew after its database was closed. */
export async function auth(): Promise<Auth> {
  const database = await accountDatabase();
  if (current?.database !== database) current = { database, auth: createAuth(database, [], ERRORS_ALONE) };
  return current.auth;
}

/** An instance that can delete accounts. `forget` runs before a deletion, and throws where the account must stay. */
export async function authThatDeletes(forget: (userId: string) => Promise<void>): Promise<Auth> {
  return createAuth(await accountDatabase(), [], ERRORS_ALONE, forget);
}
