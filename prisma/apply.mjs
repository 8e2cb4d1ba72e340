// Applies all missing migrations in one transaction, so that a database is either unchanged or up to date, whenever the
// process ends. It records them in the table of `prisma migrate`, row for row like that does.
import { createHash, randomUUID } from "node:crypto";
import { existsSync, statSync } from "node:fs";
import path from "node:path";
import { copyOnce } from "./copies.mjs";
import { adapterFor } from "./databases.mjs";
import { Refusal } from "./refusal.mjs";

/** @typedef {{ name: string, script: string }} Migration */
/**
 * The migrations that a database has recorded: the names of those that were finished, and of those that were only
 * begun.
 */
/** @typedef {{ applied: string[], unfinished: string[] }} History */

/** Reads the recorded migrations of a database; changes and locks nothing. */
export async function historyOf(database) {
  return { sqlite: historyOfFile, postgresql: historyOfServer }[database.provider](database);
}

/**
 * Applies the missing ones of `migrations`. It also finishes a migration that an earlier release left half done, when it
 * applied statement by statement and was killed. Returns the names of those applied, and the path of the copy made
 * before.
 */
export async function apply(database, migrations) {
  return { sqlite: applyToFile, postgresql: applyOnServer }[database.provider](database, migrations);
}

async function historyOfFile({ file }) {
  if (!existsSync(file) || statSync(file).size === 0) return { applied: [], unfinished: [] };
  const db = await openFile(file);
  try {
    return await readHistory(sessionIn(db));
  } finally {
    db.close();
  }
}

async function applyToFile({ file }, migrations) {
  const db = await openFile(file);
  const session = sessionIn(db);
  try {
    // The whole file is locked: another program that has it open would go on with the earlier tables.
    db.pragma("locking_mode = EXCLUSIVE");
    db.exec("BEGIN EXCLUSIVE; COMMIT");
    const history = await readHistory(session);
    const scripts = migrations.filter(({ name }) => !history.applied.includes(name)).map(({ script }) => script);
    const copy =
      history.applied.length > 0 && scripts.length > 0 ? await copyOnce(db, file, history.applied.at(-1)) : null;
    // SQLite ignores this setting inside a transaction. A script needs it off to recreate a table that others refer to.
    const withoutForeignKeys = scripts.some((script) => /PRAGMA\s+foreign_keys\s*=\s*off/i.test(script));
    db.pragma(`foreign_keys = ${withoutForeignKeys ? "OFF" : "ON"}`);
    db.pragma("synchronous = FULL");
    db.exec("BEGIN IMMEDIATE");
    try {
      const names = await applyMissing(session, migrations);
      if (withoutForeignKeys && db.pragma("foreign_key_check").length > 0)
        throw new Error("a migration leaves rows behind that refer to none");
      db.exec("COMMIT");
      return { names, copy };
    } catch (error) {
      if (db.inTransaction) db.exec("ROLLBACK");
      throw error;
    }
  } catch (error) {
    throw FILE_TROUBLE[error?.code] ? new Refusal(FILE_TROUBLE[error.code](file)) : error;
  } finally {
    db.close();
  }
}

const FILE_TROUBLE = {
  SQLITE_BUSY: (file) =>
    `Another program has ${file} open, and it has to be brought to this release first. Stop that one, then start this again; nothing was changed.`,
  SQLITE_FULL: (file) =>
    `The disk is too full to bring ${file} to this release. Free some space, then start this again; nothing was changed.`,
};

async function openFile(file) {
  const { default: Database } = await import("better-sqlite3");
  return new Database(file, { timeout: 5_000 });
}

function sessionIn(db) {
  return {
    tables: "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'",
    createHistory: `CREATE TABLE "_prisma_migrations" (
    "id"                    TEXT PRIMARY KEY NOT NULL,
    "checksum"              TEXT NOT NULL,
    "finished_at"           DATETIME,
    "migration_name"        TEXT NOT NULL,
    "logs"                  TEXT,
    "rolled_back_at"        DATETIME,
    "started_at"            DATETIME NOT NULL DEFAULT current_timestamp,
    "applied_steps_count"   INTEGER UNSIGNED NOT NULL DEFAULT 0
)`,
    placeholders: ["?", "?", "?", "?", "?"],
    rows: async (sql) => db.prepare(sql).raw().all(),
    run: async (script) => void db.exec(script),
    runWith: async (sql, values) => void db.prepare(sql).run(...values),
    structure: async () => structureIn(db),
    structureAfter: async (scripts) => {
      const scratch = new db.constructor(":memory:");
      for (const script of scripts) scratch.exec(script);
      const structure = structureIn(scratch);
      scratch.close();
      return structure;
    },
  };
}

