import { randomBytes, scrypt, timingSafeEqual } from "node:crypto";
import { normalised } from "~/domain/text";
import { env } from "~/env.server";

/** What one guess costs: `128 × N × r` bytes of memory, gone through `p` times. */
type Cost = { N: number; r: number; p: number };
type Stored = { cost: Cost; salt: Buffer | string; key: Buffer };

const KEY_BYTES = 64;

/**
 * 16 MiB five times over, one of the settings that OWASP's Password Storage Cheat Sheet holds equal to 128 MiB once:
 * several people who sign in at a time then take 64 MiB and not half a gigabyte.
 */
const TODAY: Cost = { N: 2 ** env.PASSWORD_COST, r: 8, p: 5 };

/** How better-auth hashes by itself. Passwords of earlier releases are kept so until their owner signs in. */
const EARLIER: Cost = { N: 2 ** 14, r: 16, p: 1 };

/** A password as it is stored: the PHC string format, with the cost in it. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(16);
  return `$scrypt$ln=${Math.log2(TODAY.N)},r=${TODAY.r},p=${TODAY.p}$${base64(salt)}$${base64(await keyOf(password, salt, TODAY))}`;
}

/** Whether a password is the one that was stored. It takes as long for a hash of an earlier release as for one of today, so that the time tells of no account. */
export async function verifyPassword({ hash, password }: { hash: string; password: string }): Promise<boolean> {
  const stored = read(hash);
  const keys = [keyOf(password, stored.salt, stored.cost)];
  if (isWeaker(stored.cost)) keys.push(keyOf(password, stored.salt, TODAY));
  const [key] = await Promise.all(keys);
  return key !== undefined && timingSafeEqual(key, stored.key);
}

/** Whether a stored hash is cheaper to guess at than one made now. */
export function isOutdated(hash: string): boolean {
  return isWeaker(read(hash).cost);
}

function isWeaker({ N, r, p }: Cost): boolean {
  return N * r * p < TODAY.N * TODAY.r * TODAY.p;
}

const PHC = /^\$scrypt\$ln=(\d{1,2}),r=(\d{1,2}),p=(\d{1,2})\$([\w+/]+)\$([\w+/]+)$/;
const BEFORE_PHC = /^([0-9a-f]{32}):([0-9a-f]{128})$/;

/** Throws where the database holds something that is no hash of a password. */
function read(hash: string): Stored {
  const [, ln, r, p, salt = "", key = ""] = PHC.exec(hash) ?? [];
  if (ln)
    return {
      cost: { N: 2 ** Number(ln), r: Number(r), p: Number(p) },
      salt: Buffer.from(salt, "base64"),
      key: sized(key, "base64"),
    };
  const [, earlierSalt, earlierKey = ""] = BEFORE_PHC.exec(hash) ?? [];
  // better-auth salts with the digits, not with the bytes they stand for.
  if (earlierSalt) return { cost: EARLIER, salt: earlierSalt, key: sized(earlierKey, "hex") };
  throw new Error("A stored password is in no form that is known.");
}

function sized(text: string, encoding: "base64" | "hex"): Buffer {
  const key = Buffer.from(text, encoding);
  if (key.length !== KEY_BYTES) throw new Error("A stored password has a key of another length.");
  return key;
}

/** On a thread of Node's pool. Signs that look alike and are written with other code points count as the same. */
function keyOf(password: string, salt: Buffer | string, { N, r, p }: Cost): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    scrypt(normalised(password, "NFKC"), salt, KEY_BYTES, { N, r, p, maxmem: 256 * N * r }, (error, key) =>
      error ? reject(error) : resolve(key),
    );
  });
}

function base64(bytes: Buffer): string {
  return bytes.toString("base64").replace(/=+$/, "");
}
