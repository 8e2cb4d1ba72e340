import { fileThread, ThreadStopped, type FileJob } from "./file-thread.server";
import { freezePack, writeFormat, type PackFile } from "./pack.server";

export { ThreadStopped as ExportStopped };

type ExportJob = Extract<FileJob, { kind: "export" }>;

const run = fileThread<ExportJob, PackFile[]>({
  waiting: 12,
  longest: 180_000,
  here: async ({ what, input }) => (what === "everything" ? freezePack(input) : [await writeFormat(what, input)]),
});

/** Writes files in a thread of its own, one export after the other; closing the request that asked for it ends it. */
export function runExport(job: Omit<ExportJob, "kind">, signal?: AbortSignal): Promise<PackFile[]> {
  return run({ kind: "export", ...job }, { signal });
}
