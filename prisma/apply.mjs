// Applies migrations: all that are missing in one transaction, so that a database is either as it was or at the newest,
// whenever the process ends. What is kept of them is what `prisma migrate` keeps, row for row.
import { createHash, randomUUID } from "node:crypto";
import { existsSync, statSync } from "node:fs";
import path from "node:path";
import { copyOnce } from "./copies.mjs";
import { adapterFor } from "./databases.mjs";
import { Refusal } from "./refusal.mjs";

/** @typedef {{ name: string, script: string }} Migration */
/** What a database says it has had: the names of migrations that were finished, and of those that were begun alone. */
/** @typedef {{ applied: string[], unfinished: string[] }} History */

/** What a database says it has had; looking changes and locks nothing. */
export async function historyOf(database) {
  return { sqlite: historyOfFile, postgresql: historyOfServer }[database.provider](database);
}

/**
 * Applies what is missing of `wanted`, and finishes what an earlier release began: it applied statement by statement, and
 * a process that was killed left some of them behind. Returns the names, and where the copy lies that was made before.
 */
export async function apply(database, wanted) {
  return { sqlite: applyToFile, postgresql: applyOnServer }[database.provider](database, wanted);
}

async function historyOfFile({ file }) {
  if (!existsSync(file) || statSync(file).size === 0) return { applied: [], unfinished: [] };
  const db = await openFile(file);
  try {
    return await read(sessionIn(db));
  } finally {
    db.close();
  }
}

async function applyToFile({ file }, wanted) {
  const db = await openFile(file);
  const session = sessionIn(db);
  try {
    // The whole file, for as long as this takes: whoever else has it open would go on with the tables of before.
    db.pragma("locking_mode = EXCLUSIVE");
    db.exec("BEGIN EXCLUSIVE; COMMIT");
    const history = await read(session);
    const scripts = wanted.filter(({ name }) => !history.applied.includes(name)).map(({ script }) => script);
    const copy =
      history.applied.length > 0 && scripts.length > 0 ? await copyOnce(db, file, history.applied.at(-1)) : null;
    // Inside a transaction SQLite takes no notice of this setting. A script that remakes a table others refer to asks for it.
    const unchecked = scripts.some((script) => /PRAGMA\s+foreign_keys\s*=\s*off/i.test(script));
    db.pragma(`foreign_keys = ${unchecked ? "OFF" : "ON"}`);
    db.pragma("synchronous = FULL");
    db.exec("BEGIN IMMEDIATE");
    try {
      const names = await bring(session, wanted);
      if (unchecked && db.pragma("foreign_key_check").length > 0)
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
    keep: `CREATE TABLE "_prisma_migrations" (
    "id"                    TEXT PRIMARY KEY NOT NULL,
    "checksum"              TEXT NOT NULL,
    "finished_at"           DATETIME,
    "migration_name"        TEXT NOT NULL,
    "logs"                  TEXT,
    "rolled_back_at"        DATETIME,
    "started_at"            DATETIME NOT NULL DEFAULT current_timestamp,
    "applied_steps_count"   INTEGER UNSIGNED NOT NULL DEFAULT 0
)`,
    places: ["?", "?", "?", "?", "?"],
    rows: async (sql) => db.prepare(sql).raw().all(),
    run: async (script) => void db.exec(script),
    put: async (sql, values) => void db.prepare(sql).run(...values),
    shape: async () => shapeIn(db),
    shapeOf: async (scripts) => {
      const aside = new db.constructor(":memory:");
      for (const script of scripts) aside.exec(script);
      const shape = shapeIn(aside);
      aside.close();
      return shape;
    },
  };
}

/** How a file's tables and indexes are built. */
function shapeIn(db) {
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
    return await read(sessionOn(connection));
  } finally {
    await connection.dispose();
  }
}

/** The number by which `prisma migrate` locks a database, so that it waits for this and this for it. */
const LOCK = 72_707_369;
/** How long others are waited for, unless the database itself says how long. */
const PATIENCE =
  "SELECT set_config('lock_timeout', CASE WHEN current_setting('lock_timeout') = '0' THEN '60s' ELSE current_setting('lock_timeout') END, true)";

async function applyOnServer(database, wanted) {
  const connection = await (await adapterFor(database)).connect();
  const transaction = await connection.startTransaction();
  const session = sessionOn(transaction);
  let waited = false;
  try {
    await session.run(PATIENCE);
    await session.run(`SELECT pg_advisory_xact_lock(${LOCK})`);
    waited = true;
    const names = await bring(session, wanted);
    await session.run("COMMIT");
    await transaction.commit();
    return { names, copy: null };
  } catch (error) {
    await session.run("ROLLBACK").catch(() => undefined);
    await transaction.rollback();
    if (error?.cause?.originalCode !== "55P03") throw error;
    throw new Refusal(
      waited
        ? "A server of an earlier release is working on the database, which has to be brought to this release first. Stop it, then start this one again; nothing was changed."
        : "Another server has been bringing the database to its release for a long time. Wait until it is done, or stop it, then start this one again.",
    );
  } finally {
    await connection.dispose();
  }
}

