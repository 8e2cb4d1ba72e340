import { PrismaBetterSqlite3 } from "@prisma/adapter-better-sqlite3";

/** How many each connection keeps, some kilobytes each: all services and routes together ask for fewer. */
const MOST = 300;
/** In characters. What is longer names hundreds of rows one by one: as large as all the others, and not asked for again. */
const LONGEST = 8_000;

/** What the adapter asks of a connection and of a statement. */
type Connection = { prepare: (sql: string) => Statement };
type Statement = { reader: boolean; columns: () => unknown; raw: () => Statement; run: (...values: unknown[]) => unknown; all: (...values: unknown[]) => unknown[] };

/**
 * Prisma's adapter for SQLite, whose connections keep the statements they have prepared: by itself it prepares each anew,
 * which takes longer than most of them take to run.
 */
export class KeepingBetterSqlite3 extends PrismaBetterSqlite3 {
  override async connect() {
    const adapter = await super.connect();
    const { client } = adapter as unknown as { client: Connection };
    return Object.assign(adapter, { client: Object.assign(client, { prepare: keeping(client.prepare.bind(client)) }) });
  }
}

function keeping(prepare: Connection["prepare"]) {
  const kept = new Map<string, ReturnType<typeof reusable>>();
  return (sql: string) => {
    const statement = kept.get(sql) ?? reusable(prepare(sql));
    if (sql.length > LONGEST) return statement;
    // In the order they were last asked for, so that the first is the one to go.
    kept.delete(sql);
    kept.set(sql, statement);
    const [eldest = sql] = kept.keys();
    if (kept.size > MOST) kept.delete(eldest);
    return statement;
  };
}

/** The adapter binds values to a statement for good, after which it can't take others; here they go along with each run. */
function reusable(statement: Statement) {
  const columns = statement.reader ? statement.raw().columns() : [];
  const bind = (values: unknown[]) => ({ reader: statement.reader, columns: () => columns, run: () => statement.run(values), raw: () => ({ all: () => statement.all(values) }) });
  return { bind, run: () => statement.run() };
}
