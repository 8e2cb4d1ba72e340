import { write } from "~/db/client.server";
import { jsonOf, type Row, type Rows } from "./earlier";

/** The tables that a set holds, those first that others refer to. */
export const MODELS = [
  "user",
  "engagement",
  "member",
  "invitation",
  "recordEntry",
  "person",
  "matrix",
  "party",
  "role",
  "domain",
  "duty",
  "holding",
  "version",
  "versionText",
  "paperFile",
  "signRound",
  "signatory",
  "signature",
  "logEntry",
  "loggedDuty",
] as const;

export type Table = {
  createMany: (given: { data: Row[] }) => Promise<unknown>;
  findMany: (given?: object) => Promise<Row[]>;
};

/** A table by the name of its model. */
export function tableOf(db: object, model: string): Table {
  return (db as Record<string, Table>)[model] as Table;
}

/** A value of a row as JSON can hold it. */
export function plain(value: unknown): unknown {
  if (value instanceof Date) return { $moment: value.toISOString() };
  if (value instanceof Uint8Array) return { $bytes: Buffer.from(value).toString("base64") };
  return value;
}

function stored(value: unknown): unknown {
  if (typeof value !== "object" || value === null) return value;
  if ("$moment" in value) return new Date(String(value.$moment));
  if ("$bytes" in value) return Uint8Array.from(Buffer.from(String(value.$bytes), "base64"));
  return value;
}

/** Puts the rows of a set into the database as they were stored. */
export async function insertEarlier(release: string): Promise<void> {
  const rows = jsonOf<Rows>(release, "database.json");
  await write(async (tx) => {
    for (const model of MODELS) {
      const data = (rows[model] ?? []).map((row) =>
        Object.fromEntries(Object.entries(row).map(([name, value]) => [name, stored(value)])),
      );
      if (data.length > 0) await tableOf(tx, model).createMany({ data });
    }
  });
}
