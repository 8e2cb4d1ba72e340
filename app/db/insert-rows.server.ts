import { DATABASE_PROVIDER, type Writer } from "./client.server";

/** The tables whose columns are JSON's own types and what nests in them: a moment (`DateTime`) has another form in each database. */
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

/** A statement whose one parameter is the rows as JSON. A column of JSON that is null is empty, as every other. */
const STATEMENTS: Record<typeof DATABASE_PROVIDER, (table: Table, columns: readonly string[]) => string> = {
  sqlite: (table, columns) =>
    `INSERT INTO "${table}" (${list(columns)}) SELECT ${columns.map((name) => `json_extract(value, '$."${name}"')`).join(", ")} FROM json_each(?)`,
  postgresql: (table, columns) =>
    `INSERT INTO "${table}" (${list(columns)}) SELECT ${list(columns)} FROM jsonb_populate_recordset(NULL::"${table}", $1::jsonb)`,
};

const list = (columns: readonly string[]) => columns.map((name) => `"${name}"`).join(", ");

/**
 * Inserts rows of one shape, however many, by one statement. The ORM's `createMany` makes a plan anew for every call and
 * takes over a millisecond a row (docs/decisions/024); these are the rows that come by the hundred or with every edit.
 * Names of columns are code's own, never a visitor's.
 */
export async function insertRows(tx: Writer, table: Table, rows: readonly Row[]): Promise<void> {
  const [first] = rows;
  if (first) await tx.$executeRawUnsafe(STATEMENTS[DATABASE_PROVIDER](table, Object.keys(first)), JSON.stringify(rows));
}
