// Finds the traces of an installation beside its database. They are created after the database, so traces without a
// database mean that the database was lost.
import { randomBytes } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { writeWhole } from "../app/files/whole-file.mjs";
import { copiesOf } from "./copies.mjs";
import { ROOT } from "./databases.mjs";
import { hasServed } from "./one-server.mjs";
import { Refusal } from "./refusal.mjs";

/** The folder for an installation's secret, its key and its outbox, unless a setting names another. */
export function folderOf({ file }) {
  return file ? path.dirname(file) : path.join(ROOT, "data");
}

const secretIn = (folder) => path.join(folder, "secret");

/** The secret that signs sessions and links: created once, and stored where only this user can read it. */
export function keptSecret(folder) {
  const file = secretIn(folder);
  if (!existsSync(file)) writeWhole(file, randomBytes(32).toString("base64url"));
  return readFileSync(file, "utf8").trim();
}

/**
 * Throws a `Refusal` where a database is empty and something beside it says that it wasn't. An empty installation would
 * belong to its first visitor; `DEMARC_NEW=yes` says that a new one is meant.
 */
export function refuseLost(database) {
  const trace =
    process.env.DEMARC_NEW === "yes" ? null : database.file ? traceBeside(database.file) : traceOfServer(database);
  if (!trace) return;
  const lost = database.file ? `${database.file} is missing or empty` : "The database is empty";
  throw new Refusal(
    `${lost}, but ${trace} says that there is an installation. Put its database back, or say that this is to be a new one by starting once with DEMARC_NEW=yes.`,
  );
}

function traceBeside(file) {
  const folder = path.dirname(file);
  const outbox = path.join(folder, "outbox");
  const leftover = [path.join(folder, "signing-key.pem"), `${file}-wal`].find((candidate) => existsSync(candidate));
  const mail = existsSync(outbox) && readdirSync(outbox).length > 0 ? outbox : null;
  const lock = hasServed(file) ? `${file}.lock` : null;
  return secretOf(folder) ?? copiesOf(file)[0] ?? leftover ?? mail ?? lock;
}

/** With a secret from the environment, the folder has nothing that would tell of a database on a server. */
function traceOfServer(database) {
  return process.env.DEMARC_SECRET ? null : secretOf(folderOf(database));
}

function secretOf(folder) {
  return existsSync(secretIn(folder)) ? secretIn(folder) : null;
}
