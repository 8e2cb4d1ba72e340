import { read } from "~/db/client.server";

/**
 * The part of better-auth's hook context that says how a session comes about: the path of the call, and the session
 * before it.
 */
export type SessionHookContext = {
  path?: string;
  context: { session: { session: { userId: string; method?: unknown } } | null };
} | null;

/** How somebody signed in. "second-factor" is a password and a code. */
export type SessionMethod = "password" | "second-factor" | "link" | "directory";

/**
 * The method of a session that is being created. A session that replaces another keeps its method, except where the
 * call proves or turns off the second factor.
 */
export function methodOf(context: SessionHookContext): SessionMethod {
  const path = context?.path ?? "";
  if (path.startsWith("/two-factor/verify-")) return "second-factor";
  if (path === "/magic-link/verify") return "link";
  if (path.startsWith("/callback/")) return "directory";
  const before = sessionMethod(context?.context.session?.session.method);
  return path === "/two-factor/disable" && before === "second-factor" ? "password" : before;
}

/** The method in a stored session. An unknown one counts as "password", which allows least. */
export function sessionMethod(stored: unknown): SessionMethod {
  return stored === "second-factor" || stored === "link" || stored === "directory" ? stored : "password";
}

/** Whether a session must be refused: signing in by a mailed link would bypass the account's second factor. */
export async function refusesSession(userId: string, context: SessionHookContext): Promise<boolean> {
  if (context?.path !== "/magic-link/verify") return false;
  return (
    (await read.user.findUnique({ where: { id: userId }, select: { twoFactorEnabled: true } }))?.twoFactorEnabled !==
    false
  );
}
