import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, describe, expect, inject, it, vi } from "vitest";
import { databaseOf, SCHEMAS } from "../../prisma/databases.mjs";
import { migrate as bringUpToDate } from "../../prisma/migrate.mjs";
import { pendingSql, withEngine } from "../../prisma/new-migration.mjs";
import {
  carryOut,
  contentsOf,
  copyOf,
  EARLIER,
  earlierDatabase,
  emptyDatabase,
  fileOf,
  FIRST,
  migrate,
  migrating,
} from "../support/earlier-release";

afterAll(() => vi.resetModules());

it("a database of the first release is brought to today's form with everything in it, and its first owner takes it over", async () => {
  const url = await earlierDatabase();
  const { matrixId, at, matrix: now } = EARLIER;
  migrate(url);
  // The application is loaded anew: on this database, and knowing of no installation.
  await (await import("~/db/client.server")).closeDatabase();
  vi.resetModules();
  process.env.DATABASE_URL = url;
  const { loadMatrix } = await import("~/db/matrix-store.server");
  const { read } = await import("~/db/client.server");
  const { loadVersion } = await import("~/services/version/versions.server");
  const { dutyHistory } = await import("~/services/matrix/activity.server");
  const { hasEarlierWork, isSetUp, setUpInstallation } = await import("~/services/who/accounts.server");
  const { actorOf } = await import("~/services/who/actor.server");
  const caller = { address: "127.0.0.1", userAgent: "", cookie: "" };
  const form = {
    name: "Maya Lindqvist",
    email: "maya@northwind.example",
    password: "four quiet words here",
    side: "provider",
  };
  expect([await isSetUp(), await hasEarlierWork()]).toEqual([false, true]);
  const cookies = await setUpInstallation(form, caller, new Date(at));
  const { actor } = await actorOf({ ...caller, cookie: cookies.map((line) => line.split(";", 1)[0]).join("; ") });
  if (!actor) throw new Error("The first owner isn't signed in.");
  expect([await isSetUp(), await hasEarlierWork()]).toEqual([true, false]);
  expect(await read.member.findMany({ select: { userId: true, side: true, permission: true } })).toEqual([
    { userId: actor.userId, side: "provider", permission: "owner" },
  ]);
  await expect(
    setUpInstallation({ ...form, email: "late@northwind.example" }, caller, new Date(at)),
  ).rejects.toMatchObject({ code: "conflict" });
  expect((await loadMatrix(read, matrixId))?.matrix).toEqual(now);
  expect(await loadVersion(actor, matrixId, 1)).toMatchObject({ matrix: now, canonicalText: "{}" });
  expect(
    (await dutyHistory(actor, matrixId, "duty-1", null)).entries.map(({ actorName, change }) => [
      actorName,
      change.words,
    ]),
  ).toEqual([["Priya", ["The cadence is now not set; it was “Weekly”."]]]);
});

it("who changed an acceptance last is found in what the log held before as well", async () => {
  const url = await earlierDatabase();
  migrate(url, "20261127124942_agreed-things");
  const diffs = [
    {
      fields: {
        "accepted/vague-duty.duty-1": { before: null, after: { reason: "Known." } },
        title: { before: "A", after: "B" },
      },
    },
    {
      fields: {
        "accepted/vague-duty.duty-1": { before: { reason: "Known." }, after: null },
        "accepted/undocumented": { before: null, after: { reason: "So be it." } },
      },
    },
    { fields: {} },
    {},
  ];
  await carryOut(
    url,
    diffs.map(
      (diff, i) =>
        `INSERT INTO "LogEntry" ("id", "matrixId", "stepId", "revision", "event", "actorId", "actorName", "at", "commands", "diff", "detail") VALUES ('accepting-${i}', 'matrix-1', 'accepting-${i}', ${i + 2}, 'draft.edited', 'local-owner', 'Priya', '2026-11-26T09:00:00.000Z', '[]', '${JSON.stringify(diff)}', '{}')`,
    ),
  );
  await bringUpToDate(databaseOf(url));
  const found = (await contentsOf(url))
    .filter((line) => line.startsWith("LoggedAcceptance: {"))
    .map((line) => JSON.parse(line.slice("LoggedAcceptance: ".length)));
  expect(
    found.map(({ findingKey, revision, entryId, matrixId }) => [findingKey, revision, entryId, matrixId]).sort(),
  ).toEqual([
    ["undocumented", 3, "accepting-1", "matrix-1"],
    ["vague-duty.duty-1", 2, "accepting-0", "matrix-1"],
    ["vague-duty.duty-1", 3, "accepting-1", "matrix-1"],
  ]);
});

