import Database from "better-sqlite3";
import { execFileSync } from "node:child_process";
import { copyFileSync, existsSync, mkdtempSync } from "node:fs";
import path from "node:path";
import { Client } from "pg";
import { inject } from "vitest";
import { withoutLater } from "../golden/later";
import { aDuty, aMatrix, cells } from "./matrices";
import { SOON_KILLED } from "./short-lived.mjs";

export const FIRST = "20261124095936_start";
const database = inject("database");

const freshName = () => `earlier_${crypto.randomUUID().replaceAll("-", "")}`;

/** The address of a database that doesn't exist yet, or is empty. */
export async function emptyDatabase(): Promise<string> {
  return anotherDatabase("");
}

/** A copy of a database that nobody is using. */
export async function copyOf(url: string): Promise<string> {
  if (!url.startsWith("file:")) return anotherDatabase(`TEMPLATE ${new URL(url).pathname.slice(1)}`);
  const copy = await emptyDatabase();
  for (const part of ["", "-wal"])
    if (existsSync(`${fileOf(url)}${part}`)) copyFileSync(`${fileOf(url)}${part}`, `${fileOf(copy)}${part}`);
  return copy;
}

async function anotherDatabase(from: string): Promise<string> {
  const name = freshName();
  // It gets a folder of its own: files of other databases beside it would look like an installation that has lost its
  // database.
  if (database.kind === "sqlite")
    return `file:${path.join(mkdtempSync(path.join(database.folder, "earlier-")), `${name}.db`)}`;
  if (database.kind === "missing") throw new Error(database.reason);
  const url = new URL(database.url);
  url.pathname = "/postgres";
  await onServer(url.href, (client) => client.query(`CREATE DATABASE ${name} ${from}`));
  url.pathname = `/${name}`;
  return url.href;
}

export const fileOf = (url: string): string => url.slice("file:".length);

async function onServer<T>(url: string, run: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return await run(client);
  } finally {
    await client.end();
  }
}

/**
 * The environment of a process that migrates. `DEMARC_NEW` is set because files of other databases lie in the folder of
 * the tests.
 */
export const migrating = (url: string): NodeJS.ProcessEnv => ({ ...process.env, DATABASE_URL: url, DEMARC_NEW: "yes" });

export function migrate(url: string, ...upTo: string[]): void {
  execFileSync(process.execPath, [...SOON_KILLED, "prisma/db.mjs", "migrate", ...upTo], {
    env: migrating(url),
    stdio: "pipe",
  });
}

/** Runs statements one after the other, each committed by itself. */
export async function carryOut(url: string, statements: readonly string[]): Promise<void> {
  if (!url.startsWith("file:"))
    return onServer(url, async (client) => {
      for (const statement of statements) await client.query(statement);
    });
  const db = new Database(fileOf(url));
  for (const statement of statements) db.exec(statement);
  db.close();
}

/** The content and structure of a database, except when and by which process it was migrated. */
export async function contentsOf(url: string): Promise<string[]> {
  const lines = url.startsWith("file:") ? ofFile(fileOf(url)) : await onServer(url, ofServer);
  return lines.sort();
}

function ofFile(file: string): string[] {
  const db = new Database(file);
  const definitions = db.prepare("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL").all() as {
    name: string;
    sql: string;
  }[];
  const tables = db.prepare("SELECT name FROM sqlite_master WHERE type = 'table'").pluck().all() as string[];
  const rows = tables
    .filter((name) => name !== "_prisma_migrations")
    .flatMap((name) =>
      (db.prepare(`SELECT * FROM "${name}"`).all() as object[]).map((row) => `${name}: ${JSON.stringify(row)}`),
    );
  const migrations = tables.includes("_prisma_migrations")
    ? (db
        .prepare(
          "SELECT migration_name || ' ' || checksum || ' ' || applied_steps_count || ' ' || (finished_at >= started_at) FROM _prisma_migrations",
        )
        .pluck()
        .all() as string[])
    : [];
  const integrity = db.pragma("integrity_check", { simple: true }) as string;
  db.close();
  return [...definitions.map(({ name, sql }) => `${name}: ${sql}`), ...rows, ...migrations, `integrity: ${integrity}`];
}

