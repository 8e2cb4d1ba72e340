// Before a SQLite file is brought to another release, a copy of it is put beside it.
import { readdirSync, renameSync, rmSync, statSync } from "node:fs";
import path from "node:path";
import { Refusal } from "./refusal.mjs";

/** So many are kept; each is as large as the database was. */
const KEPT = 3;

const beginningOf = (file) => `${path.basename(file)}.as-of-`;

/** The copies that lie beside a database's file, the newest first. */
export function copiesOf(file) {
  const folder = path.dirname(file);
  const copies = readdirSync(folder).filter((name) => name.startsWith(beginningOf(file)) && !name.endsWith(UNFINISHED));
  return copies.map((name) => path.join(folder, name)).sort((a, b) => statSync(b).mtimeMs - statSync(a).mtimeMs);
}

const UNFINISHED = ".unfinished";

/** Copies what an open database holds, and removes older copies beyond a few; returns where it lies. It has its name once it is whole. */
export async function copyOnce(db, file, migration) {
  const copy = path.join(path.dirname(file), `${beginningOf(file)}${migration}`);
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
  for (const old of copiesOf(file).slice(KEPT)) rmSync(old, { force: true });
  return copy;
}
