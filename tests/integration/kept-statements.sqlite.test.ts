import { PrismaBetterSqlite3 } from "@prisma/adapter-better-sqlite3";
import Database from "better-sqlite3";
import { afterEach, expect, it, vi } from "vitest";
import { KeepingBetterSqlite3 } from "~/db/kept-statements.server";

afterEach(() => vi.restoreAllMocks());

const text = { scalarType: "string", arity: "scalar" } as const;
const asked = (sql: string, ...args: string[]) => ({ sql, args, argTypes: args.map(() => text) });

async function connection(Adapter: typeof PrismaBetterSqlite3) {
  const adapter = await new Adapter({ url: "file::memory:" }).connect();
  await adapter.executeScript("CREATE TABLE Word (id TEXT PRIMARY KEY, said TEXT NOT NULL)");
  return adapter;
}

it("prepares a statement once a connection, and answers as the adapter does by itself", async () => {
  const told: unknown[] = [];
  const counts: number[] = [];
  for (const Adapter of [KeepingBetterSqlite3, PrismaBetterSqlite3]) {
    const prepare = vi.spyOn(Database.prototype, "prepare");
    const adapter = await connection(Adapter);
    const answers: unknown[] = [];
    for (const id of ["a", "b", "c"]) answers.push(await adapter.executeRaw(asked("INSERT INTO Word VALUES (?, ?)", id, `word ${id}`)));
    answers.push(await adapter.executeRaw(asked("INSERT INTO Word VALUES (?, ?)", "a", "twice")).catch((error: { cause: unknown }) => error.cause));
    answers.push(await adapter.executeRaw(asked("INSERT INTO Word VALUES (?, ?)", "d", "word d")));
    for (const id of ["a", "d", "x"]) answers.push(await adapter.queryRaw(asked("SELECT id, said, length(said) AS size FROM Word WHERE id = ?", id)));
    for (const id of ["a", "x"]) answers.push(await adapter.queryRaw(asked("UPDATE Word SET said = 'new' WHERE id = ? RETURNING id", id)));
    for (const keep of [true, false]) {
      const tx = await adapter.startTransaction();
      await tx.executeRaw(asked("DELETE FROM Word WHERE id = ?", keep ? "b" : "c"));
      await tx.executeRaw(asked(keep ? "COMMIT" : "ROLLBACK"));
      await (keep ? tx.commit() : tx.rollback());
    }
    answers.push(await adapter.queryRaw(asked("SELECT id FROM Word ORDER BY id")));
    told.push(answers);
    counts.push(prepare.mock.calls.length);
    await adapter.dispose();
    vi.restoreAllMocks();
  }
  expect(told[0]).toEqual(told[1]);
  expect(counts).toEqual([8, 17]);
});

it("goes on when there are more statements than it keeps", async () => {
  const prepare = vi.spyOn(Database.prototype, "prepare");
  const adapter = await connection(KeepingBetterSqlite3);
  const ask = async (n: number) => expect((await adapter.queryRaw(asked(`SELECT ? AS said, ${n} AS n`, "hello"))).rows).toEqual([["hello", expect.anything()]]);
  for (let n = 0; n < 1_000; n++) {
    await ask(n);
    await ask(0);
  }
  expect(prepare).toHaveBeenCalledTimes(1_000);
  await ask(1);
  expect(prepare).toHaveBeenCalledTimes(1_001);
});

it("keeps no statement of many thousand characters", async () => {
  const prepare = vi.spyOn(Database.prototype, "prepare");
  const adapter = await connection(KeepingBetterSqlite3);
  const ids = Array.from({ length: 5_000 }, (_, i) => `word-${i}`);
  const many = asked(`SELECT id FROM Word WHERE id IN (${ids.map(() => "?").join(",")})`, ...ids);
  for (let time = 0; time < 2; time++) expect((await adapter.queryRaw(many)).rows).toEqual([]);
  expect(prepare).toHaveBeenCalledTimes(2);
});
