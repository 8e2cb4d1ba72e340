// What a server checks and prepares before it takes requests. What is wrong ends the process with a sentence that says what to change.
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
 * Reads the settings, completes the environment that the application reads, takes hold of the database and brings it up to
 * date. Gives the server where to listen, whose word about a caller's address counts, which names are its own, and its hold on
 * a database file, null on PostgreSQL.
 */
export async function prepareStart(development) {
  const port = portOf(process.env.PORT);
  // Whoever comes first to an installation that nobody has set up becomes its owner, so only this machine reaches it unless HOST says otherwise.
  const host = process.env.HOST || "127.0.0.1";
  // Database, secret and outbox are this user's alone, whatever the shell that starts it is set to.
  process.umask(0o077);
  const database = databaseOf();
  process.env.DATABASE_URL = database.url;
  const folder = folderOf(database);
  process.env.OUTBOX_FOLDER = path.resolve(ROOT, process.env.OUTBOX_FOLDER?.trim() || path.join(folder, "outbox"));
  process.env.SIGNING_KEY_FILE = path.resolve(
    ROOT,
    process.env.SIGNING_KEY_FILE?.trim() || path.join(folder, "signing-key.pem"),
  );
  // Anything but --dev hides what went wrong from browsers.
  process.env.NODE_ENV = development ? "development" : "production";
  checkPublicUrl();
  const proxies = orEnd(() => proxiesOf(process.env.TRUST_PROXY));
  const isOwnName = orEnd(() =>
    ownNames({ host, publicUrl: process.env.PUBLIC_URL, allowed: process.env.ALLOWED_HOSTS }),
  );
  if (database.file || !process.env.DEMARC_SECRET) checkFolder(folder);
  const hold = database.file ? await takeFile(database.file).catch(endRefused) : null;
  if (!development && !existsSync(path.join(ROOT, "build/server/index.js")))
    fail("Demarc isn't built yet. Run npm start, which builds it first.");
  await bringUpToDate(database);
  // Once the database is there: a folder that has the one without the other has lost something.
  process.env.DEMARC_SECRET ||= keptSecret(folder);
  return { port, host, proxies, isOwnName, hold };
}

/** Ends the process with a sentence. */
export function fail(sentence) {
  console.error(sentence);
  process.exit(1);
}

async function bringUpToDate(database) {
  if (database.file) for (const file of ["", "-wal", "-shm"]) close(`${database.file}${file}`, 0o600);
  const { names, copy } = await migrate(database).catch(endRefused);
  console.log(
    `Database: ${database.file ? relative(database.file) : "PostgreSQL"}, ${names.length > 0 ? `${names.length} migration(s) applied` : "up to date"}${copy ? `, what it held before is kept as ${relative(copy)}` : ""}`,
  );
}

function relative(file) {
  return path.relative(process.cwd(), file) || file;
}

function endRefused(error) {
  fail(
    error instanceof Refusal ? error.message : `The database could not be prepared: ${error.message.split("\n")[0]}`,
  );
}

function checkFolder(folder) {
  try {
    mkdirSync(folder, { recursive: true });
    if (folder === path.join(ROOT, "data")) close(folder, 0o700);
    accessSync(folder, constants.W_OK);
  } catch {
    fail(`The folder ${folder} can't be written. Make it writable, or set DATABASE_URL to another place.`);
  }
}

/** Takes what others of this machine may do with a file that is there from before; somebody else's stays as it is. */
function close(file, mode) {
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

/** What a setting says; a setting that can't be read ends the process with the sentence that tells why. */
function orEnd(read) {
  try {
    return read();
  } catch (error) {
    fail(error.message);
  }
}
