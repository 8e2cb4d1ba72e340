import { createCookie } from "@remix-run/node";
import { z } from "zod";
import { linkCookieSettings } from "~/services/who/link-secret.server";

/** Links whose password one browser keeps as given, the newest last. */
const MOST = 20;
const proven = z.array(z.string()).catch([]);

/** Which links' passwords this browser gave, signed so that it can't add any itself; half a day. */
export const linkCookie = provenCookie("demarc.links", "/shared", 12 * 60 * 60);

/** Which signatories' addresses this browser proved with a code, kept the same way; two hours. */
export const signCookie = provenCookie("demarc.signing", "/sign", 2 * 60 * 60);

/** A cookie of what one browser has proven. What is signed in one counts in no other: each thing carries the cookie's name. */
function provenCookie(name: string, path: string, maxAge: number) {
  const kept = () => {
    const { secret, secure } = linkCookieSettings();
    return createCookie(name, { secrets: [secret], secure, httpOnly: true, sameSite: "lax", path, maxAge });
  };
  const mark = `${name} `;
  return {
    async read(cookie: string): Promise<string[]> {
      return proven
        .parse(await kept().parse(cookie))
        .flatMap((one) => (one.startsWith(mark) ? [one.slice(mark.length)] : []));
    },
    write(ids: readonly string[]): Promise<string> {
      return kept().serialize([...new Set(ids)].slice(-MOST).map((id) => `${mark}${id}`));
    },
  };
}
