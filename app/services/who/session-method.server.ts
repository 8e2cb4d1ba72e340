import { read } from "~/db/client.server";

/** What is needed of better-auth's context to tell how a session comes about: the call, and the session it follows on. */
export type SessionHookContext = {
  path?: string;
  context: { session: { session: { userId: string; method?: unknown } } | null };
} | null;

/** How a session was opened: "second-factor" is a password and a code. */
export type SessionMethod = "password" | "second-factor" | "link" | "directory";

/** The way of the call that opens a session; one that follows on another keeps its way, unless it proved or gave up the second factor. */
export function methodOf(context: SessionHookContext): SessionMethod {
  const path = context?.path ?? "";
  if (path.startsWith("/two-factor/verify-")) return "second-factor";
  if (path === "/magic-link/verify") return "link";
  if (path.startsWith("/callback/")) return "directory";
  const before = sessionMethod(context?.context.session?.session.method);
  return path === "/two-factor/disable" && before === "second-factor" ? "password" : before;
}

/** Reads a stored way of signing in; what isn't known counts as the least. */
export function sessionMethod(stored: unknown): SessionMethod {
  return stored === "second-factor" || stored === "link" || stored === "directory" ? stored : "password";
}

/** Whether a session must not come about: a link by mail would go round the second factor. */
export async function refusesSession(userId: string, context: SessionHookContext): Promise<boolean> {
  if (context?.path !== "/magic-link/verify") return false;
  return (
    (await read.user.findUnique({ where: { id: userId }, select: { twoFactorEnabled: true } }))?.twoFactorEnabled !==
    false
  );
}
