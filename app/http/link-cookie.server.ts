import { createCookie } from "@remix-run/node";
import { z } from "zod";
import { linkCookieSettings } from "~/services/link-secret.server";

/** Links whose password one browser keeps as given, the newest last. */
const MOST = 20;
const proven = z.array(z.string()).catch([]);

/** Which links' passwords this browser gave, signed so that it can't add any itself; half a day. */
export const linkCookie = {
  async read(cookie: string): Promise<string[]> {
    return proven.parse(await kept().parse(cookie));
  },
  write(ids: readonly string[]): Promise<string> {
    return kept().serialize([...new Set(ids)].slice(-MOST));
  },
};

function kept() {
  const { secret, secure } = linkCookieSettings();
  return createCookie("demarc.links", { secrets: [secret], secure, httpOnly: true, sameSite: "lax", path: "/shared", maxAge: 12 * 60 * 60 });
}
