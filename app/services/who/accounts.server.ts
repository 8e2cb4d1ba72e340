import { appendRecord } from "~/db/record-store.server";
import { read, write, type Writer } from "~/db/client.server";
import { checkPassword, checkPersonName } from "~/domain/account/account";
import { AppError } from "~/domain/errors";
import { checkEmail, storedEmail } from "~/domain/mail-address";
import { sideOf } from "~/domain/engagement/permissions";
import { headersOf, type Actor, type Caller } from "./actor.server";
import { countTry, giveBack } from "./attempts.server";
import { auth } from "./auth.server";
import { commonPasswords } from "./common-passwords.server";
import { hashPassword, isOutdated } from "./password-hash.server";
import { passwordRefused } from "./refusals.server";
import { asked, fieldOf, userIdIn, type Answered } from "./auth-answer.server";

/** The one row that says an installation has an owner. */
const HERE = "here";
/** The person of an installation from before there were accounts. */
const LOCAL_OWNER = "local-owner";

let setUp = false;

/** Whether somebody has set this installation up. It is asked once a process after that. */
export async function isSetUp(): Promise<boolean> {
  setUp ||= (await read.installation.findUnique({ where: { id: HERE }, select: { id: true } })) !== null;
  return setUp;
}

/** Whether there is something from before accounts, which the first owner takes over. */
export async function hasEarlierWork(): Promise<boolean> {
  return (await read.member.count({ where: { userId: LOCAL_OWNER } })) > 0;
}

export type SetUpForm = { name: string; email: string; password: string; side: string };

/**
 * Creates the owner's account on an installation that has none, takes over what is there from before accounts, and signs
 * in. All of it is one transaction: of several at the same moment one wins, and the others, like one that is cut off half
 * way, leave nothing behind.
 */
