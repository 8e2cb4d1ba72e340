/**
 * The answer of a call of better-auth; `cookies` are the `Set-Cookie` lines to hand on, `body` is null where it isn't
 * JSON.
 */
export type AuthAnswer = { status: number; cookies: string[]; location: string | null; body: unknown };

/** Awaits a call of better-auth and reads its answer, whatever its status. */
export async function authAnswer(call: Promise<Response>): Promise<AuthAnswer> {
  const response = await call;
  const body: unknown = await response.json().catch(() => null);
  return {
    status: response.status,
    cookies: response.headers.getSetCookie(),
    location: response.headers.get("location"),
    body,
  };
}

/** A field of an answer's body; undefined where it has none. */
export function bodyField(body: unknown, name: string): unknown {
  return typeof body === "object" && body !== null
    ? Object.entries(body).find(([key]) => key === name)?.[1]
    : undefined;
}

/** The user id in an answer's body, or null. */
export function userIdIn(body: unknown): string | null {
  const id = bodyField(bodyField(body, "user"), "id");
  return typeof id === "string" ? id : null;
}

/** The code of better-auth's error in an answer's body; empty where it holds none. */
export function codeIn(body: unknown): string {
  const code = bodyField(body, "code");
  return typeof code === "string" ? code : "";
}

/**
 * The `Cookie` header a browser sends after an answer: the cookies it had, changed by the answer's `Set-Cookie` lines.
 */
export function cookieAfter(before: string, setCookies: readonly string[]): string {
  const pairs = new Map(
    before
      .split(/;\s*/)
      .filter(Boolean)
      .map((pair) => [pair.split("=", 1)[0] ?? "", pair]),
  );
  for (const line of setCookies) {
    const pair = line.split(";", 1)[0] ?? "";
    const name = pair.split("=", 1)[0] ?? "";
    if (/;\s*max-age=0\b/i.test(line)) pairs.delete(name);
    else pairs.set(name, pair);
  }
  return [...pairs.values()].join("; ");
}
