import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { Worker } from "node:worker_threads";
import type { ExportJob } from "../pack.server";
import type { LookUp, Reference } from "../verify/verify.server";

/** What a thread is asked to do with files: write one, put written ones into a ZIP, or check one. */
export type FileJob = ExportJob | { kind: "verify"; bytes: Uint8Array; name: string };
/** What passes between the thread and the process: a job and its outcome, and in between what has to be looked up here. */
export type ToThread = { job: FileJob } | { told: Reference };
export type FromThread<Outcome> = { done: Outcome } | { failed: string } | { asked: Parameters<LookUp> };

/** Why work in a thread came to nothing. */
export class ThreadStopped extends Error {
  override name = "ThreadStopped";
  constructor(readonly why: "cancelled" | "busy" | "too-long" | "too-large") {
    super(`The work was stopped: ${why}.`);
  }
}

/** The thread is kept this long for the next job: loading what reads and writes files takes longer than many a file. */
const KEPT = 60_000;
/** Megabytes of objects a thread may hold. The largest matrix takes under 300 to write and under 500 to check as a PDF; where every word of it is amended, the workbook takes under 700. */
const MEMORY = 768;

/** Where there is no build, the thread reads the source as the command line does; tsx has to be asked for in each thread. */
const FROM_SOURCE =
  'import("tsx/esm/api").then(({ register }) => { register(); return import(require("node:worker_threads").workerData); })';

type Options<Job, Outcome> = {
  /** So many wait at most; each is held in memory. */ waiting: number;
  longest: number;
  /** In megabytes, where it isn't the usual. */ memory?: number;
  /** Does a job here, where no thread can be started. */ here: (job: Job, lookUp: LookUp) => Promise<Outcome>;
};
type Asked<Job, Outcome> = {
  make: () => Job | Promise<Job>;
  lookUp: LookUp;
  resolve: (outcome: Outcome) => void;
  reject: (error: Error) => void;
};
/** What a job is made of is loaded when its turn comes: what waits takes no memory. */
type RunInThread<Job, Outcome> = (
  make: () => Job | Promise<Job>,
  options?: { signal?: AbortSignal; lookUp?: LookUp },
) => Promise<Outcome>;

/** Makes what does jobs in one thread of its own, one after the other; closing the request that asked for one ends it. */
export function fileThread<Job extends FileJob, Outcome>({
  waiting: most,
  longest,
  memory = MEMORY,
  here,
}: Options<Job, Outcome>): RunInThread<Job, Outcome> {
  const waiting: Asked<Job, Outcome>[] = [];
  let current: Asked<Job, Outcome> | null = null;
  let thread: Worker | null = null;
  let limit: NodeJS.Timeout | undefined;
  let idle: NodeJS.Timeout | undefined;

  const next = () => {
    if (current) return;
    const asked = waiting.shift();
    if (!asked) return;
    current = asked;
    clearTimeout(idle);
    limit = setTimeout(() => drop(asked, "too-long"), longest);
    void begin(asked);
  };
  const begin = async (asked: Asked<Job, Outcome>) => {
    try {
      const job = await asked.make();
      if (current !== asked) return;
      thread ??= start();
      if (!thread) return void (await inProcess(asked, job));
      thread.ref();
      send({ job });
    } catch (error) {
      if (current !== asked) return;
      asked.reject(error instanceof Error ? error : new Error(String(error)));
      settle();
    }
  };
  const send = (message: ToThread) => thread?.postMessage(message);
  const drop = (asked: Asked<Job, Outcome>, why: "cancelled" | "too-long") => {
    const place = waiting.indexOf(asked);
    if (place >= 0) waiting.splice(place, 1);
    else if (current !== asked) return;
    else end();
    asked.reject(new ThreadStopped(why));
    if (place < 0) settle();
  };
  /** Ends the thread in the middle of what it does. The next job gets a new one. */
  const end = () => {
    const ended = thread;
    thread = null;
    ended?.removeAllListeners();
    void ended?.terminate();
  };
  const settle = () => {
    clearTimeout(limit);
    current = null;
    thread?.unref();
    idle = setTimeout(end, KEPT).unref();
    next();
  };
  const fail = (asked: Asked<Job, Outcome>, error: unknown) => {
    // What could not be looked up leaves the thread waiting.
    end();
    asked.reject(error instanceof Error ? error : new Error(String(error)));
    settle();
  };
  const start = (): Worker | null => {
    const place = entry();
    if (!place) return null;
    const resourceLimits = { maxOldGenerationSizeMb: memory };
    const made = place.source
      ? new Worker(FROM_SOURCE, { eval: true, workerData: place.file.href, resourceLimits })
      : new Worker(place.file, { resourceLimits });
    made.on("message", (message: FromThread<Outcome>) => {
      const asked = current;
      if (!asked) return;
      if ("asked" in message) {
        asked.lookUp(...message.asked).then(
          (told) => void (current === asked && send({ told })),
          (error: unknown) => void (current === asked && fail(asked, error)),
        );
        return;
      }
      if ("done" in message) asked.resolve(message.done);
      else asked.reject(new Error(message.failed));
      settle();
    });
    made.on("error", (error) => {
      if (thread === made) thread = null;
      current?.reject(
        "code" in error && error.code === "ERR_WORKER_OUT_OF_MEMORY" ? new ThreadStopped("too-large") : error,
      );
      settle();
    });
    return made;
  };
  const inProcess = async (asked: Asked<Job, Outcome>, job: Job) => {
    asked.resolve(await here(job, asked.lookUp));
    settle();
  };
  return (make, { signal, lookUp = NOWHERE } = {}) => {
    if (signal?.aborted) return Promise.reject(new ThreadStopped("cancelled"));
    if (waiting.length >= most) return Promise.reject(new ThreadStopped("busy"));
    return new Promise((resolve, reject) => {
      const asked: Asked<Job, Outcome> = { make, lookUp, resolve, reject };
      signal?.addEventListener("abort", () => drop(asked, "cancelled"), { once: true });
      waiting.push(asked);
      next();
    });
  };
}

const NOWHERE: LookUp = async () => ({ kind: "nowhere" });

/**
 * The thread's own entry: beside the built server, or the source where this module is one. Null where neither is there;
 * then the work is done here, and the process is busy meanwhile.
 */
function entry(): { file: URL; source: boolean } | null {
  const here = import.meta.url;
  const places = here.endsWith(".ts")
    ? [{ file: new URL("./file-worker.server.ts", here), source: true }]
    : ["./file-worker.js", "../file-worker.js"].map((name) => ({ file: new URL(name, here), source: false }));
  return places.find(({ file }) => existsSync(fileURLToPath(file))) ?? null;
}
