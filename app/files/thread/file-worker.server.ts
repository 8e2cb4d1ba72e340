// Runs in a thread of its own, which `file-thread.server.ts` starts: long work on a file keeps nobody waiting but who asked for it.
import { parentPort } from "node:worker_threads";
import type { FileJob, FromThread, ToThread } from "./file-thread.server";
import { doExport } from "../pack.server";
import { verifyFile, type LookUp } from "../verify/verify.server";

/** What the thread has asked for and not yet been told; one job runs at a time, and asks once. */
let told: ((reference: Awaited<ReturnType<LookUp>>) => void) | null = null;

parentPort?.on("message", async (message: ToThread) => {
  if ("told" in message) return told?.(message.told);
  const answer = await done(message.job).catch((error: unknown): FromThread<unknown> => ({
    failed: error instanceof Error ? (error.stack ?? error.message) : String(error),
  }));
  parentPort?.postMessage(answer);
});

async function done(job: FileJob): Promise<FromThread<unknown>> {
  if (job.kind === "verify") return { done: await verifyFile(job.bytes, job.name, ask) };
  return { done: await doExport(job) };
}

const ask: LookUp = (...asked) =>
  new Promise((resolve) => {
    told = resolve;
    const message: FromThread<unknown> = { asked };
    parentPort?.postMessage(message);
  });
