// npm run db:migrate [-- up to this migration] · npm run db:new -- name · npm run db:generate
import { execFile } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { databaseOf, ROOT, SCHEMAS } from "./databases.mjs";
import { migrate } from "./migrate.mjs";
import { takeFile } from "./one-server.mjs";
import { postgresSchema } from "./postgres-schema.mjs";

const [command, name] = process.argv.slice(2);

async function generate() {
  mkdirSync(path.dirname(SCHEMAS.postgresql.schema), { recursive: true });
  writeFileSync(SCHEMAS.postgresql.schema, await postgresSchema());
  await Promise.all(
    Object.values(SCHEMAS).map(({ schema }) =>
      promisify(execFile)(process.execPath, [path.join(ROOT, "node_modules/prisma/build/index.js"), "generate"], {
        cwd: ROOT,
        env: { ...process.env, DEMARC_SCHEMA: schema, PRISMA_HIDE_UPDATE_MESSAGE: "1" },
      }),
    ),
  );
}

async function create() {
  if (!name || !/^[a-z][a-z0-9-]*$/.test(name))
    throw new Error("Name the migration in lower case, as in: npm run db:new -- add-cover-period");
  writeFileSync(SCHEMAS.postgresql.schema, await postgresSchema());
  const stamp = new Date().toISOString().replace(/\D/g, "").slice(0, 14);
  const { newMigration } = await import("./new-migration.mjs");
  const { startPostgres } = await import("../tests/support/embedded-postgres.mjs");
  const server = await startPostgres();
  const scratch = mkdtempSync(path.join(os.tmpdir(), "demarc-scratch-"));
  try {
    await server.createDatabase("scratch");
    const targets = [databaseOf(`file:${path.join(scratch, "scratch.db")}`), databaseOf(server.urlOf("scratch"))];
    for (const target of targets)
      console.log((await newMigration(name, target, stamp)) ?? `Nothing to do for ${target.provider}.`);
  } finally {
    await server.stop();
    rmSync(scratch, { recursive: true, force: true });
  }
}

const commands = {
  generate,
  new: create,
  migrate: async () => {
    const database = databaseOf();
    // New files are readable by this user only, as with a start.
    process.umask(0o077);
    const hold = database.file ? await takeFile(database.file) : null;
    const { names, copy } = await migrate(database, name);
    hold?.release();
    console.log(names.length > 0 ? `Applied ${names.join(", ")}.` : `The ${database.provider} database is up to date.`);
    if (copy) console.log(`What it held before is kept as ${copy}.`);
  },
};

const run = commands[command ?? ""];
if (!run) {
  console.error("Say generate, migrate or new.");
  process.exit(2);
}
await run().catch((error) => {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
});
