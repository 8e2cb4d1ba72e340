import { linkSync, renameSync, rmSync, writeFileSync } from "node:fs";

/**
 * Writes a file that only its user reads, and that under its name is whole, whenever the process ends. Where there is one
 * already it stays: of several processes that make it in the same moment, the first one's counts.
 * @param {string} file
 * @param {string} text
 */
export function writeWhole(file, text) {
  const unfinished = `${file}.${process.pid}`;
  writeFileSync(unfinished, text, { mode: 0o600 });
  try {
    linkSync(unfinished, file);
  } catch (error) {
    // Some disks have no links.
    if (!(error instanceof Error && "code" in error && error.code === "EEXIST")) renameSync(unfinished, file);
  } finally {
    rmSync(unfinished, { force: true });
  }
}