function sessionOn(queryable) {
  const text = { scalarType: "string", arity: "scalar" };
  const asked = (sql, values = []) => ({ sql, args: values, argTypes: values.map(() => text) });
  return {
    tables:
      "SELECT table_name::text FROM information_schema.tables WHERE table_schema = current_schema() AND table_type = 'BASE TABLE'",
    keep: `CREATE TABLE "_prisma_migrations" (
    "id"                    VARCHAR(36) PRIMARY KEY NOT NULL,
    "checksum"              VARCHAR(64) NOT NULL,
    "finished_at"           TIMESTAMPTZ,
    "migration_name"        VARCHAR(255) NOT NULL,
    "logs"                  TEXT,
    "rolled_back_at"        TIMESTAMPTZ,
    "started_at"            TIMESTAMPTZ NOT NULL DEFAULT now(),
    "applied_steps_count"   INTEGER NOT NULL DEFAULT 0
)`,
    places: ["$1", "$2", "$3::timestamptz", "$4", "$5::timestamptz"],
    rows: async (sql) => (await queryable.queryRaw(asked(sql))).rows,
    run: async (script) => void (await queryable.executeRaw(asked(script))),
    put: async (sql, values) => void (await queryable.executeRaw(asked(sql, values))),
    shape: () => shapeOn(queryable, asked),
    shapeOf: async (scripts) => {
      const run = (script) => queryable.executeRaw(asked(script));
      await run("SAVEPOINT aside");
      await run("CREATE SCHEMA demarc_aside");
      await run("SET LOCAL search_path = demarc_aside");
      for (const script of scripts) await run(script);
      const shape = await shapeOn(queryable, asked);
      await run("ROLLBACK TO SAVEPOINT aside");
      return shape;
    },
  };
}

/** How the tables, constraints and indexes of the current schema are built. */
async function shapeOn(queryable, asked) {
  const { rows } = await queryable.queryRaw(
    asked(`SELECT concat_ws(' ', table_name, column_name, data_type, is_nullable, column_default) FROM information_schema.columns WHERE table_schema = current_schema() AND table_name <> '_prisma_migrations'
      UNION ALL SELECT conname || ' ' || contype::text FROM pg_constraint WHERE connamespace = current_schema()::regnamespace AND conname NOT LIKE '\\_prisma%' AND contype <> 'n'
      UNION ALL SELECT indexname::text FROM pg_indexes WHERE schemaname = current_schema() AND tablename <> '_prisma_migrations'`),
  );
  return rows.flat().sort().join("\n");
}

/** Where nothing is kept of migrations there is nothing else either, or it isn't Demarc's. */
async function read(session) {
  const tables = (await session.rows(session.tables)).flat();
  if (tables.length === 0) return { applied: [], unfinished: [] };
  if (!tables.includes("_prisma_migrations"))
    throw new Refusal(
      "The database holds tables that aren't Demarc's. Give Demarc one of its own by DATABASE_URL; nothing was changed.",
    );
  const rows = await session.rows(
    `SELECT migration_name, CASE WHEN finished_at IS NULL THEN 0 ELSE 1 END FROM "_prisma_migrations" WHERE rolled_back_at IS NULL ORDER BY migration_name`,
  );
  const named = (finished) => rows.filter((row) => Number(row[1]) === finished).map(([name]) => name);
  const applied = named(1);
  return { applied, unfinished: named(0).filter((name) => !applied.includes(name)) };
}

/** Inside a transaction that is the caller's to commit. */
async function bring(session, wanted) {
  // Somebody else may have done it since it was looked at.
  const { applied, unfinished } = await read(session);
  const missing = wanted.filter(({ name }) => !applied.includes(name));
  if ((await session.rows(session.tables)).length === 0) await session.run(session.keep);
  for (const { name, script } of missing) {
    const begun = new Date();
    await (unfinished.includes(name)
      ? finish(session, name, wanted.slice(0, wanted.findIndex((one) => one.name === name) + 1))
      : session.run(script));
    await session.put(
      `DELETE FROM "_prisma_migrations" WHERE finished_at IS NULL AND migration_name = ${session.places[0]}`,
      [name],
    );
    await session.put(
      `INSERT INTO "_prisma_migrations" ("id", "checksum", "started_at", "migration_name", "finished_at", "applied_steps_count") VALUES (${session.places.join(", ")}, 1)`,
      [randomUUID(), createHash("sha256").update(script).digest("hex"), stamp(begun), name, stamp(new Date())],
    );
  }
  return missing.map(({ name }) => name);
}

const stamp = (at) => at.toISOString().replace("Z", "+00:00");

/**
 * Carries out what is left of the last script, whose first statements a killed process carried out. How many these were
 * follows from what is left going through, since a table that is there isn't made again, nor is a row; and from what comes
 * of it, which has to be what the scripts make of nothing.
 */
async function finish(session, name, migrations) {
  const scripts = migrations.map(({ script }) => script);
  const statements = statementsOf(scripts.at(-1));
  const right = await session.shapeOf(scripts);
  let cause;
  for (let done = 0; done <= statements.length; done++) {
    await session.run("SAVEPOINT left_over");
    try {
      for (const statement of statements.slice(done)) await session.run(statement);
      if ((await session.shape()) === right) return await session.run("RELEASE SAVEPOINT left_over");
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

/** A script's statements: each ends at the end of a line. */
function statementsOf(script) {
  return script
    .replace(/^\s*--.*$/gm, "")
    .split(/;[ \t]*(?:\r?\n|$)/)
    .map((statement) => statement.trim())
    .filter((statement) => statement !== "");
}
