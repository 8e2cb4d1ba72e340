// What an installation leaves behind beside its database. It is made once the database is there, so where one lies
// without the other, the database was taken away.
import { randomBytes } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { writeWhole } from "../app/files/whole-file.mjs";
import { copiesOf } from "./copies.mjs";
import { ROOT } from "./databases.mjs";
import { hasServed } from "./one-server.mjs";
import { Refusal } from "./refusal.mjs";

/** The folder of an installation's secret, its key and the mail it keeps, as long as no setting names another place. */
export function folderOf({ file }) {
  return file ? path.dirname(file) : path.join(ROOT, "data");
}

const secretIn = (folder) => path.join(folder, "secret");

/** The secret that sessions and links are signed with: made once and kept where only this user reads it. */
export function keptSecret(folder) {
  const file = secretIn(folder);
  if (!existsSync(file)) writeWhole(file, randomBytes(32).toString("base64url"));
  return readFileSync(file, "utf8").trim();
}

/**
 * Throws a `Refusal` where a database holds nothing and something beside it says that it did. An empty installation would
 * be opened in its place, which belongs to whoever comes first; `DEMARC_NEW=yes` says that it is meant to be.
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
  const left = [path.join(folder, "signing-key.pem"), `${file}-wal`].find((place) => existsSync(place));
  const mail = existsSync(outbox) && readdirSync(outbox).length > 0 ? outbox : null;
  const served = hasServed(file) ? `${file}.lock` : null;
  return secretOf(folder) ?? copiesOf(file)[0] ?? left ?? mail ?? served;
}

/** Whoever sets the secret keeps nothing in the folder that would say something of a database elsewhere. */
function traceOfServer(database) {
  return process.env.DEMARC_SECRET ? null : secretOf(folderOf(database));
}

function secretOf(folder) {
  return existsSync(secretIn(folder)) ? secretIn(folder) : null;
}