it("files kept of agreed versions are found by what they are, whatever their names were cut to", async () => {
  const url = await earlierDatabase();
  migrate(url, "20261127093700_attempts-and-mailed-invitations");
  const head = "stadtwerke-und-verkehrsbetriebe-nordwind-gmbh-hafen-informationstechnik";
  const whole = ["xlsx", "docx", "pdf", "json", "csv", "md", "zip"];
  // Whole; cut behind what tells the version; cut in the amendment's own end; and an amendment alone.
  const kept: [version: string, name: string, part: string][] = [
    ...whole.map((format): [string, string, string] => ["version-1", `${head}-version-2.${format}`, format]),
    ...["xlsx", "docx"].map((format): [string, string, string] => [
      "version-1",
      `${head}-version-2-amendm.${format}`,
      `amendment-${format}`,
    ]),
    ["version-1", `${head}-version-2-amendment-12.pdf`, "amendment-pdf"],
    ["version-2", `${head}-version-3-amendment-1.pdf`, "amendment-pdf"],
    ["version-2", "a-amendment-1-b-version-3.docx", "docx"],
    ["version-2", `${head}-ver.csv`, "csv"],
  ];
  const copy = `INSERT INTO "Version" ("id", "number", "matrixId", "status", "reason", "authorId", "authorName", "createdAt", "fingerprint", "schema", "blockers", "revision") SELECT 'version-2', 2, "matrixId", "status", "reason", "authorId", "authorName", "createdAt", 'other', "schema", "blockers", "revision" FROM "Version" WHERE "id" = 'version-1'`;
  const rows = kept.map(
    ([version, name], i) =>
      `INSERT INTO "SignedFile" ("id", "versionId", "name", "type", "bytes", "sha256", "createdAt") VALUES ('file-${i}', '${version}', '${name}', '${name.split(".").at(-1)}', '', 'x', '2026-11-26T09:00:00.000Z')`,
  );
  await carryOut(url, [copy, ...rows]);
  await bringUpToDate(databaseOf(url));
  const found = (await contentsOf(url))
    .filter((line) => line.startsWith("SignedFile: {"))
    .map((line) => JSON.parse(line.slice("SignedFile: ".length)));
  expect(found.map(({ versionId, name, part }) => [versionId, name, part]).sort()).toEqual(kept.sort());
});

const asRoot = process.getuid?.() === 0 && process.platform === "linux";
const onSqlite = inject("database").kind === "sqlite";
const { migrations } = SCHEMAS[onSqlite ? "sqlite" : "postgresql"];
const NAMES = readdirSync(migrations)
  .filter((name) => /^\d/.test(name))
  .sort();
const scriptOf = (name: string) => readFileSync(path.join(migrations, name, "migration.sql"), "utf8");
const statementsOf = (name: string) =>
  scriptOf(name)
    .replace(/^\s*--.*$/gm, "")
    .split(/;\s*$/m)
    .map((statement) => statement.trim())
    .filter((statement) => statement !== "");
const begun = (name: string) =>
  `INSERT INTO "_prisma_migrations" ("id", "checksum", "migration_name", "started_at") VALUES ('${crypto.randomUUID()}', 'x', '${name}', '2026-11-26T09:00:00.000+00:00')`;

describe("a migration that an earlier release left half done", { timeout: 300_000 }, () => {
  it.each(NAMES)("is finished, wherever it was broken off: %s", async (name) => {
    const from = name === FIRST ? await emptyDatabase() : await earlierDatabase();
    const before = NAMES[NAMES.indexOf(name) - 1];
    if (before === undefined) {
      // What is kept of migrations is there before the first one.
      migrate(from);
      const tables = (await contentsOf(from)).flatMap(
        (line) => /"?table_name"?[":]+([^"]+)"|^(\w+): CREATE TABLE/.exec(line)?.slice(1).find(Boolean) ?? [],
      );
      const others = [...new Set(tables)].filter((table) => table !== "_prisma_migrations");
      await carryOut(from, [
        ...(onSqlite ? ["PRAGMA foreign_keys = OFF"] : []),
        ...others.map((table) => `DROP TABLE "${table}"${onSqlite ? "" : " CASCADE"}`),
        'DELETE FROM "_prisma_migrations"',
      ]);
    } else if (before !== FIRST) {
      await bringUpToDate(databaseOf(from), before);
    }
    const whole = await copyOf(from);
    await bringUpToDate(databaseOf(whole));
    const everything = await contentsOf(whole);
    const statements = statementsOf(name);
    // Statements that move rows can go wrong in ways of their own; of what is alike on both databases one carries out all.
    const every = onSqlite || statements.some((statement) => /^(INSERT|UPDATE)/.test(statement));
    const broken = every ? statements.map((_, done) => done) : [0, Math.floor(statements.length / 2)];
    for (const done of [...broken, statements.length]) {
      const url = await copyOf(from);
      await carryOut(url, [begun(name), ...statements.slice(0, done)]);
      expect((await bringUpToDate(databaseOf(url))).names).toContain(name);
      expect(await contentsOf(url), `after ${done} statements`).toEqual(everything);
    }
  });

  it("and that can't be finished is left as it is, with a sentence that says what to do", async () => {
    const url = await earlierDatabase();
    const name = NAMES[1] ?? "";
    await carryOut(url, [begun(name), `DROP TABLE "LogEntry"${onSqlite ? "" : " CASCADE"}`]);
    const before = await contentsOf(url);
    await expect(bringUpToDate(databaseOf(url))).rejects.toThrow(
      /^The migration .* was broken off, .* Restore the last copy of the database from before; nothing was changed\.$/,
    );
    expect(await contentsOf(url)).toEqual(before);
  });
});

