import { env, publicUrl } from "~/env.server";
import { fingerprintOf } from "~/files/fingerprint.server";

/** The secret of a link: 256 bits from the system's source of chance. It is told once, to whoever hands the link on. */
export function newLinkSecret(): string {
  return Buffer.from(crypto.getRandomValues(new Uint8Array(32))).toString("base64url");
}

/** What is stored of a link's secret: enough to know it again, of no use to open anything. */
export function hashOfSecret(secret: string): string {
  return fingerprintOf(secret);
}

/** What the cookie of opened links is signed with, and whether it travels over TLS alone. */
export function linkCookieSettings(): { secret: string; secure: boolean } {
  return { secret: env.DEMARC_SECRET, secure: publicUrl().startsWith("https:") };
}
