// Copies a SQLite file before it is migrated; the copies lie beside it.
import { readdirSync, renameSync, rmSync, statSync } from "node:fs";
import path from "node:path";
import { Refusal } from "./refusal.mjs";

/** How many copies are kept; each is as large as the database was. */
const COPIES = 3;

const prefixOf = (file) => `${path.basename(file)}.as-of-`;

/** The copies beside a database file, newest first. */
export function copiesOf(file) {
  const folder = path.dirname(file);
  const copies = readdirSync(folder).filter((name) => name.startsWith(prefixOf(file)) && !name.endsWith(UNFINISHED));
  return copies.map((name) => path.join(folder, name)).sort((a, b) => statSync(b).mtimeMs - statSync(a).mtimeMs);
}

const UNFINISHED = ".unfinished";

/**
 * Copies an open database, deletes older copies beyond a few, and returns the copy's path. The copy gets its name once
 * it is complete. Throws a `Refusal` where it can't be written.
 */
export async function copyOnce(db, file, migration) {
  const copy = path.join(path.dirname(file), `${prefixOf(file)}${migration}`);
  const unfinished = `${copy}${UNFINISHED}`;
  try {
    rmSync(unfinished, { force: true });
    await db.backup(unfinished);
    renameSync(unfinished, copy);
  } catch (error) {
    rmSync(unfinished, { force: true, recursive: true });
    const megabytes = Math.ceil(statSync(file).size / 1_000_000);
    throw new Refusal(
      `Before ${file} is brought to this release a copy is put beside it, ${megabytes} MB, and that could not be written. Free some space there, then start this again; nothing was changed.`,
      { cause: error },
    );
  }
  for (const old of copiesOf(file).slice(COPIES)) rmSync(old, { force: true });
  return copy;
}