async function ofServer(client: Client): Promise<string[]> {
  const ask = async <T>(sql: string) => (await client.query(sql)).rows as T[];
  const columns = await ask<object>(
    "SELECT table_name, column_name, data_type, is_nullable, column_default FROM information_schema.columns WHERE table_schema = 'public'",
  );
  const indexes = await ask<object>("SELECT indexname, indexdef FROM pg_indexes WHERE schemaname = 'public'");
  const constraints = await ask<object>(
    "SELECT conname, pg_get_constraintdef(oid) FROM pg_constraint WHERE connamespace = 'public'::regnamespace",
  );
  const tables = (
    await ask<{ name: string }>(
      "SELECT table_name AS name FROM information_schema.tables WHERE table_schema = 'public'",
    )
  ).map(({ name }) => name);
  const rows: string[] = [];
  for (const name of tables.filter((table) => table !== "_prisma_migrations"))
    for (const row of await ask<object>(`SELECT * FROM "${name}"`)) rows.push(`${name}: ${JSON.stringify(row)}`);
  const migrations = tables.includes("_prisma_migrations")
    ? await ask<object>(
        "SELECT migration_name, checksum, applied_steps_count, finished_at >= started_at AS finished FROM _prisma_migrations",
      )
    : [];
  return [...[...columns, ...indexes, ...constraints, ...migrations].map((line) => JSON.stringify(line)), ...rows];
}

type Row = Record<string, string | number | boolean | null | object>;

/** Inserts rows as the earlier release did: JSON as text, booleans in each database's own form. */
async function insert(url: string, rows: readonly (readonly [table: string, row: Row])[]): Promise<void> {
  const columns = (row: Row) =>
    Object.keys(row)
      .map((name) => `"${name}"`)
      .join(", ");
  const plain = (value: Row[string]) => (typeof value === "object" && value !== null ? JSON.stringify(value) : value);
  if (url.startsWith("file:")) {
    const db = new Database(fileOf(url));
    for (const [table, row] of rows) {
      db.prepare(
        `INSERT INTO "${table}" (${columns(row)}) VALUES (${Object.keys(row)
          .map(() => "?")
          .join(", ")})`,
      ).run(...Object.values(row).map((value) => (typeof value === "boolean" ? Number(value) : plain(value))));
    }
    db.close();
    return;
  }
  await onServer(url, async (client) => {
    for (const [table, row] of rows) {
      await client.query(
        `INSERT INTO "${table}" (${columns(row)}) VALUES (${Object.keys(row)
          .map((_, i) => `$${i + 1}`)
          .join(", ")})`,
        Object.values(row).map(plain),
      );
    }
  });
}

export const EARLIER = {
  matrixId: "matrix-1",
  at: "2026-11-01T09:00:00.000Z",
  /** The draft as the current release reads it. */
  matrix: aMatrix({ duties: [aDuty({ letters: cells({ "it-lead": "A", "it-team": "R" }) })] }),
};

/** A database of the first release, with an engagement, a draft, a version and an entry of the log. */
export async function earlierDatabase(): Promise<string> {
  const url = await emptyDatabase();
  migrate(url, FIRST);
  const { matrixId, at } = EARLIER;
  const {
    accepted: _accepted,
    deleted: _deleted,
    settings,
    parties,
    roles,
    domains,
    duties,
    ...fields
  } = withoutLater(EARLIER.matrix);
  const old = { ...fields, schema: 1, settings: { accountability: settings.accountability } };
  const oldDuties = duties.map(
    ({
      tools: _t,
      documentation: _d,
      knowledge: _k,
      searchWords: _n,
      decisions: _e,
      today: _y,
      earlyWin: _w,
      coverPeriod: _c,
      standing: _s,
      marks: _m,
      ruling: _r,
      ...duty
    }) => duty,
  );
  const placed = (table: string, items: readonly object[]) =>
    items.map((item, position) => [table, { ...item, matrixId, position }] as const);
  const diff = {
    fields: {},
    duties: {
      added: [],
      removed: [],
      changed: [{ id: "duty-1", fields: { cadence: { before: "Weekly", after: "" } } }],
      placedBefore: [],
      placedAfter: [],
    },
  };
  await insert(url, [
    ["User", { id: "local-owner", name: "Local owner", createdAt: at }],
    ["Engagement", { id: "engagement-1", sample: false, createdAt: at }],
    ["Member", { engagementId: "engagement-1", userId: "local-owner", permission: "owner" }],
    ["Matrix", { ...old, id: matrixId, engagementId: "engagement-1", revision: 1, createdAt: at, updatedAt: at }],
    ...placed("Party", parties),
    ...placed("Role", roles),
    ...placed("Domain", domains),
    ...placed("Duty", oldDuties),
    [
      "Version",
      {
        id: "version-1",
        matrixId,
        number: 1,
        status: "proposed",
        reason: "First",
        authorId: "local-owner",
        authorName: "Priya",
        createdAt: at,
        fingerprint: "f".repeat(64),
        previousFingerprint: null,
        canonicalText: "{}",
        snapshot: { ...old, parties, roles, domains, duties: oldDuties },
        schema: 1,
        changes: null,
        blockers: [],
        revision: 1,
      },
    ],
    [
      "LogEntry",
      {
        id: "entry-1",
        matrixId,
        stepId: "step-1",
        revision: 1,
        event: "draft.edited",
        actorId: "local-owner",
        actorName: "Priya",
        at,
        commands: [],
        diff,
        detail: {},
      },
    ],
  ]);
  return url;
}
