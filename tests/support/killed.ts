import { spawn, type ChildProcess } from "node:child_process";
import { existsSync, statSync } from "node:fs";
import { Client } from "pg";
import { fileOf } from "./earlier-release";

/**
 * Watches whether a database is being written to: by SQLite's journal, or by PostgreSQL's list of running transactions.
 */
export type Watch = {
  writing(): Promise<boolean>;
  /** Resolves when the server has ended the transaction of a killed process; a file has nothing to wait for. */ quiet(): Promise<void>;
  end(): Promise<void>;
};

export async function watch(url: string): Promise<Watch> {
  if (url.startsWith("file:")) {
    const journal = `${fileOf(url)}-journal`;
    return {
      writing: async () => existsSync(journal) && statSync(journal).size > 0,
      quiet: async () => undefined,
      end: async () => undefined,
    };
  }
  const { pathname } = new URL(url);
  const other = new URL(url);
  other.pathname = "/postgres";
  const client = new Client({ connectionString: other.href });
  await client.connect();
  const writing = async () =>
    (
      await client.query("SELECT 1 FROM pg_stat_activity WHERE datname = $1 AND backend_xid IS NOT NULL", [
        pathname.slice(1),
      ])
    ).rows.length > 0;
  return {
    writing,
    quiet: async () => {
      while (await writing()) await pause(5);
    },
    end: () => client.end(),
  };
}

const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

/** Starts a process in this checkout; `ended` resolves when it has ended. */
export function begin(
  parameters: readonly string[],
  env: NodeJS.ProcessEnv,
): { child: ChildProcess; ended: Promise<void> } {
  const child = spawn(process.execPath, parameters, { env, stdio: "ignore" });
  return { child, ended: new Promise((resolve) => child.once("exit", () => resolve())) };
}

/** For how many milliseconds a process writes to a database. */
export async function spanOf({ child, ended }: ReturnType<typeof begin>, watched: Watch): Promise<number> {
  await untilWriting(child, watched);
  const since = performance.now();
  while (await watched.writing()) await pause(1);
  child.kill("SIGKILL");
  await ended;
  return performance.now() - since;
}

/**
 * Kills a process this many milliseconds after it began to write to a database; resolves to whether it was still
 * writing.
 */
export async function killWhileWriting(
  { child, ended }: ReturnType<typeof begin>,
  watched: Watch,
  after: number,
): Promise<boolean> {
  await untilWriting(child, watched);
  await pause(after);
  const writing = await watched.writing();
  child.kill("SIGKILL");
  await ended;
  return writing;
}

/** In milliseconds. On a busy machine a process may write everything between two checks, so the wait has an end. */
const LONGEST_WAIT = 20_000;

async function untilWriting(child: ChildProcess, watched: Watch): Promise<void> {
  const end = performance.now() + LONGEST_WAIT;
  while (child.exitCode === null && performance.now() < end && !(await watched.writing())) await pause(1);
}
