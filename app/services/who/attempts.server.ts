import { addTry, forgetKey, sweepTries, takeTryOff, triesOf, type Tries } from "~/db/attempt-store.server";
import { read, write, type Transaction } from "~/db/client.server";
import { AppError } from "~/domain/errors";
import { networkOf } from "~/domain/account/network";
import { fingerprintOf } from "~/files/fingerprint.server";
import { logRefusal } from "./refusals.server";

const MINUTES = 60;

const anHour = (points: number) => ({
  account: { points, duration: 60 * MINUTES },
  address: { points, duration: 60 * MINUTES },
});

/**
 * The most tries, by the account they are about and by the address they come from; `duration` is in seconds. Tries are
 * counted in the database, so that several processes share one count and a restart loses none; where it can't be
 * written, nothing may be tried. Of guesses, only wrong ones stay counted, because an office signs in, opens links and
 * signs through one address.
 */
const LIMITS = {
  // Guesses: a right one is taken off again by `giveBack`, or never counted by `findBySecret`.
  "sign-in": { account: { points: 10, duration: 15 * MINUTES }, address: { points: 60, duration: 15 * MINUTES } },
  "second-factor": { account: { points: 10, duration: 15 * MINUTES }, address: { points: 60, duration: 15 * MINUTES } },
  /** Somebody who is signed in confirms an action with their password. */
  confirm: { account: { points: 10, duration: 15 * MINUTES }, address: { points: 60, duration: 15 * MINUTES } },
  link: { account: { points: 30, duration: 15 * MINUTES }, address: { points: 30, duration: 15 * MINUTES } },
  /** The code that proves a signatory's address is entered. */
  code: { account: { points: 10, duration: 15 * MINUTES }, address: { points: 30, duration: 15 * MINUTES } },
  /** A directory answers about somebody. */
  directory: { account: { points: 60, duration: 15 * MINUTES }, address: { points: 60, duration: 15 * MINUTES } },
  /**
   * The six digits of a workshop: as an account counts the installation as a whole, because any of its open workshops
   * may be guessed.
   */
  "workshop-code": {
    account: { points: 200, duration: 15 * MINUTES },
    address: { points: 60, duration: 15 * MINUTES },
  },
  // Actions that cost somebody else something, whatever comes of them: every one counts.
  /** A sign-in with a directory begins: each sends the directory a request, and leaves a row until it ends. */
  "directory-begun": {
    account: { points: 600, duration: 15 * MINUTES },
    address: { points: 600, duration: 15 * MINUTES },
  },
  /** A mail goes to an address that anybody can enter. */
  mail: { account: { points: 5, duration: 60 * MINUTES }, address: { points: 30, duration: 60 * MINUTES } },
  /**
   * A code is mailed to a signatory. Only whoever has their link can ask for one, so many from one address are people
   * in one room.
   */
  "code-mail": { account: { points: 5, duration: 60 * MINUTES }, address: { points: 120, duration: 60 * MINUTES } },
  /** An invitation is mailed: by one person in all, and to one address. */
  invitation: { account: { points: 60, duration: 60 * MINUTES }, address: { points: 10, duration: 60 * MINUTES } },
  /** An owner signs somebody out: in all, and the same person. */
  "sign-out": { account: { points: 60, duration: 60 * MINUTES }, address: { points: 5, duration: 60 * MINUTES } },
  /** Anybody has a file checked: reading one occupies a thread for seconds. */
  verify: { account: { points: 30, duration: 15 * MINUTES }, address: { points: 30, duration: 15 * MINUTES } },
  /**
   * A program fetches a calendar, which is computed anew each time: programs ask every few hours, and a service that fetches
   * for many people does so from few addresses.
   */
  calendar: { account: { points: 60, duration: 15 * MINUTES }, address: { points: 3_000, duration: 15 * MINUTES } },
  /** Somebody has a calendar read into a rota: reading one occupies a thread for seconds. */
  "calendar-read": { account: { points: 30, duration: 15 * MINUTES }, address: { points: 60, duration: 15 * MINUTES } },
  /** Somebody who isn't signed in tries to set the installation up: each try hashes a password. */
  "set-up": { account: { points: 20, duration: 15 * MINUTES }, address: { points: 20, duration: 15 * MINUTES } },
  /**
   * Somebody who is signed in creates something that stays. The limits are far above what a day of setting clients up
   * takes.
   */
  engagement: anHour(40),
  matrix: anHour(60),
  version: anHour(60),
  "read-link": anHour(60),
  "calendar-made": anHour(60),
  paper: anHour(40),
  preset: anHour(60),
  contact: anHour(600),
  drill: anHour(120),
  workshop: anHour(60),
} as const;
type LimitName = keyof typeof LIMITS;