/** The definitions of a file's tables and indexes, as one text. */
function structureIn(db) {
  return db
    .prepare("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL AND name <> '_prisma_migrations'")
    .raw()
    .all()
    .map((line) => line.join(" "))
    .sort()
    .join("\n");
}

async function historyOfServer(database) {
  const connection = await (await adapterFor(database)).connect();
  try {
    return await readHistory(sessionOn(connection));
  } finally {
    await connection.dispose();
  }
}

/** The number of the advisory lock that `prisma migrate` uses, so that it and this wait for each other. */
const LOCK = 72_707_369;
/** How long locks are waited for, unless the database itself sets a time. */
const SET_LOCK_TIMEOUT =
  "SELECT set_config('lock_timeout', CASE WHEN current_setting('lock_timeout') = '0' THEN '60s' ELSE current_setting('lock_timeout') END, true)";

async function applyOnServer(database, migrations) {
  const connection = await (await adapterFor(database)).connect();
  const transaction = await connection.startTransaction();
  const session = sessionOn(transaction);
  let locked = false;
  try {
    await session.run(SET_LOCK_TIMEOUT);
    await session.run(`SELECT pg_advisory_xact_lock(${LOCK})`);
    locked = true;
    const names = await applyMissing(session, migrations);
    await session.run("COMMIT");
    await transaction.commit();
    return { names, copy: null };
  } catch (error) {
    await session.run("ROLLBACK").catch(() => undefined);
    await transaction.rollback();
    if (error?.cause?.originalCode !== "55P03") throw error;
    throw new Refusal(
      locked
        ? "A server of an earlier release is working on the database, which has to be brought to this release first. Stop it, then start this one again; nothing was changed."
        : "Another server has been bringing the database to its release for a long time. Wait until it is done, or stop it, then start this one again.",
    );
  } finally {
    await connection.dispose();
  }
}

function sessionOn(queryable) {
  const text = { scalarType: "string", arity: "scalar" };
  const queryOf = (sql, values = []) => ({ sql, args: values, argTypes: values.map(() => text) });
  return {
    tables:
      "SELECT table_name::text FROM information_schema.tables WHERE table_schema = current_schema() AND table_type = 'BASE TABLE'",
    createHistory: `CREATE TABLE "_prisma_migrations" (
    "id"                    VARCHAR(36) PRIMARY KEY NOT NULL,
    "checksum"              VARCHAR(64) NOT NULL,
    "finished_at"           TIMESTAMPTZ,
    "migration_name"        VARCHAR(255) NOT NULL,
    "logs"                  TEXT,
    "rolled_back_at"        TIMESTAMPTZ,
    "started_at"            TIMESTAMPTZ NOT NULL DEFAULT now(),
    "applied_steps_count"   INTEGER NOT NULL DEFAULT 0
)`,
    placeholders: ["$1", "$2", "$3::timestamptz", "$4", "$5::timestamptz"],
    rows: async (sql) => (await queryable.queryRaw(queryOf(sql))).rows,
    run: async (script) => void (await queryable.executeRaw(queryOf(script))),
    runWith: async (sql, values) => void (await queryable.executeRaw(queryOf(sql, values))),
    structure: () => structureOn(queryable, queryOf),
    structureAfter: async (scripts) => {
      const run = (script) => queryable.executeRaw(queryOf(script));
      await run("SAVEPOINT aside");
      await run("CREATE SCHEMA demarc_aside");
      await run("SET LOCAL search_path = demarc_aside");
      for (const script of scripts) await run(script);
      const structure = await structureOn(queryable, queryOf);
      await run("ROLLBACK TO SAVEPOINT aside");
      return structure;
    },
  };
}

