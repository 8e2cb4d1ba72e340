import { env, publicUrl } from "~/env.server";
import { fingerprintOf } from "~/files/fingerprint.server";

/**
 * A new secret of a link: 256 random bits in base64url. It is shown once, to whoever hands the link on; only its hash
 * is stored.
 */
export function newLinkSecret(): string {
  return Buffer.from(crypto.getRandomValues(new Uint8Array(32))).toString("base64url");
}

/** The hash of a link's secret, which is stored: it serves to recognise the secret and opens nothing. */
export function hashOfSecret(secret: string): string {
  return fingerprintOf(secret);
}

/** The secret that signs the cookie of opened links, and whether the cookie is sent over TLS only. */
export function linkCookieSettings(): { secret: string; secure: boolean } {
  return { secret: env.DEMARC_SECRET, secure: publicUrl().startsWith("https:") };
}
