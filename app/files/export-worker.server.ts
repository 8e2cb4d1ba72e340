// Runs in a thread of its own, which `export-thread.server.ts` starts: a long export keeps nobody waiting but who asked for it.
import { parentPort } from "node:worker_threads";
import { freezePack, writeFormat, type PackFile, type PackFormat, type PackInput } from "./pack.server";

/** What the thread is asked for: one file, or everything that is kept of a version. */
export type ExportJob = { what: PackFormat | "everything"; input: PackInput };
export type ExportAnswer = { files: PackFile[] } | { failed: string };

parentPort?.on("message", async ({ what, input }: ExportJob) => {
  const answer = await write(what, input).catch((error: unknown): ExportAnswer => ({ failed: error instanceof Error ? (error.stack ?? error.message) : String(error) }));
  parentPort?.postMessage(answer);
});

async function write(what: ExportJob["what"], input: PackInput): Promise<ExportAnswer> {
  return { files: what === "everything" ? await freezePack(input) : [await writeFormat(what, input)] };
}
