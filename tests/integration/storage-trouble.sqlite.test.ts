import Database from "better-sqlite3";
import { execFileSync, spawnSync } from "node:child_process";
import { chmodSync, chownSync, copyFileSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { closeDatabase } from "~/db/client.server";
import { aMatrix } from "../support/matrices";
import { sendStep, startServer } from "../support/server-process";
import { anEngagement, freshLoad, PASSWORD, signedIn } from "../support/stored";

const NOBODY = 65_534;
const asRoot = process.getuid?.() === 0;
/** Another user can run the server only where it can read the checkout and Node. */
const readable = (place: string) =>
  asRoot && spawnSync("ls", [place], { uid: NOBODY, gid: NOBODY, stdio: "ignore" }).status === 0;
const otherUser =
  readable(process.cwd()) &&
  readable(path.join(process.cwd(), "node_modules")) &&
  readable(path.dirname(process.execPath));
const file = () => (process.env.DATABASE_URL ?? "").slice("file:".length);

describe("a SQLite database in trouble", () => {
  it("that is locked refuses the edit with a sentence, and takes it once it is free", async () => {
    const owner = await signedIn("Maya Lindqvist");
    const { matrixId } = await anEngagement(owner, aMatrix());
    const server = await startServer(process.env.DATABASE_URL ?? "");
    const lock = new Database(file());
    try {
      lock.exec("BEGIN IMMEDIATE");
      const refused = await sendStep(server.url, owner.cookie, matrixId, "step-1", "duty-1", "While it is locked");
      expect(refused).toMatchObject({
        status: 503,
        message: expect.stringMatching(/database is busy\. Nothing was changed/),
      });
      lock.exec("ROLLBACK");
      expect(
        await sendStep(server.url, owner.cookie, matrixId, "step-1", "duty-1", "While it is locked"),
      ).toMatchObject({ status: 200 });
      expect((await freshLoad(matrixId)).matrix.duties[0]?.text).toBe("While it is locked");
    } finally {
      lock.close();
      await server.kill();
    }
  });

  it("that is locked lets nobody try a password it can't count, not even the right one", async () => {
    const { email } = await signedIn("Maya Lindqvist");
    const server = await startServer(process.env.DATABASE_URL ?? "");
    const lock = new Database(file());
    const signIn = async () => {
      const response = await fetch(`${server.url}/sign-in?_data=routes%2Faccount%2Fsign-in`, {
        method: "POST",
        body: new URLSearchParams({ email, password: PASSWORD }),
        redirect: "manual",
      });
      return {
        status: response.status,
        body: await response.text(),
        session: response.headers.getSetCookie().some((line) => line.includes("session_token")),
      };
    };
    try {
      lock.exec("BEGIN IMMEDIATE");
      expect(await signIn()).toEqual({
        status: 503,
        body: expect.stringMatching(/database is busy\. Nothing was changed/),
        session: false,
      });
      lock.exec("ROLLBACK");
      expect(await signIn()).toMatchObject({ status: 204, session: true });
    } finally {
      lock.close();
      await server.kill();
    }
  });

  it.skipIf(!otherUser)(
    "that can't be written refuses the edit and still shows the board (needs root and a checkout others can read)",
    async () => {
      const owner = await signedIn("Maya Lindqvist");
      const { matrixId } = await anEngagement(owner, aMatrix());
      await closeDatabase();
      const folder = mkdtempSync(path.join(os.tmpdir(), "demarc-readonly-"));
      chmodSync(folder, 0o755);
      const data = path.join(folder, "data");
      mkdirSync(data);
      copyFileSync(file(), path.join(data, "demarc.db"));
      for (const place of [data, path.join(data, "demarc.db")]) chownSync(place, NOBODY, NOBODY);
      const url = `file:${path.join(data, "demarc.db")}`;
      const server = await startServer(url, { uid: NOBODY, gid: NOBODY });
      try {
        chmodSync(path.join(data, "demarc.db"), 0o444);
        chmodSync(data, 0o555);
        expect(
          await sendStep(server.url, owner.cookie, matrixId, "step-1", "duty-1", "Not to be stored"),
        ).toMatchObject({ status: 503, message: expect.stringMatching(/can't be written\. Nothing was changed/) });
        await server.kill();
        await expect(startServer(url, { uid: NOBODY, gid: NOBODY })).rejects.toThrow(
          /The folder .* can't be written\. Make it writable, or set DATABASE_URL/,
        );
      } finally {
        await server.kill();
        rmSync(folder, { recursive: true, force: true });
      }
    },
  );

  it.skipIf(!mountable())(
    "whose disk is full refuses the edit, keeps what it acknowledged, and goes on when there is space (needs root and tmpfs)",
    async () => {
      const owner = await signedIn("Maya Lindqvist");
      const { matrixId } = await anEngagement(owner, aMatrix());
      await closeDatabase();
      const folder = mkdtempSync(path.join(os.tmpdir(), "demarc-full-"));
      execFileSync("mount", ["-t", "tmpfs", "-o", "size=900k", "tmpfs", folder]);
      try {
        copyFileSync(file(), path.join(folder, "demarc.db"));
        const server = await startServer(`file:${path.join(folder, "demarc.db")}`);
        let acknowledged = "";
        let refused = null;
        for (let i = 0; i < 3_000 && !refused; i++) {
          const text = `Wording ${i} `.padEnd(290, "x");
          const answer = await sendStep(server.url, owner.cookie, matrixId, `step-${i}`, "duty-1", text);
          if (answer?.status === 200) acknowledged = text;
          else refused = answer;
        }
        await server.kill();
        expect(refused).toMatchObject({
          status: 503,
          message: expect.stringMatching(/disk of the database is full\. Nothing was changed/),
        });
        execFileSync("mount", ["-o", "remount,size=8m", folder]);
        const again = new Database(path.join(folder, "demarc.db"));
        expect(again.prepare('SELECT "text" FROM "Duty" WHERE "matrixId" = ?').pluck().get(matrixId)).toBe(
          acknowledged,
        );
        again.close();
      } finally {
        execFileSync("umount", ["-l", folder]);
        rmSync(folder, { recursive: true, force: true });
      }
    },
  );
});

function mountable(): boolean {
  if (!asRoot || process.platform !== "linux") return false;
  const folder = mkdtempSync(path.join(os.tmpdir(), "demarc-mount-"));
  const mounted =
    spawnSync("mount", ["-t", "tmpfs", "-o", "size=100k", "tmpfs", folder], { stdio: "ignore" }).status === 0;
  if (mounted) execFileSync("umount", ["-l", folder]);
  rmSync(folder, { recursive: true, force: true });
  return mounted;
}
