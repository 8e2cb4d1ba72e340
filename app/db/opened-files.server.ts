import { statSync } from "node:fs";
import { StorageUnavailable } from "./storage-trouble.server";

/**
 * The endings of a SQLite database's files: the database, its write-ahead log and that log's index. A process goes on
 * writing to files that it has open after they were deleted or replaced, and those writes are lost when it ends.
 */
const SUFFIXES = ["", "-wal", "-shm"] as const;

/**
 * Remembers which files are in place. The function it returns throws `StorageUnavailable` once others, or none, are
 * there.
 */
export function rememberFiles(file: string): () => void {
  const opened = identities(file);
  return () => {
    if (identities(file) !== opened) throw new StorageUnavailable("gone", null);
  };
}

function identities(file: string): string {
  return SUFFIXES.map((suffix) => {
    const stats = statSync(`${file}${suffix}`, { throwIfNoEntry: false });
    return stats ? `${stats.dev}:${stats.ino}` : "none";
  }).join(" ");
}
