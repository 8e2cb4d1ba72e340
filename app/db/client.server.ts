import { env } from "~/env.server";
import type { Prisma, PrismaClient } from "./generated/sqlite/client";
import { rememberFiles } from "./opened-files.server";
import { storageTrouble } from "./storage-trouble.server";

/**
 * The client inside a transaction of `write`: its reads see its own writes, and either all writes are stored or none.
 */
export type Transaction = Prisma.TransactionClient;

type Models =
  | "user"
  | "session"
  | "account"
  | "twoFactor"
  | "installation"
  | "invitation"
  | "readLink"
  | "calendarFeed"
  | "recordEntry"
  | "engagement"
  | "organisation"
  | "organisationMember"
  | "preset"
  | "member"
  | "matrix"
  | "matrixSummary"
  | "matrixVisit"
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
  | "absence"
  | "rota"
  | "drill"
  | "workshop"
  | "workshopEvent"
  | "sealedProposal"
  | "workshopPerson"
  | "logEntry"
  | "loggedDuty"
  | "loggedAcceptance"
  | "outgoingMail"
  | "attempt";
type Reads = "findUnique" | "findUniqueOrThrow" | "findFirst" | "findMany" | "groupBy" | "count";
/** A client that, by its type, can only read. A transaction can be passed as one. */
export type Reader = { [M in Models]: Pick<PrismaClient[M], Reads & keyof PrismaClient[M]> };

const onSqlite = env.DATABASE_URL.startsWith("file:");
/**
 * In every other format Prisma captures a stack trace for each statement, to print it in an error that seldom comes.
 */
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
 * Both clients are generated from the same models, so the type of one serves for both. A client generated for SQLite
 * refuses the PostgreSQL adapter, so there are two, and only the one in use is loaded.
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

/**
 * The clients are globals on `globalThis`, so that a reload of this module in development opens no further connections.
 */
const globals = globalThis as typeof globalThis & {
  demarcDatabase?: {
    reader: PrismaClient;
    writer: PrismaClient;
    ready: Promise<() => void>;
    accounts?: Promise<PrismaClient>;
  };
};

function open() {
  const reader = connect();
  // On SQLite a client has one connection, which its transactions use too. Reads have a client of their own, or they
  // would see uncommitted changes.
  const writer = onSqlite ? connect() : reader;
  const ready = onSqlite ? openFiles(reader, writer) : Promise.resolve(() => undefined);
  // `write` awaits `ready` and reports its error. Until then a failure must not end the process as an unhandled
  // rejection.
  ready.catch(() => undefined);
  return { reader, writer, ready };
}

/** Connects both clients before their first statement, so that both have the files open that are remembered here. */
async function openFiles(reader: PrismaClient, writer: PrismaClient): Promise<() => void> {
  await durable(writer);
  await reader.$connect();
  return rememberFiles(env.DATABASE_URL.slice("file:".length));
}

/**
 * WAL lets reads go on during a write. FULL syncs the log before a commit is acknowledged, which the driver's default
 * doesn't.
 */
async function durable(writer: PrismaClient): Promise<void> {
  await writer.$queryRawUnsafe("PRAGMA journal_mode = WAL");
  await writer.$executeRawUnsafe("PRAGMA synchronous = FULL");
  // SQLite opens the log with the first statement that reads from the database.
  await writer.$queryRawUnsafe("SELECT count(*) FROM sqlite_master");
}

function database(): NonNullable<typeof globals.demarcDatabase> {
  return (globals.demarcDatabase ??= open());
}

/**
 * The client with which better-auth reads and writes accounts and sessions. It writes outside `write`, so on SQLite it
 * has a connection of its own: on the writer's, its changes could be rolled back with another transaction. Its writes
 * wait in the same queue as those of `write`, so using it inside `write` would deadlock.
 */
export function accountDatabase(): Promise<PrismaClient> {
  const clients = database();
  return (clients.accounts ??= openAccounts().catch((error: unknown) => {
    delete clients.accounts;
    throw error;
  }));
}

async function openAccounts(): Promise<PrismaClient> {
  const client = connect();
  if (!onSqlite) return client;
  await durable(client);
  (await database().ready)();
  const queueing = client.$extends({
    query: {
      $allModels: {
        $allOperations: ({ operation, args, query }) =>
          WRITES.test(operation) ? queued(() => query(args)) : query(args),
      },
    },
  });
  // A transaction waits in the queue once, for all of its statements.
  const $transaction = (run: (tx: Transaction) => Promise<unknown>) =>
    queued(() => client.$transaction(run, TRANSACTION));
  return new Proxy(queueing as unknown as PrismaClient, {
    get: (extended, name) => (name === "$transaction" ? $transaction : extended[name as Models]),
  });
}

/** Prisma's operations that change rows. */
const WRITES = /^(create|update|upsert|delete)/;

/** Which of the two databases this is, in better-auth's words. */
export const DATABASE_PROVIDER = onSqlite ? "sqlite" : "postgresql";

/** Reads committed data. */
export const read: Reader = new Proxy({} as Reader, { get: (_, model) => database().reader[model as Models] });

/** Settles when the last write in the queue has ended. */
let queueEnd: Promise<unknown> = Promise.resolve();

/**
 * Queues a write. SQLite allows one writer for each file: a second one would be refused, or block the whole process
 * while it waits.
 */
function queued<T>(run: () => Promise<T>): Promise<T> {
  const result = queueEnd.then(() => withFilesInPlace(run));
  queueEnd = result.catch(() => undefined);
  return result;
}

/**
 * Runs a write if the files that were opened are still in their places, and checks that again afterwards: what is
 * written to files that were deleted or replaced is lost.
 */
async function withFilesInPlace<T>(run: () => Promise<T>): Promise<T> {
  const check = await database().ready.catch(() => null);
  check?.();
  const result = await run();
  check?.();
  return result;
}

/**
 * Runs one transaction and resolves when it is durable. All writes of the application go through this, except those of
 * better-auth. On SQLite transactions are queued. Throws `StorageUnavailable` where the database can't take it.
 */
export async function write<T>(run: (tx: Transaction) => Promise<T>): Promise<T> {
  return onSqlite ? queued(() => transact(run)) : transact(run);
}

/** What is to be called after the commit, by transaction. */
const commitListeners = new WeakMap<object, (() => void)[]>();

/** Calls `listener` once the transaction is committed, and never after a rollback. */
export function onCommit(tx: Transaction, listener: () => void): void {
  commitListeners.set(tx, [...(commitListeners.get(tx) ?? []), listener]);
}

async function transact<T>(run: (tx: Transaction) => Promise<T>): Promise<T> {
  const { writer, ready } = database();
  try {
    await ready;
    const { result, listeners } = await writer.$transaction(
      async (tx) => ({ result: await run(tx), listeners: commitListeners.get(tx) ?? [] }),
      TRANSACTION,
    );
    for (const listener of listeners) listener();
    return result;
  } catch (error) {
    if (onSqlite) await ready.catch(() => discardClients());
    throw storageTrouble(error) ?? error;
  }
}

/** Sends a notification of PostgreSQL outside of any transaction. */
export async function sendOutside(channel: string, payload: string): Promise<void> {
  await database().reader.$queryRaw`SELECT pg_notify(${channel}, ${payload})::text`;
}

/** Discards the clients, so that the next request opens the database anew. */
function discardClients(): void {
  delete globals.demarcDatabase;
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
  const clients = globals.demarcDatabase;
  discardClients();
  await clients?.writer.$disconnect();
  await clients?.reader.$disconnect();
  await (await clients?.accounts?.catch(() => null))?.$disconnect();
}
