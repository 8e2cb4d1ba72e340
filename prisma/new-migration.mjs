// Writes new migrations, with Prisma's schema engine as WASM from npm: the binary that `prisma migrate` downloads can't
// be reached from everywhere. The engine's calls are internals of Prisma. Its version is pinned with the client's, and
// only this file calls it.
import { bindMigrationAwareSqlAdapterFactory } from "@prisma/driver-adapter-utils";
import * as bindings from "@prisma/schema-engine-wasm/schema_engine_bg";
import { copyFile, mkdir, readFile, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import path from "node:path";
import { adapterFor, migrationNames, SCHEMAS } from "./databases.mjs";

const FILTERS = { externalTables: [], externalEnums: [] };

/**
 * The SQL from a provider's newest migration to its schema; empty where nothing is missing. Each migration has the
 * schema it leads to beside it, because comparing two schemas needs no database. Reading the structure of a PostgreSQL
 * database fails in this engine with the 7.10 adapter (its "char" columns); the engine connects all the same.
 */
export async function pendingSql(database) {
  const { schema, migrations } = SCHEMAS[database.provider];
  const newest = migrationNames(migrations).at(-1);
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

/** Writes a migration's folder with the missing SQL; returns its path, or null where nothing is missing. */
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

/** The end of the queue for the engine, which is one WASM instance with state of its own. */
let queueEnd = Promise.resolve();

/**
 * Calls `use` with Prisma's schema engine, connected to a database.
 * @template T
 * @param {ReturnType<typeof import("./databases.mjs").databaseOf>} database
 * @param {(engine: import("@prisma/schema-engine-wasm").SchemaEngine) => Promise<T>} use
 * @returns {Promise<T>}
 */
export function withEngine(database, use) {
  const result = queueEnd.then(() => runEngine(database, use));
  queueEnd = result.catch(() => undefined);
  return result;
}

async function runEngine(database, use) {
  const { schema } = SCHEMAS[database.provider];
  const { factory, close } = closable(await adapterFor(database));
  const SchemaEngine = await loadEngine();
  const engine = await SchemaEngine.new(
    { datamodels: [[schema, await readFile(schema, "utf8")]] },
    () => undefined,
    bindMigrationAwareSqlAdapterFactory(factory),
  );
  try {
    return await use(engine);
  } finally {
    engine.free();
    await close();
  }
}

/** An adapter factory that can close its connections, which the engine leaves open with the locks they hold. */
function closable(factory) {
  const connections = [];
  const connect = factory.connect.bind(factory);
  factory.connect = async () => {
    const connection = await connect();
    connections.push(connection);
    return connection;
  };
  return { factory, close: () => Promise.all(connections.map((connection) => connection.dispose())) };
}

let loaded;

async function loadEngine() {
  if (!loaded) {
    const file = path.join(
      path.dirname(createRequire(import.meta.url).resolve("@prisma/schema-engine-wasm")),
      "schema_engine_bg.wasm",
    );
    const { instance } = await WebAssembly.instantiate(await readFile(file), { "./schema_engine_bg.js": bindings });
    bindings.__wbg_set_wasm(instance.exports);
    instance.exports.__wbindgen_start();
    loaded = bindings.SchemaEngine;
  }
  return loaded;
}

function lockFor(provider) {
  return `provider = "${provider}"\n`;
}
