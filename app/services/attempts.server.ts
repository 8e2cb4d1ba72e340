import { RateLimiterMemory, RateLimiterRes } from "rate-limiter-flexible";
import { AppError } from "~/domain/errors";
import { networkOf } from "~/domain/network";
import { fingerprintOf } from "~/files/fingerprint.server";
import { tellRefusal } from "./refusals.server";

const MINUTES = 60;

const anHour = (points: number) => ({ account: { points, duration: 60 * MINUTES }, address: { points, duration: 60 * MINUTES } });

/**
 * How often something that guesses may be tried: by the account it is about, and by the address it comes from. Counted in
 * this process: several behind one address each count their own.
 */
const LIMITS = {
  "sign-in": { account: { points: 10, duration: 15 * MINUTES }, address: { points: 60, duration: 15 * MINUTES } },
  "second-factor": { account: { points: 10, duration: 15 * MINUTES }, address: { points: 60, duration: 15 * MINUTES } },
  /** What somebody signed in confirms with their password. */
  confirm: { account: { points: 10, duration: 15 * MINUTES }, address: { points: 60, duration: 15 * MINUTES } },
  mail: { account: { points: 5, duration: 60 * MINUTES }, address: { points: 30, duration: 60 * MINUTES } },
  link: { account: { points: 30, duration: 15 * MINUTES }, address: { points: 60, duration: 15 * MINUTES } },
  /** The code that proves a signatory's address. */
  code: { account: { points: 10, duration: 15 * MINUTES }, address: { points: 60, duration: 15 * MINUTES } },
  directory: { account: { points: 60, duration: 15 * MINUTES }, address: { points: 60, duration: 15 * MINUTES } },
  /** Messages that somebody's invitations send: in all, and to one address. */
  invitation: { account: { points: 60, duration: 60 * MINUTES }, address: { points: 10, duration: 60 * MINUTES } },
  /** Files that anybody has checked. */
  verify: { account: { points: 30, duration: 15 * MINUTES }, address: { points: 30, duration: 15 * MINUTES } },
  "set-up": { account: { points: 20, duration: 15 * MINUTES }, address: { points: 20, duration: 15 * MINUTES } },
  /** What somebody signed in makes and what stays, far above what a day of setting clients up takes. */
  engagement: anHour(40),
  matrix: anHour(60),
  version: anHour(60),
  "read-link": anHour(60),
  paper: anHour(40),
  preset: anHour(60),
  contact: anHour(600),
} as const;
export type Guess = keyof typeof LIMITS;

const limiters = new Map<string, RateLimiterMemory>();

function limiter(guess: Guess, by: "account" | "address"): RateLimiterMemory {
  const keyPrefix = `${guess}:${by}`;
  const known = limiters.get(keyPrefix) ?? new RateLimiterMemory({ ...LIMITS[guess][by], keyPrefix });
  limiters.set(keyPrefix, known);
  return known;
}

/** What is tried is kept as a hash: of one length, however long it was, and telling nothing. */
const keyOf = (account: string) => fingerprintOf(account);

/**
 * Counts a try by the network it comes from and by what it is about; null for what anybody may ask for as often as they
 * like as long as others don't pay for it. Throws `too-many` with how long to wait once there were too many of its kind.
 */
export async function countTry(guess: Guess, { account, address }: { account: string | null; address: string }): Promise<void> {
  await consume(guess, "address", networkOf(address), address);
  if (account !== null) await consume(guess, "account", keyOf(account), address);
}

/** Counts a message that an invitation sends, by who invites and by who is invited, so that nobody is written to without end. */
export async function countInvitation(actorId: string, email: string): Promise<void> {
  await consume("invitation", "account", keyOf(actorId), "");
  await consume("invitation", "address", keyOf(email), "");
}

/** What somebody makes that stays. */
export type Made = "engagement" | "matrix" | "version" | "read-link" | "paper" | "preset" | "contact";

/** Counts something that an account makes and that stays. Throws `too-many` with how long to wait; called before a transaction, never in one. */
export async function countMade(made: Made, actorId: string): Promise<void> {
  await consume(made, "account", keyOf(actorId), "");
}

const MADE: Partial<Record<Guess, string>> = {
  engagement: "engagements",
  matrix: "matrices",
  version: "versions",
  "read-link": "links",
  paper: "files",
  preset: "presets",
  contact: "contacts",
};

async function consume(guess: Guess, by: "account" | "address", key: string, address: string): Promise<void> {
  try {
    await limiter(guess, by).consume(key);
  } catch (refusal) {
    if (!(refusal instanceof RateLimiterRes)) throw refusal;
    // Once a window: who goes on trying fills no log.
    if (refusal.consumedPoints === LIMITS[guess][by].points + 1) tellRefusal({ event: "limit.reached", of: guess, by, network: networkOf(address) });
    const minutes = Math.max(1, Math.ceil(refusal.msBeforeNext / 60_000));
    const wait = minutes === 1 ? "a minute" : `${minutes} minutes`;
    const things = MADE[guess];
    throw new AppError("too-many", things ? `You have made very many ${things} within an hour. Wait ${wait}, then go on.` : `Too many tries. Wait ${wait}, then try again.`);
  }
}

/** Forgets the tries about an account, once one of them was right. */
export async function forgetTries(guess: Guess, account: string): Promise<void> {
  await limiter(guess, "account").delete(keyOf(account));
}