export async function setUpInstallation(form: SetUpForm, caller: Caller, now: Date): Promise<string[]> {
  if (await isSetUp()) throw new AppError("conflict", ALREADY_SET_UP);
  const { name, email } = await checkNewAccount(form);
  const side = sideOf(form.side);
  if (!side || side === "third-party")
    throw new AppError("invalid", SOME_FIELDS, { side: "Choose which side you are on." });
  await countTry("set-up", { account: HERE, address: caller.address });
  const hash = await hashPassword(form.password);
  const first = write(async (tx) => {
    if (await tx.installation.findUnique({ where: { id: HERE } })) throw new AppError("conflict", ALREADY_SET_UP);
    // Nobody is invited before there is an owner: an account with access to nothing is what an earlier release left of a set-up that came to nothing.
    // But for the one that has just set this up: on PostgreSQL it may be seen only here.
    await tx.user.deleteMany({
      where: { id: { not: LOCAL_OWNER }, members: { none: {} }, organisation: null, installation: null },
    });
    const userId = await insertAccount(tx, { name, email, hash, emailVerified: true });
    await tx.installation.create({ data: { id: HERE, ownerId: userId, createdAt: now } });
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
  await first.catch((error: unknown) => {
    // On PostgreSQL the other's row is seen only once it is committed, and refuses this one.
    throw isTaken(error) ? new AppError("conflict", ALREADY_SET_UP) : error;
  });
  return (await openSession({ email, password: form.password }, caller)).cookies;
}

const ALREADY_SET_UP = "Somebody has set this installation up already. Sign in, or ask them to invite you.";
const SOME_FIELDS = "Some fields need another look.";

/** Checks what a new account needs; what doesn't fit is named under its field. */
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

/** An account to be made: its address is in lower case, its password hashed. */
type NewAccount = { name: string; email: string; hash: string; emailVerified: boolean };

/** Makes an account with a password as part of what it is made for; returns its id. Throws what `isTaken` knows where the address has one. */
async function insertAccount(tx: Writer, { name, email, hash, emailVerified }: NewAccount): Promise<string> {
  const id = crypto.randomUUID();
  await tx.user.create({ data: { id, name, email, emailVerified }, select: { id: true } });
  await tx.account.create({
    data: { id: crypto.randomUUID(), userId: id, accountId: id, providerId: "credential", password: hash },
    select: { id: true },
  });
  return id;
}

/** Whether the database refused a row because another has what must be there once, such as the address of an account. */
export function isTaken(error: unknown): boolean {
  return error instanceof Error && /unique constraint/i.test(error.message);
}

/**
 * Makes an account with a password for something, in one transaction with it, and signs in: there is no account without
 * what it is for. Where the address has one already, the password must be its own, and trying it counts as signing in does.
 */
export async function openAccount<T>(
  { name, email, password }: { name: string; email: string; password: string },
  purpose: (tx: Writer, userId: string) => Promise<T>,
  caller: Caller,
  now: Date,
): Promise<{ userId: string; cookies: string[]; done: T }> {
  if (await hasAccount(email)) return enterAccount({ email, password }, purpose, caller, now);
  const hash = await hashPassword(password);
  const made = write(async (tx) => {
    const userId = await insertAccount(tx, { name, email, hash, emailVerified: false });
    return { userId, done: await purpose(tx, userId) };
  });
  const opened = await made.catch((error: unknown) => {
    if (isTaken(error)) return null;
    throw error;
  });
  // Another made it meanwhile.
  if (!opened) return enterAccount({ email, password }, purpose, caller, now);
  return { ...opened, cookies: (await openSession({ email, password }, caller)).cookies };
}

async function hasAccount(email: string): Promise<boolean> {
  return (await read.user.findUnique({ where: { email }, select: { id: true } })) !== null;
}

async function enterAccount<T>(
  known: { email: string; password: string },
  purpose: (tx: Writer, userId: string) => Promise<T>,
  caller: Caller,
  now: Date,
): Promise<{ userId: string; cookies: string[]; done: T }> {
  const tried = await countTry("sign-in", { account: known.email, address: caller.address });
  const opened = await openSession(known, caller);
  if (opened.status !== 200) await passwordRefused({ email: known.email }, "invitation", caller, now);
  const { userId, cookies } = opened;
  if (opened.status !== 200 || userId === null)
    throw new AppError("invalid", SOME_FIELDS, {
      email: "There is an account with this address. Sign in with it first, then open the link again.",
    });
  await giveBack(tried);
  return { userId, cookies, done: await write((tx) => purpose(tx, userId)) };
}

/** Asks for a session with a password; without one for whoever still owes a second factor, and for a wrong password. */
async function openSession(
  { email, password }: { email: string; password: string },
  caller: Caller,
): Promise<Answered & { userId: string | null }> {
  const answer = await asked(
    (await auth()).api.signInEmail({ body: { email, password }, headers: headersOf(caller), asResponse: true }),
  );
  return { ...answer, userId: userIdIn(answer.body) };
}

/** What became of a sign-in: signed in, or asked for a second factor. */
type SignedIn = { next: "in" | "second-factor"; cookies: string[] };

const WRONG = "The e-mail address or the password is not right. Try again, or sign in with a link instead.";

/** Signs in with a password. Nothing in the answer tells whether there is such an account. */
export async function signIn(
  { email: written, password }: { email: string; password: string },
  caller: Caller,
  now: Date,
): Promise<SignedIn> {
  const email = storedEmail(written);
  const tried = await countTry("sign-in", { account: email, address: caller.address });
  const even = pause();
  const answer = await openSession({ email, password }, caller);
  if (answer.status !== 200) {
    // Keeping it takes longer where there is an account, which the time of the answer must not tell.
    await passwordRefused({ email }, "sign-in", caller, now);
    await even;
    throw new AppError("invalid", WRONG, { password: WRONG });
  }
  await giveBack(tried);
  await renewHash(email, password);
  if (fieldOf(answer.body, "twoFactorRedirect") === true) return { next: "second-factor", cookies: answer.cookies };
  await recordSignIn(answer.userId, caller, "password", now);
  return { next: "in", cookies: answer.cookies };
}

/** Stores a password anew that was hashed when a guess cost less: only its owner, signing in, can bring it. */
async function renewHash(email: string, password: string): Promise<void> {
  const account = await read.account.findFirst({
    where: { providerId: "credential", user: { email } },
    select: { id: true, password: true },
  });
  if (!account?.password || !isOutdated(account.password)) return;
  const renewed = await hashPassword(password);
  // Unless it was changed meanwhile.
  await write((tx) =>
    tx.account.updateMany({ where: { id: account.id, password: account.password }, data: { password: renewed } }),
  );
}

/** Keeps that somebody signed in, and how. */
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

/** Ends the caller's session; the cookies take it from the browser. */
export async function signOut(actor: Actor | null, caller: Caller, now: Date): Promise<string[]> {
  const { cookies } = await asked((await auth()).api.signOut({ headers: headersOf(caller), asResponse: true }));
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

/** Does something in no less than this time, so that how long it took tells nothing about whether there was something to do. */
export async function evenly<T>(run: () => Promise<T>): Promise<T> {
  const [done] = await Promise.allSettled([run(), pause()]);
  if (done.status === "rejected") throw done.reason;
  return done.value;
}

function pause(): Promise<void> {
  return new Promise((resolve) => void setTimeout(resolve, EVEN_MS));
}

/** Longer than hashing a password and storing a line or a message take, shorter than anybody minds. */
const EVEN_MS = 600;