it("the newest migration leads to today's schema", async () => {
  expect(await pendingSql(databaseOf(await emptyDatabase()))).toBe("");
});

it("applying migrations, as every start does, loads nothing of the engine that writes them", async () => {
  const url = await emptyDatabase();
  const refuseEngine = `import { register } from "node:module";
    register("data:text/javascript," + encodeURIComponent('export async function resolve(name, context, next) { if (name.includes("schema-engine")) throw new Error("The engine is loaded: " + name); return next(name, context); }'));`;
  execFileSync(
    process.execPath,
    ["--import", `data:text/javascript,${encodeURIComponent(refuseEngine)}`, "prisma/db.mjs", "migrate"],
    { env: migrating(url), stdio: "pipe" },
  );
  expect((await bringUpToDate(databaseOf(url))).names).toEqual([]);
});

describe("Prisma's own engine and this release", () => {
  /** What the engine is told of the migrations up to one of them. */
  const migrationsList = (last = "~") => ({
    baseDir: migrations,
    lockfile: {
      path: "migration_lock.toml",
      content: readFileSync(path.join(migrations, "migration_lock.toml"), "utf8"),
    },
    shadowDbInitScript: "",
    migrationDirectories: NAMES.filter((name) => name <= last).map((name) => ({
      path: name,
      migrationFile: { path: "migration.sql", content: { tag: "ok" as const, value: scriptOf(name) } },
    })),
  });
  const filters = { externalTables: [], externalEnums: [] };
  const applyByEngine = (url: string, last?: string) =>
    withEngine(databaseOf(url), (engine) => engine.applyMigrations({ migrationsList: migrationsList(last), filters }));

  it("carry on where the other stopped, and each finds the other's rows right", async () => {
    const url = await emptyDatabase();
    const { appliedMigrationNames } = await applyByEngine(url, NAMES[4]);
    expect(appliedMigrationNames).toEqual(NAMES.slice(0, 5));
    expect((await bringUpToDate(databaseOf(url), NAMES[8])).names).toEqual(NAMES.slice(5, 9));
    expect((await applyByEngine(url)).appliedMigrationNames).toEqual(NAMES.slice(9));
    expect((await bringUpToDate(databaseOf(url))).names).toEqual([]);
    const history = await withEngine(databaseOf(url), (engine) =>
      engine.diagnoseMigrationHistory({ migrationsList: migrationsList(), optInToShadowDatabase: false, filters }),
    );
    expect([history.editedMigrationNames, history.failedMigrationNames, history.history]).toEqual([[], [], null]);
    const whole = await emptyDatabase();
    migrate(whole);
    expect(await contentsOf(url)).toEqual(await contentsOf(whole));
  });
});

it("a database of a newer release is refused with a sentence, and nothing of it is changed", async () => {
  const url = await emptyDatabase();
  migrate(url);
  await carryOut(url, [begun("20991231000000_not-of-this-release")]);
  const half = await contentsOf(url);
  await expect(bringUpToDate(databaseOf(url))).rejects.toThrow(
    /^The database is of a newer release of Demarc, which has applied 20991231000000_not-of-this-release\. Start that release/,
  );
  await carryOut(url, [`UPDATE "_prisma_migrations" SET "finished_at" = "started_at" WHERE "finished_at" IS NULL`]);
  await expect(bringUpToDate(databaseOf(url))).rejects.toThrow(/newer release/);
  expect(
    (await contentsOf(url)).filter((line) => !half.includes(line)).every((line) => line.includes("20991231000000")),
  ).toBe(true);
});

it("a database that is another program's is refused with a sentence, and nothing is put into it", async () => {
  const url = await emptyDatabase();
  await carryOut(url, ['CREATE TABLE "Invoice" ("id" INTEGER PRIMARY KEY)']);
  const before = await contentsOf(url);
  await expect(bringUpToDate(databaseOf(url))).rejects.toThrow(/^The database holds tables that aren't Demarc's\./);
  expect(await contentsOf(url)).toEqual(before);
});

