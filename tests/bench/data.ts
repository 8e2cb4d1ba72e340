import Database from "better-sqlite3";
import path from "node:path";
import { read, write } from "~/db/client.server";
import type { Actor } from "~/services/who/actor.server";
import { loadDraft } from "~/services/matrix/drafts.server";
import { runCommands } from "~/services/matrix/matrix-editing.server";
import { anEngagement, aUser, freshLoad, signedIn } from "../support/stored";
import { benchMatrix, otherParty, SIZES } from "./matrices";
import { measure, ratio, type Figure } from "./measure";

export type Seeded = { size: number; matrixId: string };

/** Puts one matrix of each size into the database, of one owner. */
export async function seed(actor: Actor, sizes: number[], roles = 12): Promise<Seeded[]> {
  const seeded: Seeded[] = [];
  for (const size of sizes) seeded.push({ size, ...(await anEngagement(actor, benchMatrix(size, roles))) });
  return seeded;
}

let owner: ReturnType<typeof signedIn> | null = null;

/** The one person of the bench, with the cookie of their session. */
export function benchOwner() {
  owner ??= signedIn("Bench owner");
  return owner;
}

/** The cookie of their session as a browser is given it. */
export async function ownersCookie(url: string) {
  const [name = "", value = ""] = (await benchOwner()).cookie.split(/=(.*)/s);
  return [
    { name, value, url: url.replace("127.0.0.1", "localhost") },
    { name, value, url },
  ];
}

/** Storing a new matrix, opening the data of a board and one durable move, each beside bare SQLite doing the same to the same rows. */
export async function benchData() {
  const actor = await benchOwner();
  const bare = new Database((process.env.DATABASE_URL ?? "").slice("file:".length));
  const apart = new Database(path.join(process.env.BENCH_FOLDER ?? ".", "floor.db"));
  for (const db of [bare, apart]) db.pragma("journal_mode = WAL");
  apart.pragma("synchronous = FULL");
  const open: Record<string, unknown> = {};
  const move: Record<string, unknown> = {};
  const store: Record<string, unknown> = {};
  for (const { size, matrixId } of await seed(actor, SIZES)) {
    open[size] = await benchOpen(actor, bare, matrixId);
    move[size] = await benchMove(actor, bare, apart, matrixId);
    store[size] = await benchStore(bare, apart, { size, matrixId });
  }
  bare.close();
  apart.close();
  return { open, move, store };
}

async function benchOpen(actor: Actor, bare: Database.Database, matrixId: string) {
  const tables = ["Party", "Role", "Domain", "Duty"].map((name) =>
    bare.prepare(`SELECT * FROM "${name}" WHERE "matrixId" = ? ORDER BY "position"`),
  );
  const one = bare.prepare('SELECT * FROM "Matrix" WHERE "id" = ?');
  const floor = await measure(40, () =>
    JSON.stringify([one.get(matrixId), ...tables.map((table) => table.all(matrixId))]),
  );
  const kept = await measure(40, async () => JSON.stringify(await loadDraft(actor, matrixId, new Date())));
  const setAside = await measure(20, async () => {
    await write((tx) => tx.matrix.update({ where: { id: matrixId }, data: { revision: { increment: 1 } } }));
    await write((tx) => tx.matrix.update({ where: { id: matrixId }, data: { revision: { increment: 1 } } }));
  });
  const whole = await measure(20, async () => JSON.stringify(await freshLoad(matrixId)));
  const fromRows: Figure = {
    ...whole,
    median: Math.max(0, whole.median - setAside.median),
    p95: Math.max(0, whole.p95 - setAside.median),
  };
  return { floor, fromRows, fromRowsRatio: ratio(fromRows, floor), kept, keptRatio: ratio(kept, floor) };
}

/** Storing a whole matrix as one write, beside bare SQLite storing the rows of its duties alone. */
async function benchStore(bare: Database.Database, apart: Database.Database, { size, matrixId }: Seeded) {
  // Of somebody else, whose engagements no other figure counts.
  const other = await aUser("Another owner");
  const matrix = benchMatrix(size);
  const stored = await measure(7, () => anEngagement(other, matrix));
  const duties = bare.prepare('SELECT * FROM "Duty" WHERE "matrixId" = ?').all(matrixId) as Row[];
  const insert = into(apart, `duties-${size}`, duties[0]);
  const floor = await measure(7, () => apart.transaction(() => duties.forEach(insert))());
  return { floor, stored, ratio: ratio(stored, floor) };
}

type Row = Record<string, unknown>;

/** A table like a row, and what inserts such rows. */
function into(db: Database.Database, name: string, row: Row = {}) {
  const fields = Object.keys(row);
  db.exec(`CREATE TABLE IF NOT EXISTS "${name}" (${fields.map((field) => `"${field}"`).join(", ")})`);
  const statement = db.prepare(`INSERT INTO "${name}" VALUES (${fields.map(() => "?").join(", ")})`);
  return (one: Row) => statement.run(...Object.values(one));
}

async function benchMove(actor: Actor, bare: Database.Database, apart: Database.Database, matrixId: string) {
  const move = (i: number) =>
    runCommands(
      actor,
      matrixId,
      {
        baseRevision: 0,
        steps: [
          {
            id: crypto.randomUUID(),
            commands: [
              {
                type: "duty.assign",
                dutyId: `duty-${i % 100}`,
                lens: "does",
                to: { partyId: otherParty(i % 100, Math.floor(i / 100)) },
              },
            ],
          },
        ],
      },
      new Date(),
    );
  const moved = await measure(60, move);
  const rows = {
    matrix: bare.prepare('SELECT * FROM "Matrix" WHERE "id" = ?').get(matrixId) as Row,
    duty: bare.prepare('SELECT * FROM "Duty" WHERE "matrixId" = ? LIMIT 1').get(matrixId) as Row,
    log: bare
      .prepare('SELECT * FROM "LogEntry" WHERE "matrixId" = ? ORDER BY "revision" DESC LIMIT 1')
      .get(matrixId) as Row,
  };
  const replace = Object.entries(rows).map(([name, row]) => {
    const insert = into(apart, name, row);
    return () => {
      if (name !== "log") apart.exec(`DELETE FROM "${name}"`);
      insert(row);
    };
  });
  const transaction = apart.transaction(() => {
    for (const run of replace) run();
  });
  const floor = await measure(60, () => transaction());
  const log = await read.logEntry.count({ where: { matrixId } });
  return { floor, moved, ratio: ratio(moved, floor), logEntries: log };
}
