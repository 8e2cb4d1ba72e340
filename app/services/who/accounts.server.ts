import { appendRecord } from "~/db/record-store.server";
import { read, write, type Transaction } from "~/db/client.server";
import { checkPassword, checkPersonName } from "~/domain/account/account";
import { AppError } from "~/domain/errors";
import { checkEmail, storedEmail } from "~/domain/mail-address";
import { sideOf } from "~/domain/engagement/permissions";
import { headersOf, type Actor, type Caller } from "./actor.server";
import { countTry, giveBack } from "./attempts.server";
import { auth } from "./auth.server";
import { commonPasswords } from "./common-passwords.server";
import { hashPassword, isOutdated } from "./password-hash.server";
import { recordWrongPassword } from "./refusals.server";
import { authAnswer, bodyField, userIdIn, type AuthAnswer } from "./auth-answer.server";

/** The id of the one row that an installation has once somebody has set it up. */
const INSTALLATION_ID = "here";
/** The id of the only user of an installation from before there were accounts. */
const LOCAL_OWNER = "local-owner";

let setUp = false;

/** Whether somebody has set this installation up. The process remembers a yes, so that it asks the database no more. */
export async function isSetUp(): Promise<boolean> {
  setUp ||= (await read.installation.findUnique({ where: { id: INSTALLATION_ID }, select: { id: true } })) !== null;
  return setUp;
}

/** Whether there is data from before there were accounts, which the first owner takes over. */
export async function hasEarlierWork(): Promise<boolean> {
  return (await read.member.count({ where: { userId: LOCAL_OWNER } })) > 0;
}

/** What somebody who sets an installation up has entered. */
type SetUpInput = { name: string; email: string; password: string; side: string };

/**
 * Creates the owner's account on an installation that has none, makes that account the owner of data from before
 * accounts, and signs in; returns the session's cookies. Everything is stored in one transaction: of several calls at
 * once one wins, and the others leave nothing behind. Throws `conflict` where the installation is set up already.
 */
export async function setUpInstallation(form: SetUpInput, caller: Caller, now: Date): Promise<string[]> {
  if (await isSetUp()) throw new AppError("conflict", ALREADY_SET_UP);
  const { name, email } = await checkNewAccount(form);
  const side = sideOf(form.side);
  if (!side || side === "third-party")
    throw new AppError("invalid", SOME_FIELDS, { side: "Choose which side you are on." });
  await countTry("set-up", { account: INSTALLATION_ID, address: caller.address });
  const hash = await hashPassword(form.password);
  const creation = write(async (tx) => {
    if (await tx.installation.findUnique({ where: { id: INSTALLATION_ID } }))
      throw new AppError("conflict", ALREADY_SET_UP);
    // Nobody is invited before there is an owner, so an account without access to anything is left over from a set-up
    // of an earlier release that failed half-way. The account of a set-up that has just won is spared: on PostgreSQL
    // this statement may be the first to see it.
    await tx.user.deleteMany({
      where: { id: { not: LOCAL_OWNER }, members: { none: {} }, organisation: null, installation: null },
    });
    const userId = await insertAccount(tx, { name, email, hash, emailVerified: true });
    await tx.installation.create({ data: { id: INSTALLATION_ID, ownerId: userId, createdAt: now } });
    await tx.member.updateMany({ where: { userId: LOCAL_OWNER }, data: { userId, side } });
    await tx.user.deleteMany({ where: { id: LOCAL_OWNER } });
    await appendRecord(tx, [
      {
        engagementId: null,
        at: now,
        event: "installation.set-up",
        actorId: userId,
        actorName: name,
        address: caller.address,
      },
    ]);
  });
  await creation.catch((error: unknown) => {
    // On PostgreSQL a concurrent set-up is seen only once it is committed; then the unique index refuses this one.
    throw isTaken(error) ? new AppError("conflict", ALREADY_SET_UP) : error;
  });
  return (await openSession({ email, password: form.password }, caller)).cookies;
}

