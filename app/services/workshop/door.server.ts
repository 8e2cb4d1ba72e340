import { createHmac } from "node:crypto";
import type { DoorFields } from "~/db/workshop/workshop-store.server";
import type { Reader } from "~/db/client.server";
import { typedCode } from "~/domain/text";
import type { Workshop } from "~/domain/workshop/shapes";
import { linkCookieSettings, newLinkSecret } from "../who/link-secret.server";

const DIGITS = 6;

/**
 * What is made of a text with the installation's secret. Six digits are guessed from their plain hash at once; from this
 * one only by whoever has the secret too.
 */
function keyed(purpose: string, text: string): Buffer {
  return createHmac("sha256", linkCookieSettings().secret).update(`workshop ${purpose} ${text}`).digest();
}

/** The token of a workshop's link: 256 bits in base64url. */
export function linkToken(linkSeed: string): string {
  return keyed("link", linkSeed).toString("base64url");
}

/** The digits by which people join while the door is open. */
export function codeOf(codeSeed: string): string {
  return String(keyed("code", codeSeed).readUIntBE(0, 6) % 10 ** DIGITS).padStart(DIGITS, "0");
}

/** The hash by which a workshop is found by its link. */
export function hashOfToken(token: string): string {
  return keyed("link hash", token).toString("base64url");
}

/** The hash by which a workshop is found by its digits, as somebody typed them; null where they are none. */
export function hashOfCode(typed: string): string | null {
  const code = typedCode(typed.slice(0, 100)).replaceAll("-", "");
  return /^\d{6}$/.test(code) ? keyed("code hash", code).toString("base64url") : null;
}

/** What a new workshop's link is made of, and its hash. */
export function newLink(): { linkSeed: string; linkHash: string } {
  const linkSeed = newLinkSecret();
  return { linkSeed, linkHash: hashOfToken(linkToken(linkSeed)) };
}

/**
 * What opens the door after a change: digits while it is open, new ones at each opening, and the link until the
 * workshop has ended.
 */
export async function doorAfter(
  db: Reader,
  before: { workshop: Workshop; linkSeed: string; codeSeed: string | null },
  after: Workshop,
): Promise<DoorFields> {
  const linkHash = after.stage === "ended" ? null : hashOfToken(linkToken(before.linkSeed));
  if (!after.doorOpen) return { codeSeed: null, codeHash: null, linkHash };
  const codeSeed = before.workshop.doorOpen && before.codeSeed !== null ? before.codeSeed : await freeSeed(db);
  return { codeSeed, codeHash: hashOfCode(codeOf(codeSeed)), linkHash };
}

/** Two open doors never have the same digits. */
async function freeSeed(db: Reader): Promise<string> {
  for (;;) {
    const seed = newLinkSecret();
    const taken = await db.workshop.findUnique({
      where: { codeHash: hashOfCode(codeOf(seed)) ?? "" },
      select: { id: true },
    });
    if (!taken) return seed;
  }
}

/**
 * An id that no participant of the workshop has. It is in every view as often as they are, so that it is short; what
 * lets a guest in is the signature of the pass that names it.
 */
export function newParticipantId({ participants }: Pick<Workshop, "participants">): string {
  const taken = new Set(participants.map(({ id }) => id));
  for (;;) {
    const id = crypto.randomUUID().slice(0, 8);
    if (!taken.has(id)) return id;
  }
}
