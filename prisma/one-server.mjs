// A SQLite file belongs to one server: several would each keep in memory what another one changes. Whoever works on a file
// holds a lock beside it, in a file that is a SQLite database of its own, since the system lets go of SQLite's locks with
// the process that holds them, however it ends.
import { existsSync, mkdirSync, readFileSync, realpathSync } from "node:fs";
import path from "node:path";
import { Refusal } from "./refusal.mjs";

/** For one that is just ending. */
const PATIENCE = 2_000;
/** Where SQLite's header has the two numbers that are an application's own; they tell others which process it is, and its port. */
const PROCESS = { pragma: "user_version", offset: 60 };
const PORT = { pragma: "application_id", offset: 68 };

/** The locks that this process holds. The system lets go of one as soon as its holder closes the file, however it had opened it: only SQLite may read it then. */
const held = new Map();

/** Takes a database's file for this process until it ends or lets go; throws a `Refusal` where another one has it. */
export async function takeFile(file) {
  mkdirSync(path.dirname(file), { recursive: true });
  const lock = lockOf(file);
  const { default: Database } = await import("better-sqlite3");
  const db = new Database(lock, { timeout: PATIENCE });
  try {
    // Kept after the commit, for as long as the connection is open; and nothing is written beside the file.
    db.pragma("locking_mode = EXCLUSIVE");
    db.pragma("journal_mode = MEMORY");
    db.exec("BEGIN EXCLUSIVE");
    db.pragma(`${PROCESS.pragma} = ${process.pid}`);
    db.exec("COMMIT");
  } catch (error) {
    db.close();
    if (error.code === "SQLITE_NOTADB" || error.code === "SQLITE_CORRUPT")
      throw new Refusal(
        `${lock}, by which Demarc knows that no other is working on the database, can't be read. Remove it while none is, then start this again.`,
      );
    if (error.code !== "SQLITE_BUSY") throw error;
    throw new Refusal(
      `Another Demarc${holderOf(lock)} is working on ${file}, and a SQLite file belongs to one. Stop that one first, or give this one a DATABASE_URL of its own.`,
    );
  }
  held.set(lock, db);
  return {
    /** Says at which port this process serves; the file says it also after that process has ended. */
    serves: (port) => void db.pragma(`${PORT.pragma} = ${port}`),
    release: () => {
      held.delete(lock);
      db.close();
    },
  };
}

/** Whether a server has ever served on a database's file. */
export function hasServed(file) {
  const lock = lockOf(file);
  return (held.get(lock)?.pragma(PORT.pragma, { simple: true }) ?? numberIn(lock, PORT)) > 0;
}

/** One lock however the file is named. */
function lockOf(file) {
  return `${existsSync(file) ? realpathSync(file) : path.join(realpathSync(path.dirname(file)), path.basename(file))}.lock`;
}

function holderOf(lock) {
  const told = [
    ["process", numberIn(lock, PROCESS)],
    ["port", numberIn(lock, PORT)],
  ].flatMap(([what, number]) => (number > 0 ? [`${what} ${number}`] : []));
  return told.length > 0 ? ` (${told.join(", ")})` : "";
}

function numberIn(lock, { offset }) {
  const header = existsSync(lock) ? readFileSync(lock) : Buffer.alloc(0);
  return header.length >= offset + 4 ? header.readUInt32BE(offset) : 0;
}
