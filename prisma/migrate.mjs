// Migrations on the WASM build of Prisma's schema engine, which needs no binary to be fetched. It keeps the same
// folders and the same _prisma_migrations table as `prisma migrate`, so either can carry on where the other stopped.
// The engine's calls are internals of Prisma: its version is pinned with the client's, and only this file makes them.
import { bindMigrationAwareSqlAdapterFactory } from "@prisma/driver-adapter-utils";
import * as bindings from "@prisma/schema-engine-wasm/schema_engine_bg";
import { existsSync } from "node:fs";
import { copyFile, mkdir, readFile, readdir, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import path from "node:path";
import { adapterFor, databaseOf, SCHEMAS } from "./databases.mjs";

const FILTERS = { externalTables: [], externalEnums: [] };

/** Brings a database to the newest migration; returns the names of those applied. */
export async function migrate(database = databaseOf(), last = undefined) {
  const { migrations } = SCHEMAS[database.provider];
  if (await isUpToDate(database)) return [];
  return withEngine(database, async (engine) => {
    const { appliedMigrationNames } = await engine.applyMigrations({ migrationsList: await migrationsIn(migrations, database.provider, last), filters: FILTERS });
    return appliedMigrationNames;
  });
}

const APPLIED = "SELECT migration_name FROM _prisma_migrations WHERE finished_at IS NOT NULL AND rolled_back_at IS NULL";

/**
 * Whether a database has every migration. The engine locks even when there is nothing to do: the whole SQLite file,
 * which a process that is still reading it would refuse, and on PostgreSQL for ten seconds past its work, for which a
 * second server would wait in vain. Looking locks nothing.
 */
async function isUpToDate(database) {
  try {
    const applied = await (database.provider === "sqlite" ? appliedInFile(database.file) : appliedOnServer(database));
    return (await migrationNames(SCHEMAS[database.provider].migrations)).every((name) => applied.includes(name));
  } catch {
    return false;
  }
}

async function appliedInFile(file) {
  if (!existsSync(file)) return [];
  const { default: Database } = await import("better-sqlite3");
  const db = new Database(file, { readonly: true });
  try {
    return db.prepare(APPLIED).pluck().all();
  } finally {
    db.close();
  }
}

async function appliedOnServer(database) {
  const connection = await (await adapterFor(database)).connect();
  try {
    const { rows } = await connection.queryRaw({ sql: APPLIED, args: [], argTypes: [] });
    return rows.flat();
  } finally {
    await connection.dispose();
  }
}

/**
 * The SQL that leads from a provider's newest migration to its schema; empty when nothing is missing. Each migration
 * keeps the schema it leads to beside it: comparing two schemas needs no database, and reading a PostgreSQL database's
 * structure back fails in this engine with the 7.10 adapter (its "char" columns). The engine connects all the same.
 */
export async function pendingSql(database) {
  const { schema, migrations } = SCHEMAS[database.provider];
  const newest = (await migrationNames(migrations)).at(-1);
  return withEngine(database, async (engine) => {
    const { stdout } = await engine.diff({
      from: newest ? await datamodel(path.join(migrations, newest, "schema.prisma")) : { tag: "empty" },
      to: await datamodel(schema),
      script: true,
      exitCode: null,
      shadowDatabaseUrl: null,
      filters: FILTERS,
    });
    const sql = stdout ?? "";
    return sql.includes("empty migration") ? "" : sql;
  });
}

/** Writes a migration folder with the SQL that is missing; returns its path, or null when nothing is. */
export async function newMigration(name, database, stamp) {
  const sql = await pendingSql(database);
  if (sql.trim() === "") return null;
  const { schema, migrations } = SCHEMAS[database.provider];
  const folder = path.join(migrations, `${stamp}_${name}`);
  await mkdir(folder, { recursive: true });
  await writeFile(path.join(folder, "migration.sql"), sql);
  await copyFile(schema, path.join(folder, "schema.prisma"));
  await writeFile(path.join(migrations, "migration_lock.toml"), lockFor(database.provider));
  return folder;
}

async function datamodel(file) {
  return { tag: "schemaDatamodel", files: [{ path: file, content: await readFile(file, "utf8") }] };
}

/** The PostgreSQL schema, made from the SQLite one: only the provider and the place of the client differ. */
export async function postgresSchema() {
  const source = await readFile(SCHEMAS.sqlite.schema, "utf8");
  const [, ...rest] = source.split("\n\n");
  return [
    "// Generated from prisma/schema.prisma by `npm run db:generate`; edit that file instead.",
    ...rest,
  ]
    .join("\n\n")
    .replace('provider = "sqlite"', 'provider = "postgresql"')
    .replace('"../app/db/generated/sqlite"', '"../../app/db/generated/postgresql"');
}

/** The engine is one WASM instance with state of its own, so whoever needs it takes turns. */
let turn = Promise.resolve();

function withEngine(database, use) {
  const mine = turn.then(() => runEngine(database, use));
  turn = mine.catch(() => undefined);
  return mine;
}

async function runEngine(database, use) {
  const { schema } = SCHEMAS[database.provider];
  const adapter = bindMigrationAwareSqlAdapterFactory(await adapterFor(database));
  const SchemaEngine = await loadEngine();
  const engine = await SchemaEngine.new({ datamodels: [[schema, await readFile(schema, "utf8")]] }, () => undefined, adapter);
  try {
    return await use(engine);
  } finally {
    engine.free();
  }
}

let loaded;

async function loadEngine() {
  if (!loaded) {
    const file = path.join(path.dirname(createRequire(import.meta.url).resolve("@prisma/schema-engine-wasm")), "schema_engine_bg.wasm");
    const { instance } = await WebAssembly.instantiate(await readFile(file), { "./schema_engine_bg.js": bindings });
    bindings.__wbg_set_wasm(instance.exports);
    instance.exports.__wbindgen_start();
    loaded = bindings.SchemaEngine;
  }
  return loaded;
}

async function migrationsIn(baseDir, provider, last) {
  const lock = path.join(baseDir, "migration_lock.toml");
  const names = (await migrationNames(baseDir)).filter((name) => last === undefined || name <= last);
  return {
    baseDir,
    lockfile: { path: "migration_lock.toml", content: existsSync(lock) ? await readFile(lock, "utf8") : lockFor(provider) },
    shadowDbInitScript: "",
    migrationDirectories: await Promise.all(
      names.map(async (name) => ({
        path: name,
        migrationFile: { path: "migration.sql", content: { tag: "ok", value: await readFile(path.join(baseDir, name, "migration.sql"), "utf8") } },
      })),
    ),
  };
}

async function migrationNames(baseDir) {
  const entries = existsSync(baseDir) ? await readdir(baseDir, { withFileTypes: true }) : [];
  return entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name).sort();
}

function lockFor(provider) {
  return `provider = "${provider}"\n`;
}
