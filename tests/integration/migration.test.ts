import Database from "better-sqlite3";
import { execFileSync } from "node:child_process";
import path from "node:path";
import { Client } from "pg";
import { afterAll, expect, inject, it, vi } from "vitest";
import { aDuty, aMatrix, cells } from "../support/matrices";
import { SOON_KILLED } from "../support/short-lived.mjs";

const FIRST = "20261124095936_start";
const database = inject("database");

/** An empty database of its own, which the application of this file then works on. */
async function emptyDatabase(): Promise<string> {
  const name = `earlier_${crypto.randomUUID().replaceAll("-", "")}`;
  if (database.kind === "sqlite") return `file:${path.join(database.folder, `${name}.db`)}`;
  const url = new URL(database.url);
  url.pathname = "/postgres";
  const client = new Client({ connectionString: url.href });
  await client.connect();
  await client.query(`CREATE DATABASE ${name}`);
  await client.end();
  url.pathname = `/${name}`;
  return url.href;
}

function migrate(url: string, ...upTo: string[]): void {
  execFileSync(process.execPath, [...SOON_KILLED, "prisma/db.mjs", "migrate", ...upTo], { env: { ...process.env, DATABASE_URL: url }, stdio: "pipe" });
}

afterAll(() => vi.resetModules());

type Row = Record<string, string | number | boolean | null | object>;

/** Writes rows as the earlier release did: JSON as text, booleans as each database has them. */
async function insert(url: string, rows: readonly (readonly [table: string, row: Row])[]): Promise<void> {
  const columns = (row: Row) => Object.keys(row).map((name) => `"${name}"`).join(", ");
  const plain = (value: Row[string]) => (typeof value === "object" && value !== null ? JSON.stringify(value) : value);
  if (url.startsWith("file:")) {
    const db = new Database(url.slice("file:".length));
    for (const [table, row] of rows) {
      db.prepare(`INSERT INTO "${table}" (${columns(row)}) VALUES (${Object.keys(row).map(() => "?").join(", ")})`).run(...Object.values(row).map((value) => (typeof value === "boolean" ? Number(value) : plain(value))));
    }
    db.close();
    return;
  }
  const client = new Client({ connectionString: url });
  await client.connect();
  for (const [table, row] of rows) {
    await client.query(`INSERT INTO "${table}" (${columns(row)}) VALUES (${Object.keys(row).map((_, i) => `$${i + 1}`).join(", ")})`, Object.values(row).map(plain));
  }
  await client.end();
}

it("a database of the first release is brought to today's form with everything in it, and its first owner takes it over", async () => {
  const url = await emptyDatabase();
  migrate(url, FIRST);
  const now = aMatrix({ duties: [aDuty({ letters: cells({ "it-lead": "A", "it-team": "R" }) })] });
  const { accepted: _accepted, deleted: _deleted, settings, parties, roles, domains, duties, ...fields } = now;
  const matrixId = "matrix-1";
  const at = "2026-11-01T09:00:00.000Z";
  const old = { ...fields, schema: 1, settings: { accountability: settings.accountability } };
  const oldDuties = duties.map(({ tools: _t, documentation: _d, knowledge: _k, searchWords: _n, decisions: _e, today: _y, earlyWin: _w, coverPeriod: _c, standing: _s, marks: _m, ruling: _r, ...duty }) => duty);
  const placed = (table: string, items: readonly object[]) => items.map((item, position) => [table, { ...item, matrixId, position }] as const);
  const diff = { fields: {}, duties: { added: [], removed: [], changed: [{ id: "duty-1", fields: { cadence: { before: "Weekly", after: "" } } }], placedBefore: [], placedAfter: [] } };
  await insert(url, [
    ["User", { id: "local-owner", name: "Local owner", createdAt: at }],
    ["Engagement", { id: "engagement-1", sample: false, createdAt: at }],
    ["Member", { engagementId: "engagement-1", userId: "local-owner", permission: "owner" }],
    ["Matrix", { ...old, id: matrixId, engagementId: "engagement-1", revision: 1, createdAt: at, updatedAt: at }],
    ...placed("Party", parties),
    ...placed("Role", roles),
    ...placed("Domain", domains),
    ...placed("Duty", oldDuties),
    ["Version", { id: "version-1", matrixId, number: 1, status: "proposed", reason: "First", authorId: "local-owner", authorName: "Priya", createdAt: at, fingerprint: "f".repeat(64), previousFingerprint: null, canonicalText: "{}", snapshot: { ...old, parties, roles, domains, duties: oldDuties }, schema: 1, changes: null, blockers: [], revision: 1 }],
    ["LogEntry", { id: "entry-1", matrixId, stepId: "step-1", revision: 1, event: "draft.edited", actorId: "local-owner", actorName: "Priya", at, commands: [], diff, detail: {} }],
  ]);
  migrate(url);
  // The application is loaded anew: on this database, and knowing of no installation.
  await (await import("~/db/client.server")).closeDatabase();
  vi.resetModules();
  process.env.DATABASE_URL = url;
  const { loadMatrix } = await import("~/db/matrix-store.server");
  const { read } = await import("~/db/client.server");
  const { loadVersion } = await import("~/services/versions.server");
  const { dutyHistory } = await import("~/services/activity.server");
  const { hasEarlierWork, isSetUp, setUpInstallation } = await import("~/services/accounts.server");
  const { actorOf } = await import("~/services/actor.server");
  const caller = { address: "127.0.0.1", userAgent: "", cookie: "" };
  const form = { name: "Maya Lindqvist", email: "maya@northwind.example", password: "four quiet words here", side: "provider" };
  expect([await isSetUp(), await hasEarlierWork()]).toEqual([false, true]);
  const cookies = await setUpInstallation(form, caller, new Date(at));
  const { actor } = await actorOf({ ...caller, cookie: cookies.map((line) => line.split(";", 1)[0]).join("; ") });
  if (!actor) throw new Error("The first owner isn't signed in.");
  expect([await isSetUp(), await hasEarlierWork()]).toEqual([true, false]);
  expect(await read.member.findMany({ select: { userId: true, side: true, permission: true } })).toEqual([{ userId: actor.userId, side: "provider", permission: "owner" }]);
  await expect(setUpInstallation({ ...form, email: "late@northwind.example" }, caller, new Date(at))).rejects.toMatchObject({ code: "conflict" });
  expect((await loadMatrix(read, matrixId))?.matrix).toEqual(now);
  expect(await loadVersion(actor, matrixId, 1)).toMatchObject({ matrix: now, canonicalText: "{}" });
  expect((await dutyHistory(actor, matrixId, "duty-1", null)).entries.map(({ actorName, change }) => [actorName, change.words])).toEqual([["Priya", ["The cadence changed."]]]);
});
