// Locks a SQLite file for one server: several would each cache what another one changes. The lock is a SQLite database
// of its own beside the file, because the system releases SQLite's locks when the process that holds them ends, however
// it ends.
import { existsSync, mkdirSync, readFileSync, realpathSync } from "node:fs";
import path from "node:path";
import { Refusal } from "./refusal.mjs";

/** In milliseconds: how long to wait for a server that is just stopping. */
const WAIT_MS = 2_000;
/**
 * The places in SQLite's header for two numbers of the application. They hold the process id and the port of the lock's
 * holder, for others to read.
 */
const PROCESS = { pragma: "user_version", offset: 60 };
const PORT = { pragma: "application_id", offset: 68 };

/**
 * The locks that this process holds, by path. The system releases a lock as soon as its holder closes any handle of the
 * file, so only SQLite may read it meanwhile.
 */
const heldLocks = new Map();

/**
 * Locks a database file for this process until it ends or releases it. Throws a `Refusal` where another process holds
 * it.
 */
export async function takeFile(file) {
  mkdirSync(path.dirname(file), { recursive: true });
  const lock = lockOf(file);
  const { default: Database } = await import("better-sqlite3");
  const db = new Database(lock, { timeout: WAIT_MS });
  try {
    // The lock stays after the commit, while the connection is open; and no further file is written.
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
  heldLocks.set(lock, db);
  return {
    /** Writes the port into the lock file, where it stays after the process has ended. */
    serves: (port) => void db.pragma(`${PORT.pragma} = ${port}`),
    release: () => {
      heldLocks.delete(lock);
      db.close();
    },
  };
}

/** Whether a server has ever listened with this database file. */
export function hasServed(file) {
  const lock = lockOf(file);
  return (heldLocks.get(lock)?.pragma(PORT.pragma, { simple: true }) ?? numberIn(lock, PORT)) > 0;
}

/** The path of the lock, which is the same for every path of the file. */
function lockOf(file) {
  return `${existsSync(file) ? realpathSync(file) : path.join(realpathSync(path.dirname(file)), path.basename(file))}.lock`;
}

function holderOf(lock) {
  const facts = [
    ["process", numberIn(lock, PROCESS)],
    ["port", numberIn(lock, PORT)],
  ].flatMap(([label, number]) => (number > 0 ? [`${label} ${number}`] : []));
  return facts.length > 0 ? ` (${facts.join(", ")})` : "";
}

function numberIn(lock, { offset }) {
  const header = existsSync(lock) ? readFileSync(lock) : Buffer.alloc(0);
  return header.length >= offset + 4 ? header.readUInt32BE(offset) : 0;
}