/** The definitions of the tables, constraints and indexes of the current schema, as one text. */
async function structureOn(queryable, queryOf) {
  const { rows } = await queryable.queryRaw(
    queryOf(`SELECT concat_ws(' ', table_name, column_name, data_type, is_nullable, column_default) FROM information_schema.columns WHERE table_schema = current_schema() AND table_name <> '_prisma_migrations'
      UNION ALL SELECT conname || ' ' || contype::text FROM pg_constraint WHERE connamespace = current_schema()::regnamespace AND conname NOT LIKE '\\_prisma%' AND contype <> 'n'
      UNION ALL SELECT indexname::text FROM pg_indexes WHERE schemaname = current_schema() AND tablename <> '_prisma_migrations'`),
  );
  return rows.flat().sort().join("\n");
}

/** Reads the recorded migrations. Throws where a database has tables and no such record, because it isn't Demarc's. */
async function readHistory(session) {
  const tables = (await session.rows(session.tables)).flat();
  if (tables.length === 0) return { applied: [], unfinished: [] };
  if (!tables.includes("_prisma_migrations"))
    throw new Refusal(
      "The database holds tables that aren't Demarc's. Give Demarc one of its own by DATABASE_URL; nothing was changed.",
    );
  const rows = await session.rows(
    `SELECT migration_name, CASE WHEN finished_at IS NULL THEN 0 ELSE 1 END FROM "_prisma_migrations" WHERE rolled_back_at IS NULL ORDER BY migration_name`,
  );
  const namesWhere = (finished) => rows.filter((row) => Number(row[1]) === finished).map(([name]) => name);
  const applied = namesWhere(1);
  return { applied, unfinished: namesWhere(0).filter((name) => !applied.includes(name)) };
}

/** Applies the missing migrations inside the caller's transaction, and returns their names. */
async function applyMissing(session, migrations) {
  // Another process may have applied them since the first look.
  const { applied, unfinished } = await readHistory(session);
  const missing = migrations.filter(({ name }) => !applied.includes(name));
  if ((await session.rows(session.tables)).length === 0) await session.run(session.createHistory);
  for (const { name, script } of missing) {
    const startedAt = new Date();
    await (unfinished.includes(name)
      ? finish(session, name, migrations.slice(0, migrations.findIndex((one) => one.name === name) + 1))
      : session.run(script));
    await session.runWith(
      `DELETE FROM "_prisma_migrations" WHERE finished_at IS NULL AND migration_name = ${session.placeholders[0]}`,
      [name],
    );
    await session.runWith(
      `INSERT INTO "_prisma_migrations" ("id", "checksum", "started_at", "migration_name", "finished_at", "applied_steps_count") VALUES (${session.placeholders.join(", ")}, 1)`,
      [randomUUID(), createHash("sha256").update(script).digest("hex"), stamp(startedAt), name, stamp(new Date())],
    );
  }
  return missing.map(({ name }) => name);
}

const stamp = (at) => at.toISOString().replace("Z", "+00:00");

/**
 * Finishes the last script, of which a killed process ran the first statements. It tries from each statement on: the
 * right one is where the rest succeeds (a table can't be created twice) and the resulting structure equals that of all
 * scripts run on an empty database.
 */
async function finish(session, name, migrations) {
  const scripts = migrations.map(({ script }) => script);
  const statements = statementsOf(scripts.at(-1));
  const expected = await session.structureAfter(scripts);
  let cause;
  for (let doneCount = 0; doneCount <= statements.length; doneCount++) {
    await session.run("SAVEPOINT left_over");
    try {
      for (const statement of statements.slice(doneCount)) await session.run(statement);
      if ((await session.structure()) === expected) return await session.run("RELEASE SAVEPOINT left_over");
    } catch (error) {
      cause = error;
    }
    await session.run("ROLLBACK TO SAVEPOINT left_over");
  }
  throw new Refusal(
    `The migration ${name} was broken off, and what is left of it doesn't go through. Restore the last copy of the database from before; nothing was changed.`,
    { cause },
  );
}

/** The statements of a script; each ends at the end of a line. */
function statementsOf(script) {
  return script
    .replace(/^\s*--.*$/gm, "")
    .split(/;[ \t]*(?:\r?\n|$)/)
    .map((statement) => statement.trim())
    .filter((statement) => statement !== "");
}
