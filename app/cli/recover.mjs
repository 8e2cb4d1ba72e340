// npm run recover -- person@example.com: lets somebody back in who has lost their second factor. It works on the
// database in DATABASE_URL, whether a server is running or not.
import { randomBytes } from "node:crypto";
import { existsSync } from "node:fs";
import path from "node:path";
import { databaseOf, ROOT } from "../../prisma/databases.mjs";

const BUILD = path.join(ROOT, "build/server/index.js");
const [email, ...otherArguments] = process.argv.slice(2);

function fail(sentence, code = 1) {
  console.error(sentence);
  process.exit(code);
}

if (!email || otherArguments.length > 0)
  fail(
    "Say whose second factor to take away, by the address they sign in with: npm run recover -- person@example.com",
    2,
  );
if (!existsSync(BUILD)) fail("Demarc isn't built yet. Run npm start first.");
const database = databaseFromSettings();
// A missing file would be created.
if (database.file && !existsSync(database.file))
  fail(`There is no database at ${database.file}. Run this where Demarc runs, with the same DATABASE_URL.`);
process.umask(0o077);
process.env.NODE_ENV = "production";
process.env.DATABASE_URL = database.url;
// Nothing is signed here, but the settings aren't accepted without a secret.
process.env.DEMARC_SECRET ||= randomBytes(32).toString("base64url");
const { entry } = await import(BUILD).catch((error) =>
  fail(error?.name === "SettingsError" ? error.message : `Demarc could not be loaded: ${error.message}`),
);
const { recovered, sentence } = await entry.module.recover(email);
if (!recovered) fail(sentence);
console.log(sentence);

function databaseFromSettings() {
  try {
    return databaseOf();
  } catch (error) {
    return fail(error.message);
  }
}
