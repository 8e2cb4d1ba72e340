import { betterAuth } from "better-auth";
import { prismaAdapter } from "better-auth/adapters/prisma";
import { twoFactor } from "better-auth/plugins/two-factor";
import { accountDatabase, DATABASE_PROVIDER } from "~/db/client.server";
import { PASSWORD } from "~/domain/account";
import { env, publicUrl } from "~/env.server";

const DAY = 24 * 60 * 60;

/** The header in which a caller's address reaches better-auth. Only this application sets it, from what the server knows. */
export const ADDRESS_HEADER = "x-demarc-address";

type Database = Awaited<ReturnType<typeof accountDatabase>>;

function configured(database: Database) {
  return betterAuth({
    appName: "Demarc",
    baseURL: publicUrl(),
    basePath: "/auth",
    secret: env.DEMARC_SECRET,
    database: prismaAdapter(database, { provider: DATABASE_PROVIDER }),
    session: {
      expiresIn: 7 * DAY,
      updateAge: DAY,
      additionalFields: { method: { type: "string", required: false, defaultValue: "password", input: false } },
    },
    emailAndPassword: { enabled: true, minPasswordLength: PASSWORD.min, maxPasswordLength: PASSWORD.max, revokeSessionsOnPasswordReset: true },
    plugins: [twoFactor({ issuer: "Demarc" })],
    // Tries are counted by account and by address in attempts.server.ts, which also covers what isn't better-auth's.
    rateLimit: { enabled: false },
    advanced: {
      cookiePrefix: "demarc",
      useSecureCookies: publicUrl().startsWith("https:"),
      ipAddress: { ipAddressHeaders: [ADDRESS_HEADER] },
      database: { generateId: () => crypto.randomUUID() },
    },
    telemetry: { enabled: false },
    logger: { level: "error" },
  });
}

type Auth = ReturnType<typeof configured>;
let made: { database: Database; auth: Auth } | null = null;

/** The one instance of better-auth: accounts, passwords, sessions, second factors. It is made anew when its database was closed. */
export async function auth(): Promise<Auth> {
  const database = await accountDatabase();
  if (made?.database !== database) made = { database, auth: configured(database) };
  return made.auth;
}
