import { createCookie } from "@remix-run/node";
import { z } from "zod";
import { linkCookieSettings } from "~/services/who/link-secret.server";

/** How many proved ids a cookie holds; the newest are kept. */
const MOST = 20;
const proven = z.array(z.string()).catch([]);

/** The ids of the read-only links whose password this browser has given, signed, for half a day. */
export const linkCookie = provenCookie("demarc.links", "/shared", 12 * 60 * 60);

/** What `proveSigningCode` returned to this browser, signed, for two hours. */
export const signCookie = provenCookie("demarc.signing", "/sign", 2 * 60 * 60);

/**
 * The places in workshops that this browser was given at the door, signed. It outlasts a workshop that goes on another
 * day; after the end, or once a guest was sent away, it opens nothing.
 */
export const guestCookie = provenCookie("demarc.workshops", "/", 30 * 24 * 60 * 60);

/**
 * A signed cookie of proved ids. Each id is stored with the cookie's name, so that one signed for this cookie is worth
 * nothing in another.
 */
function provenCookie(name: string, path: string, maxAge: number) {
  const cookie = () => {
    const { secret, secure } = linkCookieSettings();
    return createCookie(name, { secrets: [secret], secure, httpOnly: true, sameSite: "lax", path, maxAge });
  };
  const prefix = `${name} `;
  return {
    async read(header: string): Promise<string[]> {
      return proven
        .parse(await cookie().parse(header))
        .flatMap((one) => (one.startsWith(prefix) ? [one.slice(prefix.length)] : []));
    },
    write(ids: readonly string[]): Promise<string> {
      return cookie().serialize([...new Set(ids)].slice(-MOST).map((id) => `${prefix}${id}`));
    },
  };
}
