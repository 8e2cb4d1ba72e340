import { doExport, type ExportJob, type PackFile } from "../pack.server";
import { createFileThread, ThreadStopped } from "./file-thread.server";

export { ThreadStopped as ExportStopped };

const run = createFileThread<ExportJob, PackFile>({ waiting: 12, longest: 180_000, here: doExport });

/**
 * Writes files in a worker thread, one after the other. `makeJob` is called when the job's turn comes. The abort
 * signal, which closing the request triggers, ends the job.
 */
export function runExport(makeJob: () => ExportJob | Promise<ExportJob>, signal?: AbortSignal): Promise<PackFile> {
  return run(makeJob, { signal });
}
