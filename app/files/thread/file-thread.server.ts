import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { Worker } from "node:worker_threads";
import type { ExportJob } from "../pack.server";
import type { LookUpVersion, VersionToCompare } from "../verify/verify.server";

/** A job of a worker thread: writing a file, packing written files into a ZIP, checking a file, or reading a calendar. */
export type FileJob =
  | ExportJob
  | { kind: "verify"; bytes: Uint8Array; name: string }
  | { kind: "calendar"; bytes: Uint8Array; timeZone: string; now: number };
/**
 * The messages to a thread and from it: a job and its outcome, and in between the lookup of a version, which only the
 * process can do.
 */
export type ToThread = { job: FileJob } | { reference: VersionToCompare };
export type FromThread<Outcome> = { done: Outcome } | { failed: string } | { lookUp: Parameters<LookUpVersion> };

/** A job that was stopped, with the reason. */
export class ThreadStopped extends Error {
  override name = "ThreadStopped";
  constructor(readonly why: "cancelled" | "busy" | "too-long" | "too-large") {
    super(`The work was stopped: ${why}.`);
  }
}

/**
 * How long an idle thread waits for the next job, in milliseconds: loading the libraries takes longer than writing many
 * a file.
 */
const IDLE_TIME = 60_000;
/**
 * The heap of a thread in megabytes. The largest matrix takes under 300 to write and under 500 to check as a PDF; a
 * workbook that amends every word of it takes under 700.
 */
const HEAP_MEGABYTES = 768;

/** Without a build the thread runs the source, as the command line does. Each thread has to register tsx for itself. */
const FROM_SOURCE =
  'import("tsx/esm/api").then(({ register }) => { register(); return import(require("node:worker_threads").workerData); })';

type Options<Job, Outcome> = {
  /** The most jobs that wait. Each is held in memory. */ waiting: number;
  longest: number;
  /** The heap in megabytes, where it differs from the default. */ memory?: number;
  /** Runs a job in this process, where no thread can be started. */ here: (
    job: Job,
    lookUp: LookUpVersion,
  ) => Promise<Outcome>;
};
type QueuedJob<Job, Outcome> = {
  makeJob: () => Job | Promise<Job>;
  lookUp: LookUpVersion;
  resolve: (outcome: Outcome) => void;
  reject: (error: Error) => void;
};
/** Queues a job. `makeJob` loads its data when its turn comes, so that waiting jobs take no memory. */
type RunInThread<Job, Outcome> = (
  makeJob: () => Job | Promise<Job>,
  options?: { signal?: AbortSignal; lookUp?: LookUpVersion },
) => Promise<Outcome>;

/** Creates a queue with one worker thread, which runs jobs one after the other. Aborting a job's signal ends it. */
export function createFileThread<Job extends FileJob, Outcome>({
  waiting: maxWaiting,
  longest,
  memory = HEAP_MEGABYTES,
  here,
}: Options<Job, Outcome>): RunInThread<Job, Outcome> {
  const waiting: QueuedJob<Job, Outcome>[] = [];
  let current: QueuedJob<Job, Outcome> | null = null;
  let thread: Worker | null = null;
  let limit: NodeJS.Timeout | undefined;
  let idle: NodeJS.Timeout | undefined;

  const next = () => {
    if (current) return;
    const queued = waiting.shift();
    if (!queued) return;
    current = queued;
    clearTimeout(idle);
    limit = setTimeout(() => stopJob(queued, "too-long"), longest);
    void runJob(queued);
  };
  const runJob = async (queued: QueuedJob<Job, Outcome>) => {
    try {
      const job = await queued.makeJob();
      if (current !== queued) return;
      thread ??= startWorker();
      if (!thread) return void (await inProcess(queued, job));
      thread.ref();
      sendToThread({ job });
    } catch (error) {
      if (current !== queued) return;
      queued.reject(error instanceof Error ? error : new Error(String(error)));
      finishJob();
    }
  };
  const sendToThread = (message: ToThread) => thread?.postMessage(message);
  const stopJob = (queued: QueuedJob<Job, Outcome>, why: "cancelled" | "too-long") => {
    const index = waiting.indexOf(queued);
    if (index >= 0) waiting.splice(index, 1);
    else if (current !== queued) return;
    else endWorker();
    queued.reject(new ThreadStopped(why));
    if (index < 0) finishJob();
  };
  /** Terminates the thread in the middle of a job. The next job gets a new one. */
  const endWorker = () => {
    const ended = thread;
    thread = null;
    ended?.removeAllListeners();
    void ended?.terminate();
  };
  const finishJob = () => {
    clearTimeout(limit);
    current = null;
    thread?.unref();
    idle = setTimeout(endWorker, IDLE_TIME).unref();
    next();
  };
  const failJob = (queued: QueuedJob<Job, Outcome>, error: unknown) => {
    // After a failed lookup the thread would wait for ever.
    endWorker();
    queued.reject(error instanceof Error ? error : new Error(String(error)));
    finishJob();
  };
  const startWorker = (): Worker | null => {
    const entry = workerEntry();
    if (!entry) return null;
    const resourceLimits = { maxOldGenerationSizeMb: memory };
    const worker = entry.source
      ? new Worker(FROM_SOURCE, { eval: true, workerData: entry.file.href, resourceLimits })
      : new Worker(entry.file, { resourceLimits });
    worker.on("message", (message: FromThread<Outcome>) => {
      const queued = current;
      if (!queued) return;
      if ("lookUp" in message) {
        queued.lookUp(...message.lookUp).then(
          (reference) => void (current === queued && sendToThread({ reference })),
          (error: unknown) => void (current === queued && failJob(queued, error)),
        );
        return;
      }
      if ("done" in message) queued.resolve(message.done);
      else queued.reject(new Error(message.failed));
      finishJob();
    });
    worker.on("error", (error) => {
      if (thread === worker) thread = null;
      current?.reject(
        "code" in error && error.code === "ERR_WORKER_OUT_OF_MEMORY" ? new ThreadStopped("too-large") : error,
      );
      finishJob();
    });
    return worker;
  };
  const inProcess = async (queued: QueuedJob<Job, Outcome>, job: Job) => {
    queued.resolve(await here(job, queued.lookUp));
    finishJob();
  };
  return (makeJob, { signal, lookUp = noReference } = {}) => {
    if (signal?.aborted) return Promise.reject(new ThreadStopped("cancelled"));
    if (waiting.length >= maxWaiting) return Promise.reject(new ThreadStopped("busy"));
    return new Promise((resolve, reject) => {
      const queued: QueuedJob<Job, Outcome> = { makeJob, lookUp, resolve, reject };
      signal?.addEventListener("abort", () => stopJob(queued, "cancelled"), { once: true });
      waiting.push(queued);
      next();
    });
  };
}

const noReference: LookUpVersion = async () => ({ kind: "nowhere" });

/**
 * The entry file of a thread: beside the built server, or the source where this module runs from source. Null where
 * neither exists; then jobs run in this process and block it.
 */
function workerEntry(): { file: URL; source: boolean } | null {
  const here = import.meta.url;
  const candidates = here.endsWith(".ts")
    ? [{ file: new URL("./file-worker.server.ts", here), source: true }]
    : ["./file-worker.js", "../file-worker.js"].map((name) => ({ file: new URL(name, here), source: false }));
  return candidates.find(({ file }) => existsSync(fileURLToPath(file))) ?? null;
}
