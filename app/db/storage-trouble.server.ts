/** Why the database can't be used. */
export type StorageTrouble = "busy" | "readonly" | "full" | "unreachable" | "gone";

/** The database can't store or return what was asked for; nothing was changed. */
export class StorageUnavailable extends Error {
  readonly kind: StorageTrouble;

  constructor(kind: StorageTrouble, cause: unknown) {
    super(`The database is ${kind}.`, { cause });
    this.name = "StorageUnavailable";
    this.kind = kind;
  }
}

/** The drivers tell these apart by text only. Each pattern is a wording or a code of SQLite, PostgreSQL or Prisma. */
const PATTERNS: readonly [StorageTrouble, RegExp][] = [
  ["readonly", /readonly database|SQLITE_READONLY|read-only transaction|SQLITE_CANTOPEN|unable to open database/i],
  ["full", /database or disk is full|SQLITE_FULL|No space left on device|could not extend file/i],
  [
    "busy",
    /database is locked|SQLITE_BUSY|P1008|P2028|P2024|P2034|deadlock detected|SocketTimeout|Unable to start a transaction|too many clients/i,
  ],
  ["gone", /P2021|P1003|TableDoesNotExist|DatabaseDoesNotExist/],
  [
    "unreachable",
    /Can't reach database|P1001|P1017|ECONNREFUSED|ECONNRESET|Connection terminated|server closed the connection|terminating connection|disk I\/O error|SQLITE_IOERR|DatabaseNotReachable|ConnectionClosed/i,
  ],
];

/** A `StorageUnavailable` for an error that says the database can't be used, or null for any other error. */
export function storageTrouble(error: unknown): StorageUnavailable | null {
  if (error instanceof StorageUnavailable) return error;
  const text = errorText(error, 0);
  const match = PATTERNS.find(([, pattern]) => pattern.test(text));
  return match ? new StorageUnavailable(match[0], error) : null;
}

/** An error's name, code and message, and those of its causes. */
function errorText(error: unknown, depth: number): string {
  if (typeof error !== "object" || error === null || depth > 4) return "";
  const { name, code, message, cause, originalMessage, kind } = error as Record<string, unknown>;
  return `${[name, code, kind, message, originalMessage].filter((part) => typeof part === "string").join(" ")} ${errorText(cause, depth + 1)}`;
}
