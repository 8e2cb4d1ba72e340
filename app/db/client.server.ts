import { env } from "~/env.server";
import type { Prisma, PrismaClient } from "./generated/sqlite/client";
import { rememberFiles } from "./opened-files.server";
import { storageTrouble } from "./storage-trouble.server";

/** What happens inside `write`: reads see its own writes, all of it is stored or none. */
export type Writer = Prisma.TransactionClient;

type Models =
  | "user"
  | "session"
  | "account"
  | "twoFactor"
  | "installation"
  | "invitation"
  | "readLink"
  | "recordEntry"
  | "engagement"
  | "organisation"
  | "organisationMember"
  | "preset"
  | "member"
  | "matrix"
  | "matrixSummary"
  | "party"
  | "role"
  | "domain"
  | "duty"
  | "agreedThing"
  | "version"
  | "signRound"
  | "signatory"
  | "signature"
  | "paperFile"
  | "signedFile"
  | "person"
  | "holding"
  | "logEntry"
  | "loggedDuty"
  | "loggedAcceptance"
  | "outgoingMail"
  | "attempt";
type Reads = "findUnique" | "findUniqueOrThrow" | "findFirst" | "findMany" | "groupBy" | "count";
/** Reading only: the type has no way to write, and a transaction can stand in for it. */
export type Reader = { [M in Models]: Pick<PrismaClient[M], Reads & keyof PrismaClient[M]> };

const onSqlite = env.DATABASE_URL.startsWith("file:");
/** Any other form of errors looks up where each statement was called from, for the text of an error it will seldom have. */
const TERSE = { errorFormat: "minimal" } as const;
const TRANSACTION = { maxWait: 15_000, timeout: 30_000 };

const connect = onSqlite ? await sqlite() : await postgresql();

async function sqlite(): Promise<() => PrismaClient> {
  const [{ PrismaClient }, { PrismaBetterSqlite3 }] = await Promise.all([
    import("./generated/sqlite/client"),
    import("@prisma/adapter-better-sqlite3"),
  ]);
  return () =>
    new PrismaClient({ adapter: new PrismaBetterSqlite3({ url: env.DATABASE_URL, timeout: 5_000 }), ...TERSE });
}

/**
 * Both clients are generated from the same models, so one type speaks for both. A client generated for SQLite refuses
 * the PostgreSQL adapter, hence two, and only the one in use is loaded.
 */
async function postgresql(): Promise<() => PrismaClient> {
  const [{ PrismaClient }, { PrismaPg }] = await Promise.all([
    import("./generated/postgresql/client"),
    import("@prisma/adapter-pg"),
  ]);
  return () =>
    new PrismaClient({
      adapter: new PrismaPg({ connectionString: env.DATABASE_URL, max: 10 }),
      ...TERSE,
    }) as unknown as PrismaClient;
}

/** Clients outlive a reload of this module in development. */
const kept = globalThis as typeof globalThis & {
  demarcDatabase?: {
    reader: PrismaClient;
    writer: PrismaClient;
    ready: Promise<() => void>;
    accounts?: Promise<PrismaClient>;
  };
};

function open() {
  const reader = connect();
  // On SQLite transactions share their client's one connection: reads need a client of their own, or they would see
  // what a transaction has not committed.
  const writer = onSqlite ? connect() : reader;
  const ready = onSqlite ? openFiles(reader, writer) : Promise.resolve(() => undefined);
  // Whoever writes waits for it and hears why it failed; until somebody does, a failure must not end the process.
  ready.catch(() => undefined);
  return { reader, writer, ready };
}

/** Both, before anything is asked of them: they hold on to the same files. */
async function openFiles(reader: PrismaClient, writer: PrismaClient): Promise<() => void> {
  await durable(writer);
  await reader.$connect();
  return rememberFiles(env.DATABASE_URL.slice("file:".length));
}

/** WAL lets reads go on during a write; FULL syncs it before a commit is acknowledged (the driver's default does not). */
async function durable(writer: PrismaClient): Promise<void> {
  await writer.$queryRawUnsafe("PRAGMA journal_mode = WAL");
  await writer.$executeRawUnsafe("PRAGMA synchronous = FULL");
  // The log is opened by the first look at what the database holds.
  await writer.$queryRawUnsafe("SELECT count(*) FROM sqlite_master");
}

