import { doExport, type ExportJob, type PackFile } from "../pack.server";
import { fileThread, ThreadStopped } from "./file-thread.server";

export { ThreadStopped as ExportStopped };

const run = fileThread<ExportJob, PackFile>({ waiting: 12, longest: 180_000, here: doExport });

/** Writes a file in a thread of its own, one after the other; closing the request that asked for it ends it. What it is written from is asked for when its turn comes. */
export function runExport(make: () => ExportJob | Promise<ExportJob>, signal?: AbortSignal): Promise<PackFile> {
  return run(make, { signal });
}