/**
 * One count of tries: the limit it belongs to, its key in the database, the most tries, and for how many seconds one
 * counts.
 */
type Counter = { limit: LimitName; by: "account" | "address"; key: string; points: number; duration: number };

/** The key holds a hash of the account or address, which has a fixed length and reveals nothing. */
function counterFor(limit: LimitName, by: "account" | "address", subject: string): Counter {
  return { limit, by, key: `${limit}:${by}:${fingerprintOf(subject)}`, ...LIMITS[limit][by] };
}

/**
 * Counts a try by the network it comes from and by the account it is about; `account` is null for what may be asked for
 * about one thing any number of times. Throws `too-many` with how long to wait once a limit is passed. The try is
 * counted before it is carried out, or many at once would all pass; `giveBack` takes a right one off again. Calling
 * this inside `write` would deadlock.
 */
export async function countTry(
  limit: LimitName,
  { account, address }: { account: string | null; address: string },
): Promise<CountedTry> {
  const counters = [
    counterFor(limit, "address", networkOf(address)),
    ...(account === null ? [] : [counterFor(limit, "account", account)]),
  ];
  // Whoever goes on trying past a limit is refused by a read alone, and so delays no writes of others.
  await refuseFull(counters, address);
  const { exceeded, countedTry } = await write((tx) => countAll(tx, counters));
  if (exceeded) refuseFrom(exceeded.counter, exceeded.tries, exceeded.counter.points + 1, address);
  return countedTry;
}

/** A try that was counted: the keys it was counted under, each with the end of its time window. */
type CountedTry = readonly Pick<Tries, "key" | "until">[];

/** Takes a counted try off again because it was right. Tries of others stay counted. */
export async function giveBack(countedTry: CountedTry): Promise<void> {
  await write(async (tx) => {
    for (const { key, until } of countedTry) await takeTryOff(tx, key, until);
  });
}

/**
 * Looks up what belongs to a secret too long to be guessed. Only a secret that opens nothing counts as a try, so any
 * number of people can open right links at once; past the limit nothing is looked up. Calling this inside `write` would
 * deadlock.
 */
export async function findBySecret<T>(
  { address }: { address: string },
  find: () => Promise<T | null>,
): Promise<T | null> {
  const counter = counterFor("link", "address", networkOf(address));
  await refuseFull([counter], address);
  const result = await find();
  if (result !== null) return result;
  const { exceeded } = await write((tx) => countAll(tx, [counter]));
  if (exceeded) refuseFrom(counter, exceeded.tries, counter.points + 1, address);
  return null;
}

/** Refuses where one of these counts has reached its limit. */
async function refuseFull(counters: readonly Counter[], address: string): Promise<void> {
  const tries = await triesOf(
    read,
    counters.map(({ key }) => key),
    new Date(),
  );
  for (const counter of counters)
    refuseFrom(
      counter,
      tries.find(({ key }) => key === counter.key),
      counter.points,
      address,
    );
}

/**
 * Counts messages to other people, by the account that causes them and by the address they go to, so that nobody gets
 * mail without end. They count once the transaction commits.
 */
