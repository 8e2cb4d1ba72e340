// Migrations without the engine that `prisma migrate` fetches: they are written by its WASM build and applied by the drivers.
// The folders and the _prisma_migrations table are the same, so either can carry on where the other stopped.
// The engine's calls are internals of Prisma: its version is pinned with the client's, and only this file makes them.
import { bindMigrationAwareSqlAdapterFactory } from "@prisma/driver-adapter-utils";
import * as bindings from "@prisma/schema-engine-wasm/schema_engine_bg";
import { existsSync } from "node:fs";
import { copyFile, mkdir, readFile, readdir, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import path from "node:path";
import { apply, historyOf } from "./apply.mjs";
import { adapterFor, databaseOf, SCHEMAS } from "./databases.mjs";
import { refuseLost } from "./installation.mjs";
import { Refusal } from "./refusal.mjs";

const FILTERS = { externalTables: [], externalEnums: [] };

/**
 * Brings a database to the newest migration; returns the names of those applied and where the copy from before lies, if
 * there is one. Throws a `Refusal` where it can't be, and has then changed nothing.
 * @param {string} [last] the newest migration to apply; all without it
 */
export async function migrate(database = databaseOf(), last) {
  const every = await migrationsOf(database.provider);
  const { applied, unfinished } = await historyOf(database);
  const unknown = [...applied, ...unfinished].find((name) => every.every((migration) => migration.name !== name));
  if (unknown) throw new Refusal(`The database is of a newer release of Demarc, which has applied ${unknown}. Start that release, or restore the copy that was made before it; nothing was changed.`);
  const wanted = every.filter(({ name }) => last === undefined || name <= last);
  if (wanted.every(({ name }) => applied.includes(name))) return { names: [], copy: null };
  if (applied.length + unfinished.length === 0) refuseLost(database);
  return apply(database, wanted);
}

async function migrationsOf(provider) {
  const { migrations } = SCHEMAS[provider];
  return Promise.all((await migrationNames(migrations)).map(async (name) => ({ name, script: await readFile(path.join(migrations, name, "migration.sql"), "utf8") })));
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

async function migrationNames(baseDir) {
  const entries = existsSync(baseDir) ? await readdir(baseDir, { withFileTypes: true }) : [];
  return entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name).sort();
}

function lockFor(provider) {
  return `provider = "${provider}"\n`;
}
