import { existsSync, mkdtempSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, expect, inject, it } from "vitest";
import { databaseOf } from "../../prisma/databases.mjs";
import { migrate as bringUpToDate } from "../../prisma/migrate.mjs";
import {
  contentsOf,
  copyOf,
  earlierDatabase,
  emptyDatabase,
  fileOf,
  migrate,
  migrating,
} from "../support/earlier-release";
import { begin, killWhileWriting, spanOf, watch } from "../support/killed";
import { startServer } from "../support/server-process";
import { SOON_KILLED } from "../support/short-lived.mjs";

const KILLS = 20;
const onSqlite = inject("database").kind === "sqlite";
const folder = mkdtempSync(path.join(os.tmpdir(), "demarc-kills-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

it(`a database of the first release has everything or is as it was, and is brought to today's form, when that is killed ${KILLS} times`, async () => {
  const earlier = await earlierDatabase();
  const before = await contentsOf(earlier);
  const whole = await copyOf(earlier);
  migrate(whole);
  const after = await contentsOf(whole);
  const migration = (url: string) => begin([...SOON_KILLED, "prisma/db.mjs", "migrate"], migrating(url));
  const measured = await copyOf(earlier);
  const seen = await watch(measured);
  const span = await spanOf(migration(measured), seen);
  await seen.end();

  let inside = 0;
  for (let round = 0; round < KILLS; round++) {
    const url = await copyOf(earlier);
    const watched = await watch(url);
    if (await killWhileWriting(migration(url), watched, Math.random() * span)) inside += 1;
    await watched.quiet();
    await watched.end();
    const left = await contentsOf(url);
    expect([before, after]).toContainEqual(left);
    await bringUpToDate(databaseOf(url));
    expect(await contentsOf(url)).toEqual(after);
  }
  expect(inside).toBeGreaterThan(0);
}, 600_000);

it(`a first start that is killed, ${KILLS} times at any moment of it, is followed by one that starts and has everything`, async () => {
  const whole = await emptyDatabase();
  migrate(whole);
  const everything = await contentsOf(whole);
  const places = await Promise.all(
    Array.from({ length: KILLS + 1 }, async (_, round) =>
      onSqlite ? `file:${path.join(folder, `${round}`, "demarc.db")}` : emptyDatabase(),
    ),
  );
  const settings: Record<string, string> = {
    PORT: "0",
    ...(onSqlite ? { OUTBOX_FOLDER: "", DEMARC_SECRET: "" } : { OUTBOX_FOLDER: path.join(folder, "outbox") }),
  };
  const start = (url: string) =>
    begin([...SOON_KILLED, "server.js"], {
      ...process.env,
      ...settings,
      NODE_ENV: "production",
      VITEST: "",
      DATABASE_URL: url,
    });
  const [first = "", ...others] = places;
  const seen = await watch(first);
  const span = await spanOf(start(first), seen);
  await seen.end();

  let inside = 0;
  for (const [round, url] of others.entries()) {
    const watched = await watch(url);
    // Half of them while the database is made; the others a little later, when the rest is.
    if (await killWhileWriting(start(url), watched, Math.random() * span * (round % 2 === 0 ? 1 : 4))) inside += 1;
    await watched.end();
    const server = await startServer(url, { env: settings });
    const health = await fetch(`${server.url}/health`);
    expect([health.status, await health.json()]).toEqual([200, { status: "ok" }]);
    const page = await fetch(server.url);
    expect([page.url, page.status]).toEqual([`${server.url}/set-up`, 200]);
    if (onSqlite) expect(existsSync(path.join(path.dirname(fileOf(url)), "secret"))).toBe(true);
    await server.kill();
    expect(await contentsOf(url)).toEqual(everything);
  }
  expect(inside).toBeGreaterThan(0);
}, 600_000);