export async function countReached(
  tx: Transaction,
  limit: "invitation" | "sign-out",
  actorId: string,
  emails: readonly string[],
): Promise<void> {
  // The addresses are sorted, so that two transactions that write to the same people can't wait for each other's locks.
  const counters = [...emails]
    .sort()
    .flatMap((email) => [counterFor(limit, "account", actorId), counterFor(limit, "address", email)]);
  const { exceeded } = await countAll(tx, counters);
  if (exceeded) refuseFrom(exceeded.counter, exceeded.tries, exceeded.counter.points + 1, "");
}

/** Adds one try to each count. Where one is exceeded by that, all tries of this call are taken off again. */
async function countAll(
  tx: Transaction,
  counters: readonly Counter[],
): Promise<{ exceeded: { counter: Counter; tries: Tries } | null; countedTry: CountedTry }> {
  const now = new Date();
  const countedTry: Tries[] = [];
  for (const counter of counters) {
    const tries = await addTry(tx, counter.key, now, new Date(now.getTime() + counter.duration * 1_000));
    countedTry.push(tries);
    if (tries.count <= counter.points) continue;
    // A refused try isn't carried out, so it was no wrong guess.
    for (const { key, until } of countedTry) await takeTryOff(tx, key, until);
    return { exceeded: { counter, tries }, countedTry: [] };
  }
  return { exceeded: null, countedTry };
}

/** The kinds of things whose creation is limited. */
type CreatedKind =
  | "engagement"
  | "matrix"
  | "version"
  | "read-link"
  | "calendar-made"
  | "paper"
  | "preset"
  | "contact"
  | "drill"
  | "workshop";

/**
 * Counts that an account creates something that stays. Throws `too-many` with how long to wait. Calling this inside
 * `write` would deadlock.
 */
export async function countMade(kind: CreatedKind, actorId: string): Promise<void> {
  const counter = counterFor(kind, "account", actorId);
  const { exceeded } = await write((tx) => countAll(tx, [counter]));
  if (exceeded) refuseFrom(counter, exceeded.tries, counter.points + 1, "");
}

const CREATED_THINGS: Partial<Record<LimitName, string>> = {
  engagement: "engagements",
  matrix: "matrices",
  version: "versions",
  "read-link": "links",
  "calendar-made": "calendars",
  paper: "files",
  preset: "presets",
  contact: "contacts",
  drill: "drills",
  workshop: "workshops",
};

/**
 * The counts whose limit was logged as reached, each until its window ends: a limit is logged once a window, so that
 * whoever goes on trying doesn't fill the log.
 */
const loggedUntil = new Map<string, Date>();

/** Throws `too-many` where there are at least `count` tries. */
function refuseFrom({ limit, by, key }: Counter, tries: Tries | undefined, count: number, address: string): void {
  if (!tries || tries.count < count) return;
  const now = new Date();
  for (const [loggedKey, until] of loggedUntil) if (until <= now) loggedUntil.delete(loggedKey);
  if (!loggedUntil.has(key)) logRefusal({ event: "limit.reached", of: limit, by, network: networkOf(address) });
  loggedUntil.set(key, tries.until);
  const minutes = Math.max(1, Math.ceil((tries.until.getTime() - now.getTime()) / 60_000));
  const wait = minutes === 1 ? "a minute" : `${minutes} minutes`;
  const things = CREATED_THINGS[limit];
  throw new AppError(
    "too-many",
    things
      ? `You have made very many ${things} within an hour. Wait ${wait}, then go on.`
      : `Too many tries. Wait ${wait}, then try again.`,
  );
}

/** Deletes the tries about an account, for when what was guessed at has changed. */
export async function forgetTries(limit: LimitName, account: string): Promise<void> {
  await write((tx) => forgetKey(tx, counterFor(limit, "account", account).key));
}

/** Deletes the tries that are too old to count. */
export async function forgetOldTries(now: Date): Promise<void> {
  await write((tx) => sweepTries(tx, now));
}
