import { statSync } from "node:fs";
import { StorageUnavailable } from "./storage-trouble.server";

/** What a SQLite database is written to. Removed or exchanged, each is written on by whoever has it open, and lost when that process ends. */
const PARTS = ["", "-wal", "-shm"] as const;

/** Remembers the files that are open now; what it returns throws `StorageUnavailable` once others, or none, are in their places. */
export function rememberFiles(file: string): () => void {
  const opened = identities(file);
  return () => {
    if (identities(file) !== opened) throw new StorageUnavailable("gone", null);
  };
}

function identities(file: string): string {
  return PARTS.map((part) => {
    const found = statSync(`${file}${part}`, { throwIfNoEntry: false });
    return found ? `${found.dev}:${found.ino}` : "none";
  }).join(" ");
}
