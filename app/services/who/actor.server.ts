import { auth, ADDRESS_HEADER } from "./auth.server";
import { sessionMethod } from "./session-method.server";

/** Who is asking. Every service takes one first. */
export type Actor = {
  userId: string;
  name: string;
  /** In lower case. */
  email: string;
  /** Whether this session proved a second factor, or the person's own directory signed them in. */
  secondFactor: boolean;
};

/**
 * Where a request comes from, as the server itself knows it: the address of the connection, the browser and its
 * cookies.
 */
export type Caller = { address: string; userAgent: string; cookie: string };

/** The headers that better-auth gets for a caller. None of them is one that the request could forge. */
export function headersOf({ address, userAgent, cookie }: Caller): Headers {
  return new Headers({ cookie, "user-agent": userAgent, [ADDRESS_HEADER]: address });
}

/** Whom a caller's session belongs to at this moment, or null. It isn't prolonged: a page that is only left open isn't in use. */
export async function sessionHolder(caller: Caller): Promise<Actor | null> {
  return (await actorOf(caller, { disableRefresh: true })).actor;
}

/** The person a caller's session belongs to, or null; and the cookies that prolong the session. */
export async function actorOf(
  caller: Caller,
  query: { disableRefresh?: true } = {},
): Promise<{ actor: Actor | null; cookies: string[] }> {
  if (!caller.cookie.includes("demarc.session_token")) return { actor: null, cookies: [] };
  const { response, headers } = await (
    await auth()
  ).api.getSession({ headers: headersOf(caller), query, returnHeaders: true });
  if (!response) return { actor: null, cookies: headers.getSetCookie() };
  const { user, session } = response;
  return {
    actor: {
      userId: user.id,
      name: user.name,
      email: user.email,
      secondFactor: ["second-factor", "directory"].includes(sessionMethod(session.method)),
    },
    cookies: headers.getSetCookie(),
  };
}
