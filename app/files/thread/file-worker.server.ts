// The entry of a worker thread, which `file-thread.server.ts` starts: long work on files does not block the event loop
// of the server.
import { parentPort } from "node:worker_threads";
import type { FileJob, FromThread, ToThread } from "./file-thread.server";
import { doExport } from "../pack.server";
import { readCalendar } from "../read/calendar/calendar.server";
import { verifyFile, type LookUpVersion } from "../verify/verify.server";

/** Resolves the pending lookup. A thread runs one job at a time, and a job looks up one version. */
let resolveLookUp: ((reference: Awaited<ReturnType<LookUpVersion>>) => void) | null = null;

parentPort?.on("message", async (message: ToThread) => {
  if ("reference" in message) return resolveLookUp?.(message.reference);
  const answer = await outcomeOf(message.job).catch((error: unknown): FromThread<unknown> => ({
    failed: error instanceof Error ? (error.stack ?? error.message) : String(error),
  }));
  parentPort?.postMessage(answer);
});

async function outcomeOf(job: FileJob): Promise<FromThread<unknown>> {
  if (job.kind === "verify") return { done: await verifyFile(job.bytes, job.name, askProcess) };
  if (job.kind === "calendar") return { done: readCalendar(job.bytes, job.timeZone, job.now) };
  return { done: await doExport(job) };
}

const askProcess: LookUpVersion = (...lookUp) =>
  new Promise((resolve) => {
    resolveLookUp = resolve;
    const message: FromThread<unknown> = { lookUp };
    parentPort?.postMessage(message);
  });
