// Migrates a database to this release, by the scripts in the folders of migrations, in the order of their names. The
// folders and the _prisma_migrations table are those of `prisma migrate`, so either can go on where the other stopped.
import { readFile } from "node:fs/promises";
import path from "node:path";
import { apply, historyOf } from "./apply.mjs";
import { databaseOf, migrationNames, SCHEMAS } from "./databases.mjs";
import { refuseLost } from "./installation.mjs";
import { Refusal } from "./refusal.mjs";

/**
 * Migrates a database to the newest migration; returns the names of those applied and the path of the copy made before,
 * if there is one. Throws a `Refusal`, with nothing changed, where that isn't possible.
 * @param {string} [last] the newest migration to apply; all without it
 */
export async function migrate(database = databaseOf(), last) {
  const every = await migrationsOf(database.provider);
  const { applied, unfinished } = await historyOf(database);
  const unknown = [...applied, ...unfinished].find((name) => every.every((migration) => migration.name !== name));
  if (unknown)
    throw new Refusal(
      `The database is of a newer release of Demarc, which has applied ${unknown}. Start that release, or restore the copy that was made before it; nothing was changed.`,
    );
  const migrations = every.filter(({ name }) => last === undefined || name <= last);
  if (migrations.every(({ name }) => applied.includes(name))) return { names: [], copy: null };
  if (applied.length + unfinished.length === 0) refuseLost(database);
  return apply(database, migrations);
}

async function migrationsOf(provider) {
  const { migrations } = SCHEMAS[provider];
  return Promise.all(
    migrationNames(migrations).map(async (name) => ({
      name,
      script: await readFile(path.join(migrations, name, "migration.sql"), "utf8"),
    })),
  );
}