function database(): NonNullable<typeof kept.demarcDatabase> {
  return (kept.demarcDatabase ??= open());
}

/**
 * The client that better-auth reads and writes accounts and sessions with. It writes outside `write`, so on SQLite it has
 * a connection of its own: sharing the writer's, what it stores could be undone by somebody else's transaction. What it
 * writes waits for its turn like everything else, so it is not to be used while `write` runs.
 */
export function accountDatabase(): Promise<PrismaClient> {
  const open = database();
  return (open.accounts ??= openAccounts().catch((error: unknown) => {
    delete open.accounts;
    throw error;
  }));
}

async function openAccounts(): Promise<PrismaClient> {
  const client = connect();
  if (!onSqlite) return client;
  await durable(client);
  (await database().ready)();
  const inTurns = client.$extends({
    query: {
      $allModels: {
        $allOperations: ({ operation, args, query }) =>
          WRITES.test(operation) ? inTurn(() => query(args)) : query(args),
      },
    },
  });
  // A transaction takes one turn for all that it does.
  const $transaction = (run: (tx: Writer) => Promise<unknown>) => inTurn(() => client.$transaction(run, TRANSACTION));
  return new Proxy(inTurns as unknown as PrismaClient, {
    get: (extended, name) => (name === "$transaction" ? $transaction : extended[name as Models]),
  });
}

/** The names of what changes rows, among those of Prisma's operations. */
const WRITES = /^(create|update|upsert|delete)/;

/** Which of the two databases this is, in better-auth's words. */
export const DATABASE_PROVIDER = onSqlite ? "sqlite" : "postgresql";

/** Reads what is committed. */
export const read: Reader = new Proxy({} as Reader, { get: (_, model) => database().reader[model as Models] });

let turn: Promise<unknown> = Promise.resolve();

/** SQLite has one writer a file: another one that begins meanwhile is refused, or holds up the whole process. */
function inTurn<T>(run: () => Promise<T>): Promise<T> {
  const mine = turn.then(() => intoWhatIsThere(run));
  turn = mine.catch(() => undefined);
  return mine;
}

/** What is written into files that are no more in their places is as good as not written, also where they were taken away just then. */
async function intoWhatIsThere<T>(run: () => Promise<T>): Promise<T> {
  const check = await database().ready.catch(() => null);
  check?.();
  const result = await run();
  check?.();
  return result;
}

/**
 * The only way to write: one transaction, resolved after it is durable. On SQLite writes take turns. Throws
 * `StorageUnavailable` where the database can't take it.
 */
export async function write<T>(run: (tx: Writer) => Promise<T>): Promise<T> {
  return onSqlite ? inTurn(() => transact(run)) : transact(run);
}

const committed = new WeakMap<object, (() => void)[]>();

/** Has something done once the transaction is durable, and never when it isn't. */
export function onCommit(tx: Writer, then: () => void): void {
  committed.set(tx, [...(committed.get(tx) ?? []), then]);
}

async function transact<T>(run: (tx: Writer) => Promise<T>): Promise<T> {
  const { writer, ready } = database();
  try {
    await ready;
    const { result, after } = await writer.$transaction(
      async (tx) => ({ result: await run(tx), after: committed.get(tx) ?? [] }),
      TRANSACTION,
    );
    for (const then of after) then();
    return result;
  } catch (error) {
    if (onSqlite) await ready.catch(() => forget());
    throw storageTrouble(error) ?? error;
  }
}

/** A database that could not be opened is opened anew by the next request. */
function forget(): void {
  delete kept.demarcDatabase;
}

/** Resolves when the database answers; throws `StorageUnavailable` or the driver's error. */
export async function checkDatabase(): Promise<void> {
  try {
    (await database().ready)();
    await database().reader.matrix.count({ take: 1 });
  } catch (error) {
    throw storageTrouble(error) ?? error;
  }
}

/** Closes the connections, for a process that ends or a test that is done. */
export async function closeDatabase(): Promise<void> {
  const open = kept.demarcDatabase;
  forget();
  await open?.writer.$disconnect();
  await open?.reader.$disconnect();
  await (await open?.accounts?.catch(() => null))?.$disconnect();
}
