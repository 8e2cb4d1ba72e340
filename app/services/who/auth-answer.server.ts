/** A call of better-auth: its answer, and the cookies to hand on. */
export type Answered = { status: number; cookies: string[]; location: string | null; body: unknown };

/** Makes a call of better-auth's and reads its answer, whatever it is. */
export async function asked(call: Promise<Response>): Promise<Answered> {
  const response = await call;
  const body: unknown = await response.json().catch(() => null);
  return {
    status: response.status,
    cookies: response.headers.getSetCookie(),
    location: response.headers.get("location"),
    body,
  };
}

/** What an answer holds under a name; undefined where it holds nothing there. */
export function fieldOf(body: unknown, name: string): unknown {
  return typeof body === "object" && body !== null
    ? Object.entries(body).find(([key]) => key === name)?.[1]
    : undefined;
}

/** The id of the person an answer is about, or null. */
export function userIdIn(body: unknown): string | null {
  const id = fieldOf(fieldOf(body, "user"), "id");
  return typeof id === "string" ? id : null;
}

/** Which of better-auth's errors an answer is; empty where it is none. */
export function codeIn(body: unknown): string {
  const code = fieldOf(body, "code");
  return typeof code === "string" ? code : "";
}

/** The cookies a browser sends after an answer: those it had, with what the answer set or ended. */
export function cookieAfter(before: string, set: readonly string[]): string {
  const kept = new Map(
    before
      .split(/;\s*/)
      .filter(Boolean)
      .map((pair) => [pair.split("=", 1)[0] ?? "", pair]),
  );
  for (const line of set) {
    const pair = line.split(";", 1)[0] ?? "";
    const name = pair.split("=", 1)[0] ?? "";
    if (/;\s*max-age=0\b/i.test(line)) kept.delete(name);
    else kept.set(name, pair);
  }
  return [...kept.values()].join("; ");
}
