// Checks and prepares everything before the server takes requests. An error ends the process with a sentence that says
// what to change.
import { accessSync, chmodSync, constants, existsSync, mkdirSync } from "node:fs";
import path from "node:path";
import { databaseOf, ROOT } from "../../prisma/databases.mjs";
import { folderOf, keptSecret } from "../../prisma/installation.mjs";
import { migrate } from "../../prisma/migrate.mjs";
import { takeFile } from "../../prisma/one-server.mjs";
import { Refusal } from "../../prisma/refusal.mjs";
import { ownNames } from "../http/own-names.mjs";
import { proxiesOf } from "../http/proxies.mjs";

/**
 * Reads the settings, completes the environment that the application reads, locks the database file and migrates the
 * database. Returns where to listen, which proxies are trusted, which host names are the installation's own, and the
 * lock on the database file (null on PostgreSQL).
 */
export async function prepareStart(development) {
  const port = portOf(process.env.PORT);
  // The first visitor of an installation that isn't set up becomes its owner. So only this machine reaches it, unless
  // HOST says otherwise.
  const host = process.env.HOST || "127.0.0.1";
  // New files, such as database, secret and outbox, are readable by this user only.
  process.umask(0o077);
  const database = databaseOf();
  process.env.DATABASE_URL = database.url;
  const folder = folderOf(database);
  process.env.OUTBOX_FOLDER = path.resolve(ROOT, process.env.OUTBOX_FOLDER?.trim() || path.join(folder, "outbox"));
  process.env.SIGNING_KEY_FILE = path.resolve(
    ROOT,
    process.env.SIGNING_KEY_FILE?.trim() || path.join(folder, "signing-key.pem"),
  );
  // In production, errors aren't shown to browsers.
  process.env.NODE_ENV = development ? "development" : "production";
  checkPublicUrl();
  const proxies = readOrFail(() => proxiesOf(process.env.TRUST_PROXY));
  const isOwnName = readOrFail(() =>
    ownNames({ host, publicUrl: process.env.PUBLIC_URL, allowed: process.env.ALLOWED_HOSTS }),
  );
  if (database.file || !process.env.DEMARC_SECRET) checkFolder(folder);
  const hold = database.file ? await takeFile(database.file).catch(failRefused) : null;
  if (!development && !existsSync(path.join(ROOT, "build/server/index.js")))
    fail("Demarc isn't built yet. Run npm start, which builds it first.");
  const remark = database.file ? nodeRemark(process.versions.node) : null;
  if (remark) console.warn(remark);
  await bringUpToDate(database);
  // The secret is written after the database, so a folder with a secret and no database has lost its database.
  process.env.DEMARC_SECRET ||= keptSecret(folder);
  return { port, host, proxies, isOwnName, hold };
}

/**
 * A warning where a release of Node can end a server on SQLite in the middle of its work; null for the others. From Node
 * 24 on, the destructors of better-sqlite3 12 abort the process when they run outside of Node's environment
 * (docs/decisions/049-releases-of-node.md).
 */
export function nodeRemark(version) {
  return Number(version.split(".")[0]) >= 24
    ? `Node ${version} can end Demarc in the middle of its work while the database is a file. Nothing that is stored gets lost, but use Node 22 or 20, or PostgreSQL.`
    : null;
}

/** Ends the process with a sentence. */
export function fail(sentence) {
  console.error(sentence);
  process.exit(1);
}

async function bringUpToDate(database) {
  if (database.file) for (const file of ["", "-wal", "-shm"]) restrictMode(`${database.file}${file}`, 0o600);
  const { names, copy } = await migrate(database).catch(failRefused);
  console.log(
    `Database: ${database.file ? relative(database.file) : "PostgreSQL"}, ${names.length > 0 ? `${names.length} migration(s) applied` : "up to date"}${copy ? `, what it held before is kept as ${relative(copy)}` : ""}`,
  );
}

function relative(file) {
  return path.relative(process.cwd(), file) || file;
}

function failRefused(error) {
  fail(
    error instanceof Refusal ? error.message : `The database could not be prepared: ${error.message.split("\n")[0]}`,
  );
}

function checkFolder(folder) {
  try {
    mkdirSync(folder, { recursive: true });
    if (folder === path.join(ROOT, "data")) restrictMode(folder, 0o700);
    accessSync(folder, constants.W_OK);
  } catch {
    fail(`The folder ${folder} can't be written. Make it writable, or set DATABASE_URL to another place.`);
  }
}

/**
 * Sets the mode of an existing file, so that other users of this machine can't read it. A file of another owner keeps
 * its mode.
 */
function restrictMode(file, mode) {
  try {
    chmodSync(file, mode);
  } catch (error) {
    if (error.code !== "ENOENT" && error.code !== "EPERM" && error.code !== "EROFS") throw error;
  }
}

function portOf(value) {
  const number = Number(value || 3000);
  if (!Number.isInteger(number) || number < 0 || number > 65_535)
    fail(`PORT is “${value}”, not a number from 0 to 65535.`);
  return number;
}

function checkPublicUrl() {
  const address = process.env.PUBLIC_URL;
  if (address && !(URL.canParse(address) && /^https?:/.test(address)))
    fail(`PUBLIC_URL is “${address}”. Write the address people open, as in https://demarc.example.com.`);
}

/** The result of reading a setting; an error ends the process with its sentence. */
function readOrFail(read) {
  try {
    return read();
  } catch (error) {
    fail(error.message);
  }
}