const ALREADY_SET_UP = "Somebody has set this installation up already. Sign in, or ask them to invite you.";
const SOME_FIELDS = "Some fields need another look.";

/**
 * Checks the name, address and password of a new account and returns the name and address as they are stored. Throws
 * `invalid` with a sentence for each field that doesn't fit.
 */
export async function checkNewAccount(form: {
  name: string;
  email: string;
  password: string;
}): Promise<{ name: string; email: string }> {
  const name = checkPersonName(form.name);
  const email = checkEmail(form.email);
  const password = checkPassword(form.password, form, await commonPasswords());
  const errors: Record<string, string> = {};
  if (!name.ok) errors.name = name.rejection.message;
  if (!email.ok) errors.email = email.rejection.message;
  if (!password.ok) errors.password = password.rejection.message;
  if (!name.ok || !email.ok || !password.ok) throw new AppError("invalid", SOME_FIELDS, errors);
  return { name: name.value, email: email.value };
}

/** An account to be created: the address is in lower case, `hash` is the hashed password. */
type NewAccount = { name: string; email: string; hash: string; emailVerified: boolean };

/**
 * Inserts an account with a password, in the transaction of what it is needed for, and returns its id. Throws an error
 * that `isTaken` recognises where the address has an account.
 */
async function insertAccount(tx: Transaction, { name, email, hash, emailVerified }: NewAccount): Promise<string> {
  const id = crypto.randomUUID();
  await tx.user.create({ data: { id, name, email, emailVerified }, select: { id: true } });
  await tx.account.create({
    data: { id: crypto.randomUUID(), userId: id, accountId: id, providerId: "credential", password: hash },
    select: { id: true },
  });
  return id;
}

/** Whether an error says that a unique index was violated, such as that of the addresses of accounts. */
export function isTaken(error: unknown): boolean {
  return error instanceof Error && /unique constraint/i.test(error.message);
}

/**
 * Creates an account with a password, carries out `purpose` in the same transaction, and signs in; so no account is
 * left without what it was created for. Where the address has an account, the password must be that account's, and the
 * try counts like one to sign in.
 */
export async function openAccount<T>(
  { name, email, password }: { name: string; email: string; password: string },
  purpose: (tx: Transaction, userId: string) => Promise<T>,
  caller: Caller,
  now: Date,
): Promise<{ userId: string; cookies: string[]; result: T }> {
  if (await hasAccount(email)) return enterAccount({ email, password }, purpose, caller, now);
  const hash = await hashPassword(password);
  const creation = write(async (tx) => {
    const userId = await insertAccount(tx, { name, email, hash, emailVerified: false });
    return { userId, result: await purpose(tx, userId) };
  });
  const opened = await creation.catch((error: unknown) => {
    if (isTaken(error)) return null;
    throw error;
  });
  // Somebody else has just created an account with this address.
  if (!opened) return enterAccount({ email, password }, purpose, caller, now);
  return { ...opened, cookies: (await openSession({ email, password }, caller)).cookies };
}

async function hasAccount(email: string): Promise<boolean> {
  return (await read.user.findUnique({ where: { email }, select: { id: true } })) !== null;
}

async function enterAccount<T>(
  credentials: { email: string; password: string },
  purpose: (tx: Transaction, userId: string) => Promise<T>,
  caller: Caller,
  now: Date,
): Promise<{ userId: string; cookies: string[]; result: T }> {
  const countedTry = await countTry("sign-in", { account: credentials.email, address: caller.address });
  const opened = await openSession(credentials, caller);
  if (opened.status !== 200) await recordWrongPassword({ email: credentials.email }, "invitation", caller, now);
  const { userId, cookies } = opened;
  if (opened.status !== 200 || userId === null)
    throw new AppError("invalid", SOME_FIELDS, {
      email: "There is an account with this address. Sign in with it first, then open the link again.",
    });
  await giveBack(countedTry);
  return { userId, cookies, result: await write((tx) => purpose(tx, userId)) };
}

