import { addTry, forgetKey, sweepTries, takeTryOff, triesOf, type Tries } from "~/db/attempt-store.server";
import { read, write, type Writer } from "~/db/client.server";
import { AppError } from "~/domain/errors";
import { networkOf } from "~/domain/account/network";
import { fingerprintOf } from "~/files/fingerprint.server";
import { tellRefusal } from "./refusals.server";

const MINUTES = 60;

const anHour = (points: number) => ({
  account: { points, duration: 60 * MINUTES },
  address: { points, duration: 60 * MINUTES },
});

/**
 * How often something may be tried: by the account it is about, and by the address it comes from. Counted in the database,
 * so that several processes share one count and a restart forgets none; where it can't be written, nothing is tried.
 * Of what guesses, only what was wrong stays counted: an office signs in, opens links and signs through one address.
 */
const LIMITS = {
  // What guesses: a right one is taken off again by `giveBack`, or never counted by `findBySecret`.
  "sign-in": { account: { points: 10, duration: 15 * MINUTES }, address: { points: 60, duration: 15 * MINUTES } },
  "second-factor": { account: { points: 10, duration: 15 * MINUTES }, address: { points: 60, duration: 15 * MINUTES } },
  /** What somebody signed in confirms with their password. */
  confirm: { account: { points: 10, duration: 15 * MINUTES }, address: { points: 60, duration: 15 * MINUTES } },
  link: { account: { points: 30, duration: 15 * MINUTES }, address: { points: 30, duration: 15 * MINUTES } },
  /** The code that proves a signatory's address. */
  code: { account: { points: 10, duration: 15 * MINUTES }, address: { points: 30, duration: 15 * MINUTES } },
  /** What a directory answers about somebody. */
  directory: { account: { points: 60, duration: 15 * MINUTES }, address: { points: 60, duration: 15 * MINUTES } },
  // What costs somebody else something, whether it comes to anything or not: each counts.
  /** Sign-ins begun with a directory: each asks it something, and leaves a row until it ends. */
  "directory-begun": {
    account: { points: 600, duration: 15 * MINUTES },
    address: { points: 600, duration: 15 * MINUTES },
  },
  /** Mail to an address that anybody can write down. */
  mail: { account: { points: 5, duration: 60 * MINUTES }, address: { points: 30, duration: 60 * MINUTES } },
  /** Codes mailed to a signatory: only whoever has their link can ask, so that many from one address are a meeting. */
  "code-mail": { account: { points: 5, duration: 60 * MINUTES }, address: { points: 120, duration: 60 * MINUTES } },
  /** Messages that somebody's invitations send: in all, and to one address. */
  invitation: { account: { points: 60, duration: 60 * MINUTES }, address: { points: 10, duration: 60 * MINUTES } },
  /** People whom an owner signs out: in all, and the same one. */
  "sign-out": { account: { points: 60, duration: 60 * MINUTES }, address: { points: 5, duration: 60 * MINUTES } },
  /** Files that anybody has checked: reading one takes a thread for seconds. */
  verify: { account: { points: 30, duration: 15 * MINUTES }, address: { points: 30, duration: 15 * MINUTES } },
  /** Each hashes a password, for somebody unseen; the first one that is right is the last. */
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
type Guess = keyof typeof LIMITS;

/** What a try is counted under, how often that may be, and for how many seconds it counts. */
type Counted = { guess: Guess; by: "account" | "address"; row: string; points: number; duration: number };

/** It is kept as a hash: of one length, however long it was, and telling nothing. */
function counted(guess: Guess, by: "account" | "address", what: string): Counted {
  return { guess, by, row: `${guess}:${by}:${fingerprintOf(what)}`, ...LIMITS[guess][by] };
}

/**
 * Counts a try by the network it comes from and by what it is about; null for what anybody may ask for as often as they
 * like as long as others don't pay for it. Throws `too-many` with how long to wait once there were too many of its kind.
 * It is counted before it is looked at, or of many at once each would be looked at; `giveBack` takes a right one off again.
 * Not to be called within `write`, which it would wait for.
 */
export async function countTry(
  guess: Guess,
  { account, address }: { account: string | null; address: string },
): Promise<Tried> {
  const all = [
    counted(guess, "address", networkOf(address)),
    ...(account === null ? [] : [counted(guess, "account", account)]),
  ];
  // Who goes on trying past a limit is refused by reading alone, and holds up nobody who writes.
  await refuseFull(all, address);
  const { over, tried } = await write((tx) => addUp(tx, all));
  if (over) refuseFrom(over.one, over.tries, over.one.points + 1, address);
  return tried;
}

/** What a try was counted under, each with the end of the window it was counted in. */
type Tried = readonly Pick<Tries, "key" | "until">[];

/** Takes a try off again that was right: what it added to the account and to the network, and no other's. */
export async function giveBack(tried: Tried): Promise<void> {
  await write(async (tx) => {
    for (const { key, until } of tried) await takeTryOff(tx, key, until);
  });
}

/**
 * Finds what belongs to a secret too long to be guessed. Only what opens nothing counts, so that any number of people at
 * once open a link that is right; past the limit nothing is looked for. Not to be called within `write`.
 */
export async function findBySecret<T>(
  { address }: { address: string },
  find: () => Promise<T | null>,
): Promise<T | null> {
  const one = counted("link", "address", networkOf(address));
  await refuseFull([one], address);
  const found = await find();
  if (found !== null) return found;
  const { over } = await write((tx) => addUp(tx, [one]));
  if (over) refuseFrom(one, over.tries, one.points + 1, address);
  return null;
}

async function refuseFull(all: readonly Counted[], address: string): Promise<void> {
  const known = await triesOf(
    read,
    all.map(({ row }) => row),
    new Date(),
  );
  for (const one of all)
    refuseFrom(
      one,
      known.find(({ key }) => key === one.row),
      one.points,
      address,
    );
}

/** Counts what reaches others, by who causes it and by whose address it reaches, so that nobody is written to without end. It counts once the transaction commits. */
export async function countReached(
  tx: Writer,
  guess: "invitation" | "sign-out",
  actorId: string,
  emails: readonly string[],
): Promise<void> {
  // In one order, so that two who reach the same people at once don't each wait for the other.
  const all = [...emails]
    .sort()
    .flatMap((email) => [counted(guess, "account", actorId), counted(guess, "address", email)]);
  const { over } = await addUp(tx, all);
  if (over) refuseFrom(over.one, over.tries, over.one.points + 1, "");
}

/** Counts one after the other; where one of them is tried too often, none of it stays counted. */
async function addUp(
  tx: Writer,
  all: readonly Counted[],
): Promise<{ over: { one: Counted; tries: Tries } | null; tried: Tried }> {
  const now = new Date();
  const tried: Tries[] = [];
  for (const one of all) {
    const tries = await addTry(tx, one.row, now, new Date(now.getTime() + one.duration * 1_000));
    tried.push(tries);
    if (tries.count <= one.points) continue;
    // What is refused isn't looked at, so it is no wrong one.
    for (const { key, until } of tried) await takeTryOff(tx, key, until);
    return { over: { one, tries }, tried: [] };
  }
  return { over: null, tried };
}

/** What somebody makes that stays. */
export type Made = "engagement" | "matrix" | "version" | "read-link" | "paper" | "preset" | "contact";

/** Counts something that an account makes and that stays. Throws `too-many` with how long to wait; not to be called within `write`. */
export async function countMade(made: Made, actorId: string): Promise<void> {
  const one = counted(made, "account", actorId);
  const { over } = await write((tx) => addUp(tx, [one]));
  if (over) refuseFrom(one, over.tries, one.points + 1, "");
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

/** Until when each limit that is reached was told of: once a window, so that who goes on trying fills no log. */
const told = new Map<string, Date>();

/** Refuses where there are that many tries. */
function refuseFrom({ guess, by, row }: Counted, tries: Tries | undefined, count: number, address: string): void {
  if (!tries || tries.count < count) return;
  const now = new Date();
  for (const [before, until] of told) if (until <= now) told.delete(before);
  if (!told.has(row)) tellRefusal({ event: "limit.reached", of: guess, by, network: networkOf(address) });
  told.set(row, tries.until);
  const minutes = Math.max(1, Math.ceil((tries.until.getTime() - now.getTime()) / 60_000));
  const wait = minutes === 1 ? "a minute" : `${minutes} minutes`;
  const things = MADE[guess];
  throw new AppError(
    "too-many",
    things
      ? `You have made very many ${things} within an hour. Wait ${wait}, then go on.`
      : `Too many tries. Wait ${wait}, then try again.`,
  );
}

/** Forgets the tries about an account, where what was guessed at is no longer what it was. */
export async function forgetTries(guess: Guess, account: string): Promise<void> {
  await write((tx) => forgetKey(tx, counted(guess, "account", account).row));
}

/** Removes what was tried too long ago to count. */
export async function forgetOldTries(now: Date): Promise<void> {
  await write((tx) => sweepTries(tx, now));
}
