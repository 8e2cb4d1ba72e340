import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import os from "node:os";
import path from "node:path";
import { Client } from "pg";
import { afterEach, describe, expect, inject, it } from "vitest";
import { closeDatabase } from "~/db/client.server";
import {
  carryOut,
  contentsOf,
  copyOf,
  earlierDatabase,
  emptyDatabase,
  fileOf,
  migrate,
} from "../support/earlier-release";
import { aMatrix } from "../support/matrices";
import { sendStep, startServer } from "../support/server-process";
import { anEngagement, PASSWORD, signedIn } from "../support/stored";

const onSqlite = inject("database").kind === "sqlite";
const OWN = { DEMARC_NEW: "", DEMARC_SECRET: "", OUTBOX_FOLDER: "", SIGNING_KEY_FILE: "" };

const stops: (() => unknown)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0).reverse()) await stop();
});

function aFolder(): string {
  const folder = mkdtempSync(path.join(os.tmpdir(), "demarc-start-"));
  stops.push(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

async function serve(url: string, env: Record<string, string> = {}) {
  const server = await startServer(url, { env });
  stops.push(server.kill);
  return server;
}

/** What a start that is to end says before it does. */
const refusal = (url: string, env: Record<string, string> = {}): Promise<string> =>
  serve(url, env).then(
    () => "it started",
    (error: Error) => error.message,
  );

const health = async (url: string) => {
  const response = await fetch(`${url}/health`);
  return [response.status, await response.json()];
};
const WELL = [200, { status: "ok" }];

describe("several servers on one database", { timeout: 200_000 }, () => {
  it.skipIf(onSqlite).each([
    ["an empty one", emptyDatabase],
    ["one of the first release", earlierDatabase],
  ])(
    "started together on %s: one brings it to today's form, once, the others wait, and all start",
    async (_what, aDatabase) => {
      const url = await aDatabase();
      const whole = await copyOf(url);
      const servers = await Promise.all([1, 2, 3].map(() => serve(url)));
      expect(await Promise.all(servers.map((server) => health(server.url)))).toEqual([WELL, WELL, WELL]);
      migrate(whole);
      expect(await contentsOf(url)).toEqual(await contentsOf(whole));
    },
  );

  it.skipIf(onSqlite)("wait for one that is making it, and no longer than they are told", async () => {
    const url = await emptyDatabase();
    await carryOut(url, [`ALTER DATABASE ${new URL(url).pathname.slice(1)} SET lock_timeout = '300ms'`]);
    const other = new Client({ connectionString: url });
    await other.connect();
    try {
      await other.query("SELECT pg_advisory_lock(72707369)");
      expect(await refusal(url)).toContain(
        "Another server has been bringing the database to its release for a long time. Wait until it is done",
      );
    } finally {
      await other.end();
    }
    expect(await health((await serve(url)).url)).toEqual(WELL);
  });

  it.skipIf(onSqlite)("say so where one of an earlier release has it in use, and change nothing", async () => {
    const url = await emptyDatabase();
    migrate(url, "20261126004930_signing");
    await carryOut(url, [`ALTER DATABASE ${new URL(url).pathname.slice(1)} SET lock_timeout = '300ms'`]);
    const before = await contentsOf(url);
    const other = new Client({ connectionString: url });
    await other.connect();
    try {
      await other.query('BEGIN; SELECT * FROM "Version"');
      expect(await refusal(url)).toContain("A server of an earlier release is working on the database");
    } finally {
      await other.end();
    }
    expect(await contentsOf(url)).toEqual(before);
  });

  it.skipIf(!onSqlite)(
    "are one where it is a SQLite file: the second says who has it and ends, and starts once the first is gone, however that went",
    async () => {
      const url = `file:${path.join(aFolder(), "data", "demarc.db")}`;
      const first = await serve(url, OWN);
      expect(await refusal(url, OWN)).toContain(
        `Another Demarc (process ${first.child.pid}, port ${new URL(first.url).port}) is working on ${fileOf(url)}, and a SQLite file belongs to one. Stop that one first`,
      );
      expect(() => migrate(url)).toThrow(/Another Demarc/);
      expect(await health(first.url)).toEqual(WELL);
      await first.kill();
      const lock = readFileSync(`${fileOf(url)}.lock`);
      writeFileSync(`${fileOf(url)}.lock`, "nothing that can be read".repeat(100));
      expect(await refusal(url, OWN)).toContain(
        `${fileOf(url)}.lock, by which Demarc knows that no other is working on the database, can't be read. Remove it`,
      );
      writeFileSync(`${fileOf(url)}.lock`, lock);
      expect(await health((await serve(url, OWN)).url)).toEqual(WELL);
    },
  );

  it.skipIf(!onSqlite)(
    "are one also where they start at the same moment, and where the file is called by another name",
    async () => {
      const folder = path.join(aFolder(), "data");
      const url = `file:${path.join(folder, "demarc.db")}`;
      const started = await Promise.allSettled([
        serve(url, OWN),
        serve(`file:${path.join(folder, "..", "data", ".", "demarc.db")}`, OWN),
      ]);
      expect(started.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    },
  );
});

describe.skipIf(!onSqlite)(
  "an installation whose database was taken away (a SQLite file: PostgreSQL keeps its own)",
  { timeout: 200_000 },
  () => {
    async function anInstallation() {
      const owner = await signedIn("Maya Lindqvist");
      const { matrixId } = await anEngagement(owner, aMatrix());
      await closeDatabase();
      const folder = path.join(aFolder(), "data");
      mkdirSync(folder);
      const file = path.join(folder, "demarc.db");
      copyFileSync(fileOf(process.env.DATABASE_URL ?? ""), file);
      const server = await serve(`file:${file}`);
      let sent = 0;
      const edit = () => sendStep(server.url, owner.cookie, matrixId, `step-${++sent}`, "duty-1", `Wording ${sent}`);
      expect(await edit()).toMatchObject({ status: 200 });
      return { owner, folder, file, server, edit };
    }

    const SENTENCE =
      "The database that was opened is missing or was exchanged. Nothing was changed; put it back in its place and start Demarc again.";
    const GONE = { status: 503, message: SENTENCE };
    const ILL = [503, expect.objectContaining({ message: SENTENCE })];

    it("while it runs notices, and takes no edit and lets nobody in, until the same file is back", async () => {
      const { owner, file, server, edit } = await anInstallation();
      renameSync(file, `${file}.away`);
      expect(await edit()).toMatchObject(GONE);
      expect(await health(server.url)).toEqual(ILL);
      const signIn = await fetch(`${server.url}/sign-in?_data=routes%2Faccount%2Fsign-in`, {
        method: "POST",
        body: new URLSearchParams({ email: owner.email, password: PASSWORD, intent: "password" }),
        redirect: "manual",
      });
      expect([
        signIn.status,
        signIn.headers.getSetCookie().filter((line) => /session_token=[^;]/.test(line)),
        await signIn.text(),
      ]).toEqual([503, [], expect.stringContaining("missing or was exchanged")]);
      expect(existsSync(file)).toBe(false);
      renameSync(`${file}.away`, file);
      expect(await health(server.url)).toEqual(WELL);
      expect(await edit()).toMatchObject({ status: 200 });
    });

    it.each([
      [
        "another file is in its place",
        (file: string) => (copyFileSync(file, `${file}.other`), renameSync(`${file}.other`, file)),
      ],
      ["an empty one is", (file: string) => (rmSync(file), writeFileSync(file, ""))],
      ["its log is removed", (file: string) => rmSync(`${file}-wal`)],
      ["all its files are", (file: string) => ["", "-wal", "-shm"].forEach((part) => rmSync(`${file}${part}`))],
    ])("while it runs notices that %s", async (_what, exchange) => {
      const { file, server, edit } = await anInstallation();
      exchange(file);
      expect(await edit()).toMatchObject(GONE);
      expect(await health(server.url)).toEqual(ILL);
    });

    it("doesn't start as an empty one while anything beside it says that there is one, and starts once it has its database back or is told", async () => {
      const folder = path.join(aFolder(), "data");
      const file = path.join(folder, "demarc.db");
      const url = `file:${file}`;
      const first = await serve(url, OWN);
      const setUp = await fetch(`${first.url}/set-up`, {
        method: "POST",
        body: new URLSearchParams({
          name: "Maya Lindqvist",
          email: "maya@northwind.example",
          password: PASSWORD,
          side: "client",
        }),
        redirect: "manual",
      });
      expect(setUp.status).toBe(302);
      await first.kill();
      const held = path.join(folder, "..", "held");
      renameSync(folder, held);
      for (const [kept, text] of [
        ["secret", readFileSync(path.join(held, "secret"))],
        ["signing-key.pem", "a key"],
        ["outbox/mail.eml", "a message"],
        ["demarc.db.as-of-20261124095936_start", "a copy"],
        ["demarc.db.lock", readFileSync(path.join(held, "demarc.db.lock"))],
      ] as const) {
        mkdirSync(path.dirname(path.join(folder, kept)), { recursive: true });
        writeFileSync(path.join(folder, kept), text);
        const sentence = `${file} is missing or empty, but ${path.join(folder, kept.split("/")[0] ?? "")} says that there is an installation. Put its database back, or say that this is to be a new one by starting once with DEMARC_NEW=yes.`;
        expect(await refusal(url, OWN)).toContain(sentence);
        expect(existsSync(file)).toBe(false);
        // Being told so once changes nothing; neither does a file that holds nothing.
        writeFileSync(file, "");
        expect(await refusal(url, OWN)).toContain(sentence);
        rmSync(folder, { recursive: true });
      }
      renameSync(held, folder);
      const back = await serve(url, OWN);
      expect((await fetch(back.url)).url).toBe(`${back.url}/sign-in`);
      await back.kill();
      for (const part of ["", "-wal", "-shm"]) rmSync(`${file}${part}`, { force: true });
      const anew = await serve(url, { ...OWN, DEMARC_NEW: "yes" });
      expect((await fetch(anew.url)).url).toBe(`${anew.url}/set-up`);
    });
  },
);

it.skipIf(onSqlite)("an installation on PostgreSQL whose tables were taken away doesn't call itself well", async () => {
  const url = await emptyDatabase();
  const server = await serve(url);
  await carryOut(url, ['DROP TABLE "Matrix" CASCADE']);
  expect(await health(server.url)).toEqual([
    503,
    expect.objectContaining({ message: expect.stringContaining("missing or was exchanged") }),
  ]);
});

it.each([
  [{ TRUST_PROXY: "true" }, "TRUST_PROXY is “true”."],
  [{ TRUST_PROXY: "-1" }, "TRUST_PROXY is “-1”."],
  [{ TRUST_PROXY: "foo" }, "TRUST_PROXY is “foo”."],
  [{ ALLOWED_HOSTS: "https://demarc.example" }, "ALLOWED_HOSTS names “https://demarc.example”."],
  [{ PUBLIC_URL: "demarc.example" }, "PUBLIC_URL is “demarc.example”."],
])("a setting that can't be understood is one sentence at the start: %j", async (env, sentence) => {
  const said = await refusal(process.env.DATABASE_URL ?? "", env);
  expect(said).toContain(`The server ended with 1: ${sentence}`);
  expect(said.trim().split("\n")).toHaveLength(1);
});
