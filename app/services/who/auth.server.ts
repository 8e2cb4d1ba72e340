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

/** The header in which a caller's address reaches better-auth. Only this application sets it, from what the server knows. */
export const ADDRESS_HEADER = "x-demarc-address";

type Database = Awaited<ReturnType<typeof accountDatabase>>;
/** Where better-auth's own words about trouble go. */
type Log = NonNullable<BetterAuthOptions["logger"]>;

/**
 * better-auth as this application uses it: called by the server alone, on its own addresses. `directory` is given to the
 * instance that signs in with one; a directory that doesn't answer then holds up nobody else. An account can be deleted by
 * an instance alone that is given `forget`, which takes away what goes with it first.
 */
export function configured(
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
      // How recent a sign-in must be for what asks for one anew.
      freshAge: FRESH_MINUTES * MINUTE,
      additionalFields: { method: { type: "string", required: false, defaultValue: "password", input: false } },
    },
    user: {
      changeEmail: { enabled: true },
      deleteUser: forget ? { enabled: true, beforeDelete: ({ id }) => forget(id) } : { enabled: false },
      validateUserInfo: judgeDirectorySignIn,
    },
    // A directory's tokens serve to sign in and nothing else, so none is kept.
    account: { updateAccountOnSignIn: false },
    verification: { storeIdentifier: "hashed" },
    emailVerification: {
      sendOnSignUp: false,
      expiresIn: 60 * MINUTE,
      sendVerificationEmail: ({ user, token }) => mailEmailChange(user, token, new Date()),
    },
    emailAndPassword: {
      enabled: true,
      // Accounts are made by what they are for: the first set-up, and invitations.
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
    // Tries are counted by account and by address in attempts.server.ts, which also covers what isn't better-auth's.
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

/** What is stored of a link that signs in, by which it is found again. */
export function storedLink(token: string): string {
  return Buffer.from(fingerprintOf(token), "hex").toString("base64url");
}

/** How many minutes a sign-in counts as fresh. */
export const FRESH_MINUTES = 15;

export type Auth = ReturnType<typeof configured>;
const ERRORS_ALONE: Log = { level: "error" };
let made: { database: Database; auth: Auth } | null = null;

/** The one instance of better-auth for everything but directories. It is made anew when its database was closed. */
export async function auth(): Promise<Auth> {
  const database = await accountDatabase();
  if (made?.database !== database) made = { database, auth: configured(database, [], ERRORS_ALONE) };
  return made.auth;
}

/** An instance that deletes an account once `forget` has run; it throws where the account must stay. */
export async function authThatDeletes(forget: (userId: string) => Promise<void>): Promise<Auth> {
  return configured(await accountDatabase(), [], ERRORS_ALONE, forget);
}
