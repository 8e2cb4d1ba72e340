// npm run recover -- person@example.com: lets somebody back in who has lost their second factor. It works on the database
// that DATABASE_URL names, beside a server that runs on it or without one.
import { randomBytes } from "node:crypto";
import { existsSync } from "node:fs";
import path from "node:path";
import { databaseOf, ROOT } from "../../prisma/databases.mjs";

const BUILD = path.join(ROOT, "build/server/index.js");
const [email, ...more] = process.argv.slice(2);

function fail(sentence, code = 1) {
  console.error(sentence);
  process.exit(code);
}

if (!email || more.length > 0)
  fail(
    "Say whose second factor to take away, by the address they sign in with: npm run recover -- person@example.com",
    2,
  );
if (!existsSync(BUILD)) fail("Demarc isn't built yet. Run npm start first.");
const database = found();
// A file that isn't there would be made.
if (database.file && !existsSync(database.file))
  fail(`There is no database at ${database.file}. Run this where Demarc runs, with the same DATABASE_URL.`);
process.umask(0o077);
process.env.NODE_ENV = "production";
process.env.DATABASE_URL = database.url;
// Nothing is signed here, but without one the settings are refused.
process.env.DEMARC_SECRET ||= randomBytes(32).toString("base64url");
const { entry } = await import(BUILD).catch((error) =>
  fail(error?.name === "SettingsError" ? error.message : `Demarc could not be loaded: ${error.message}`),
);
const { done, said } = await entry.module.recover(email);
if (!done) fail(said);
console.log(said);

function found() {
  try {
    return databaseOf();
  } catch (error) {
    return fail(error.message);
  }
}
