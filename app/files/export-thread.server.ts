import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { Worker } from "node:worker_threads";
import type { ExportAnswer, ExportJob } from "./export-worker.server";
import { freezePack, writeFormat, type PackFile } from "./pack.server";

/** Why an export came to nothing. */
export class ExportStopped extends Error {
  override name = "ExportStopped";
  constructor(readonly why: "cancelled" | "busy" | "too-long") {
    super(`The export was stopped: ${why}.`);
  }
}

/** So many wait at most; each holds its report in memory. */
const WAITING = 12;
const LONGEST = 180_000;
/** The thread is kept this long for the next export: loading the writers takes longer than many a file. */
const KEPT = 60_000;
const MEMORY = { maxOldGenerationSizeMb: 1_024 };

/** Where there is no build, the thread reads the source as the command line does; tsx has to be asked for in each thread. */
const FROM_SOURCE = 'import("tsx/esm/api").then(({ register }) => { register(); return import(require("node:worker_threads").workerData); })';

type Waiting = { job: ExportJob; resolve: (files: PackFile[]) => void; reject: (error: Error) => void };
const waiting: Waiting[] = [];
let current: Waiting | null = null;
let thread: Worker | null = null;
let limit: NodeJS.Timeout | undefined;
let idle: NodeJS.Timeout | undefined;

/** Writes files in a thread of its own, one export after the other; closing the request that asked for it ends it. */
export function runExport(job: ExportJob, signal?: AbortSignal): Promise<PackFile[]> {
  if (signal?.aborted) return Promise.reject(new ExportStopped("cancelled"));
  if (waiting.length >= WAITING) return Promise.reject(new ExportStopped("busy"));
  return new Promise((resolve, reject) => {
    const asked: Waiting = { job, resolve, reject };
    signal?.addEventListener("abort", () => drop(asked, "cancelled"), { once: true });
    waiting.push(asked);
    next();
  });
}

function next(): void {
  if (current) return;
  const asked = waiting.shift();
  if (!asked) return;
  current = asked;
  clearTimeout(idle);
  limit = setTimeout(() => drop(asked, "too-long"), LONGEST);
  thread ??= start();
  if (!thread) return void inProcess(asked);
  thread.ref();
  thread.postMessage(asked.job);
}

function drop(asked: Waiting, why: "cancelled" | "too-long"): void {
  const place = waiting.indexOf(asked);
  if (place >= 0) waiting.splice(place, 1);
  else if (current !== asked) return;
  else end();
  asked.reject(new ExportStopped(why));
  if (place < 0) settle();
}

/** Ends the thread in the middle of what it does. The next export gets a new one. */
function end(): void {
  const ended = thread;
  thread = null;
  ended?.removeAllListeners();
  void ended?.terminate();
}

function settle(): void {
  clearTimeout(limit);
  current = null;
  thread?.unref();
  idle = setTimeout(end, KEPT).unref();
  next();
}

function start(): Worker | null {
  const place = entry();
  if (!place) return null;
  const made = place.source ? new Worker(FROM_SOURCE, { eval: true, workerData: place.file.href, resourceLimits: MEMORY }) : new Worker(place.file, { resourceLimits: MEMORY });
  made.on("message", (answer: ExportAnswer) => {
    if ("files" in answer) current?.resolve(answer.files);
    else current?.reject(new Error(answer.failed));
    settle();
  });
  made.on("error", (error) => {
    if (thread === made) thread = null;
    current?.reject(error);
    settle();
  });
  return made;
}

/**
 * The thread's own entry: beside the built server, or the source where this module is one. Null where neither is there;
 * then the file is written here, and the process is busy meanwhile.
 */
function entry(): { file: URL; source: boolean } | null {
  const here = import.meta.url;
  const places = here.endsWith(".ts") ? [{ file: new URL("./export-worker.server.ts", here), source: true }] : ["./export-worker.js", "../export-worker.js"].map((name) => ({ file: new URL(name, here), source: false }));
  return places.find(({ file }) => existsSync(fileURLToPath(file))) ?? null;
}

async function inProcess({ job: { what, input }, resolve, reject }: Waiting): Promise<void> {
  try {
    resolve(what === "everything" ? await freezePack(input) : [await writeFormat(what, input)]);
  } catch (error) {
    reject(error instanceof Error ? error : new Error(String(error)));
  }
  settle();
}
