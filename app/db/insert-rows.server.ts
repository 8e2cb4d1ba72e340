import { DATABASE_PROVIDER, type Transaction } from "./client.server";

/**
 * The tables that can be filled from JSON. One with a `DateTime` column can't: each database stores that in another
 * form.
 */
type Table =
  | "Party"
  | "Role"
  | "Domain"
  | "Duty"
  | "AgreedThing"
  | "Holding"
  | "LoggedDuty"
  | "LoggedAcceptance"
  | "MatrixSummary";
type Row = Readonly<Record<string, unknown>>;

/**
 * The statement of each database; its one parameter is the rows as a JSON array. A null becomes an SQL NULL, also in a
 * JSON column.
 */
const STATEMENTS: Record<typeof DATABASE_PROVIDER, (table: Table, columns: readonly string[]) => string> = {
  sqlite: (table, columns) =>
    `INSERT INTO "${table}" (${list(columns)}) SELECT ${columns.map((name) => `json_extract(value, '$."${name}"')`).join(", ")} FROM json_each(?)`,
  postgresql: (table, columns) =>
    `INSERT INTO "${table}" (${list(columns)}) SELECT ${list(columns)} FROM jsonb_populate_recordset(NULL::"${table}", $1::jsonb)`,
};

const list = (columns: readonly string[]) => columns.map((name) => `"${name}"`).join(", ");

/**
 * Inserts any number of rows that have the same columns, by one statement. The ORM's `createMany` plans each call anew
 * and takes over a millisecond a row (docs/decisions/024); these tables get hundreds of rows at once, or rows with
 * every edit. Column names go into the SQL as they are, so they must come from the code and never from a request.
 */
export async function insertRows(tx: Transaction, table: Table, rows: readonly Row[]): Promise<void> {
  const [first] = rows;
  if (first) await tx.$executeRawUnsafe(STATEMENTS[DATABASE_PROVIDER](table, Object.keys(first)), JSON.stringify(rows));
}
