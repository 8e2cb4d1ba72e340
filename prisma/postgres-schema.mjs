import { readFile } from "node:fs/promises";
import { SCHEMAS } from "./databases.mjs";

/** The PostgreSQL schema, derived from the SQLite one: only the provider and the folder of the client differ. */
export async function postgresSchema() {
  const source = await readFile(SCHEMAS.sqlite.schema, "utf8");
  const [, ...rest] = source.split("\n\n");
  return ["// Generated from prisma/schema.prisma by `npm run db:generate`; edit that file instead.", ...rest]
    .join("\n\n")
    .replace('provider = "sqlite"', 'provider = "postgresql"')
    .replace('"../app/db/generated/sqlite"', '"../../app/db/generated/postgresql"');
}
