import { linkSync, renameSync, rmSync, writeFileSync } from "node:fs";

/**
 * Writes a file that only the user of the process can read. It appears under its name only when it is complete, even if the
 * process ends meanwhile. An existing file stays: of several processes that write at the same time, the first one wins.
 * @param {string} file
 * @param {string} text
 */
export function writeWhole(file, text) {
  const unfinished = `${file}.${process.pid}`;
  writeFileSync(unfinished, text, { mode: 0o600 });
  try {
    linkSync(unfinished, file);
  } catch (error) {
    // Some file systems have no hard links.
    if (!(error instanceof Error && "code" in error && error.code === "EEXIST")) renameSync(unfinished, file);
  } finally {
    rmSync(unfinished, { force: true });
  }
}
