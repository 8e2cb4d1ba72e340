// The differences between the two databases, for all scripts that run before the app is built.
import { existsSync, mkdirSync, readdirSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

export const ROOT = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "..");

/** @typedef {"sqlite" | "postgresql"} Provider */

/** The database of a `DATABASE_URL`; without one, the embedded file. Throws for any other kind of address. */
export function databaseOf(url = process.env.DATABASE_URL) {
  const address = url === undefined || url === "" ? "file:./data/demarc.db" : url;
  if (/^postgres(ql)?:/.test(address))
    return { provider: /** @type {Provider} */ ("postgresql"), url: address, file: null };
  if (!address.startsWith("file:")) {
    throw new Error(
      `DATABASE_URL is neither a file: nor a postgresql: address. Unset it to use the embedded database.`,
    );
  }
  const file = path.resolve(ROOT, address.slice("file:".length));
  return { provider: /** @type {Provider} */ ("sqlite"), url: `file:${file}`, file };
}

/** The folder of the Prisma schema and the migrations of a provider. */
export const SCHEMAS = {
  sqlite: { schema: path.join(ROOT, "prisma/schema.prisma"), migrations: path.join(ROOT, "prisma/migrations") },
  postgresql: {
    schema: path.join(ROOT, "prisma/postgresql/schema.prisma"),
    migrations: path.join(ROOT, "prisma/postgresql/migrations"),
  },
};

/** The names of the migrations in a folder, in their order. */
export function migrationNames(folder) {
  const entries = existsSync(folder) ? readdirSync(folder, { withFileTypes: true }) : [];
  return entries
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort();
}

/** Prisma's driver adapter for a database. The folder of a SQLite file is created where it is missing. */
export async function adapterFor({ provider, url, file }) {
  if (provider === "postgresql") {
    const { PrismaPg } = await import("@prisma/adapter-pg");
    return new PrismaPg({ connectionString: url });
  }
  if (file) mkdirSync(path.dirname(file), { recursive: true });
  const { PrismaBetterSqlite3 } = await import("@prisma/adapter-better-sqlite3");
  return new PrismaBetterSqlite3({ url });
}
