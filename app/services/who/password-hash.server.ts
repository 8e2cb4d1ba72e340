import { randomBytes, scrypt, timingSafeEqual } from "node:crypto";
import { normalised } from "~/domain/text";
import { env } from "~/env.server";

/** The cost of one guess: scrypt uses `128 × N × r` bytes of memory, `p` times. */
type Cost = { N: number; r: number; p: number };
type Stored = { cost: Cost; salt: Buffer | string; key: Buffer };

const KEY_LENGTH = 64;

/**
 * 16 MiB, five times: OWASP's Password Storage Cheat Sheet rates this equal to 128 MiB once, and a few people who sign
 * in at once then need 64 MiB instead of half a gigabyte.
 */
const CURRENT: Cost = { N: 2 ** env.PASSWORD_COST, r: 8, p: 5 };

/** The cost of better-auth's own hash. Passwords of earlier releases have it until their owner signs in. */
const EARLIER: Cost = { N: 2 ** 14, r: 16, p: 1 };

/** The hash of a password for storing, in the PHC string format, which contains the cost. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(16);
  return `$scrypt$ln=${Math.log2(CURRENT.N)},r=${CURRENT.r},p=${CURRENT.p}$${base64(salt)}$${base64(await keyOf(password, salt, CURRENT))}`;
}

/**
 * Whether a password is the stored one. For a cheaper hash it also computes one of the current cost, so that the time
 * shows nothing about an account.
 */
export async function verifyPassword({ hash, password }: { hash: string; password: string }): Promise<boolean> {
  const stored = parseHash(hash);
  const keys = [keyOf(password, stored.salt, stored.cost)];
  if (isWeaker(stored.cost)) keys.push(keyOf(password, stored.salt, CURRENT));
  const [key] = await Promise.all(keys);
  return key !== undefined && timingSafeEqual(key, stored.key);
}

/** Whether a stored hash is cheaper to guess at than the current one. */
export function isOutdated(hash: string): boolean {
  return isWeaker(parseHash(hash).cost);
}

function isWeaker({ N, r, p }: Cost): boolean {
  return N * r * p < CURRENT.N * CURRENT.r * CURRENT.p;
}

const PHC = /^\$scrypt\$ln=(\d{1,2}),r=(\d{1,2}),p=(\d{1,2})\$([\w+/]+)\$([\w+/]+)$/;
const BEFORE_PHC = /^([0-9a-f]{32}):([0-9a-f]{128})$/;

/** Parses a stored hash. Throws where it has neither of the two forms. */
function parseHash(hash: string): Stored {
  const [, ln, r, p, salt = "", key = ""] = PHC.exec(hash) ?? [];
  if (ln)
    return {
      cost: { N: 2 ** Number(ln), r: Number(r), p: Number(p) },
      salt: Buffer.from(salt, "base64"),
      key: keyBytes(key, "base64"),
    };
  const [, earlierSalt, earlierKey = ""] = BEFORE_PHC.exec(hash) ?? [];
  // better-auth uses the hexadecimal text as the salt, not the bytes it encodes.
  if (earlierSalt) return { cost: EARLIER, salt: earlierSalt, key: keyBytes(earlierKey, "hex") };
  throw new Error("A stored password is in no form that is known.");
}

function keyBytes(text: string, encoding: "base64" | "hex"): Buffer {
  const key = Buffer.from(text, encoding);
  if (key.length !== KEY_LENGTH) throw new Error("A stored password has a key of another length.");
  return key;
}

/**
 * Derives the key on a thread of Node's pool. The password is normalised first, so that characters that look alike but
 * have different code points count as the same.
 */
function keyOf(password: string, salt: Buffer | string, { N, r, p }: Cost): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    scrypt(normalised(password, "NFKC"), salt, KEY_LENGTH, { N, r, p, maxmem: 256 * N * r }, (error, key) =>
      error ? reject(error) : resolve(key),
    );
  });
}

function base64(bytes: Buffer): string {
  return bytes.toString("base64").replace(/=+$/, "");
}