it("a script that fails takes back all that came before it in the same start", async () => {
  const url = await earlierDatabase();
  // One of the last scripts makes this table.
  await carryOut(url, ['CREATE TABLE "VersionText" ("id" INTEGER PRIMARY KEY)']);
  const before = await contentsOf(url);
  await expect(bringUpToDate(databaseOf(url))).rejects.toThrow();
  expect(await contentsOf(url)).toEqual(before);
});

describe.skipIf(!onSqlite)(
  "before a SQLite file is brought to another release (PostgreSQL is copied by its own means)",
  () => {
    const copies = (url: string) =>
      readdirSync(path.dirname(fileOf(url)))
        .filter((name) => name.startsWith(`${path.basename(fileOf(url))}.as-of-`))
        .sort();

    it("a copy that says of which migration it is lies beside it, for its own user alone; a few are kept", async () => {
      const url = await earlierDatabase();
      const before = await contentsOf(url);
      for (const name of NAMES.slice(1)) migrate(url, name);
      const kept = copies(url);
      expect(kept).toEqual(NAMES.slice(-4, -1).map((name) => `${path.basename(fileOf(url))}.as-of-${name}`));
      for (const name of kept) expect(statSync(path.join(path.dirname(fileOf(url)), name)).mode & 0o777).toBe(0o600);

      const again = await copyOf(url);
      const first = await earlierDatabase();
      const { copy } = await bringUpToDate(databaseOf(first));
      expect(await contentsOf(`file:${copy}`)).toEqual(before);
      expect(copies(again)).toEqual([]);
      expect((await bringUpToDate(databaseOf(first))).copy).toBeNull();
    });

    it("what is in its log is in the copy too", async () => {
      const url = await earlierDatabase();
      await carryOut(url, ["PRAGMA journal_mode = WAL"]);
      const copied = await copyOf(url);
      const { default: Database } = await import("better-sqlite3");
      const writer = new Database(fileOf(url));
      writer.exec(`UPDATE "User" SET "name" = 'Written last'`);
      // As a killed process leaves it: the log is not yet in the file.
      rmSync(`${fileOf(copied)}-wal`, { force: true });
      for (const part of ["", "-wal"]) writeFileSync(`${fileOf(copied)}${part}`, readFileSync(`${fileOf(url)}${part}`));
      writer.close();
      const { copy } = await bringUpToDate(databaseOf(copied));
      expect((await contentsOf(`file:${copy}`)).some((line) => line.includes("Written last"))).toBe(true);
    });

    it.skipIf(!asRoot)(
      "and there is no room for the copy, a sentence says so and nothing is changed (needs root and tmpfs)",
      async () => {
        const url = await earlierDatabase();
        const folder = mkdtempSync(path.join(os.tmpdir(), "demarc-no-room-"));
        execFileSync("mount", ["-t", "tmpfs", "-o", "size=200k", "tmpfs", folder]);
        try {
          const file = path.join(folder, "demarc.db");
          writeFileSync(file, readFileSync(fileOf(url)));
          const before = await contentsOf(`file:${file}`);
          await expect(bringUpToDate(databaseOf(`file:${file}`))).rejects.toThrow(
            /a copy is put beside it, 1 MB, and that could not be written\. Free some space there, then start this again; nothing was changed\.$/,
          );
          expect(await contentsOf(`file:${file}`)).toEqual(before);
          expect(readdirSync(folder)).toEqual(["demarc.db"]);
          execFileSync("mount", ["-o", "remount,size=300k", folder]);
          // Room for the copy, and none for what follows.
          await expect(bringUpToDate(databaseOf(`file:${file}`))).rejects.toThrow(
            /^The disk is too full to bring .* to this release\. Free some space, then start this again; nothing was changed\.$/,
          );
          execFileSync("mount", ["-o", "remount,size=8m", folder]);
          expect(await contentsOf(`file:${file}`)).toEqual(before);
        } finally {
          execFileSync("umount", ["-l", folder]);
          rmSync(folder, { recursive: true, force: true });
        }
      },
    );

    it("while another program has it open, it is left alone with a sentence", async () => {
      const url = await earlierDatabase();
      const { default: Database } = await import("better-sqlite3");
      const other = new Database(fileOf(url));
      other.pragma("journal_mode = WAL");
      other.prepare('SELECT * FROM "User"').all();
      try {
        await expect(bringUpToDate(databaseOf(url))).rejects.toThrow(
          /^Another program has .* open, and it has to be brought to this release first\./,
        );
      } finally {
        other.close();
      }
      expect((await bringUpToDate(databaseOf(url))).names).toHaveLength(NAMES.length - 1);
    });
  },
);