/**
 * Asks better-auth for a session. The answer has none where the password is wrong or a second factor is still needed.
 */
async function openSession(
  { email, password }: { email: string; password: string },
  caller: Caller,
): Promise<AuthAnswer & { userId: string | null }> {
  const answer = await authAnswer(
    (await auth()).api.signInEmail({ body: { email, password }, headers: headersOf(caller), asResponse: true }),
  );
  return { ...answer, userId: userIdIn(answer.body) };
}

/** The outcome of a sign-in: a session, or the question for a second factor. */
type SignedIn = { next: "in" | "second-factor"; cookies: string[] };

const WRONG = "The e-mail address or the password is not right. Try again, or sign in with a link instead.";

/** Signs in with a password. Neither the answer nor the time it takes shows whether there is such an account. */
export async function signIn(
  { email: enteredEmail, password }: { email: string; password: string },
  caller: Caller,
  now: Date,
): Promise<SignedIn> {
  const email = storedEmail(enteredEmail);
  const countedTry = await countTry("sign-in", { account: email, address: caller.address });
  const minimumTime = pause();
  const answer = await openSession({ email, password }, caller);
  if (answer.status !== 200) {
    // Where there is an account, the entry in its record takes longer; the time of the answer must not show that.
    await recordWrongPassword({ email }, "sign-in", caller, now);
    await minimumTime;
    throw new AppError("invalid", WRONG, { password: WRONG });
  }
  await giveBack(countedTry);
  await renewHash(email, password);
  if (bodyField(answer.body, "twoFactorRedirect") === true) return { next: "second-factor", cookies: answer.cookies };
  await recordSignIn(answer.userId, caller, "password", now);
  return { next: "in", cookies: answer.cookies };
}

/**
 * Hashes a password again whose stored hash is cheaper to guess at than one of today. The server has the password only
 * while its owner signs in.
 */
async function renewHash(email: string, password: string): Promise<void> {
  const account = await read.account.findFirst({
    where: { providerId: "credential", user: { email } },
    select: { id: true, password: true },
  });
  if (!account?.password || !isOutdated(account.password)) return;
  const renewed = await hashPassword(password);
  // Stores nothing where the password was changed meanwhile.
  await write((tx) =>
    tx.account.updateMany({ where: { id: account.id, password: account.password }, data: { password: renewed } }),
  );
}

/** Records that somebody signed in, and by which method. */
export async function recordSignIn(userId: string | null, caller: Caller, method: string, now: Date): Promise<void> {
  const user =
    userId === null ? null : await read.user.findUnique({ where: { id: userId }, select: { id: true, name: true } });
  if (user)
    await write((tx) =>
      appendRecord(tx, [
        {
          engagementId: null,
          at: now,
          event: "session.opened",
          actorId: user.id,
          actorName: user.name,
          detail: { method },
          address: caller.address,
        },
      ]),
    );
}

/** Ends the caller's session. Returns the cookies that delete it from the browser. */
export async function signOut(actor: Actor | null, caller: Caller, now: Date): Promise<string[]> {
  const { cookies } = await authAnswer((await auth()).api.signOut({ headers: headersOf(caller), asResponse: true }));
  if (actor)
    await write((tx) =>
      appendRecord(tx, [
        {
          engagementId: null,
          at: now,
          event: "session.ended",
          actorId: actor.userId,
          actorName: actor.name,
          address: caller.address,
        },
      ]),
    );
  return cookies;
}

/** Runs something for no less than `EVEN_MS`, so that the time doesn't show whether there was anything to do. */
export async function evenly<T>(run: () => Promise<T>): Promise<T> {
  const [outcome] = await Promise.allSettled([run(), pause()]);
  if (outcome.status === "rejected") throw outcome.reason;
  return outcome.value;
}

function pause(): Promise<void> {
  return new Promise((resolve) => void setTimeout(resolve, EVEN_MS));
}

/** In milliseconds: longer than hashing a password and storing a row or a message take, shorter than anybody minds. */
const EVEN_MS = 600;
