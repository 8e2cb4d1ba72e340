import { copyFileSync, mkdtempSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { Client } from "pg";
import { afterAll, inject } from "vitest";
import { CHEAP } from "./short-lived.mjs";

/** Gives a test file a migrated database of its own, before any module of the application is loaded. */
const database = inject("database");
const name = `demarc_${crypto.randomUUID().replaceAll("-", "")}`;

if (database.kind === "missing") throw new Error(database.reason);
if (database.kind === "sqlite") {
  const file = path.join(database.folder, `${name}.db`);
  copyFileSync(database.template, file);
  process.env.DATABASE_URL = `file:${file}`;
} else {
  process.env.DATABASE_URL = await copyOf(database.url);
}

async function copyOf(template: string): Promise<string> {
  const url = new URL(template);
  const templateName = url.pathname.slice(1);
  url.pathname = "/postgres";
  const client = new Client({ connectionString: url.href });
  await client.connect();
  await client.query(`CREATE DATABASE ${name} TEMPLATE ${templateName}`);
  await client.end();
  url.pathname = `/${name}`;
  return url.href;
}

process.env.DEMARC_SECRET = "a secret for tests alone, long enough";
process.env.PASSWORD_COST = CHEAP;

// Test files share the process, so the settings were loaded for the file before.
const { env } = await import("~/env.server");
env.DATABASE_URL = process.env.DATABASE_URL;
// Files in the checkout's own data folder would look like an installation.
const filesFolder = mkdtempSync(path.join(os.tmpdir(), "demarc-leavings-"));
env.OUTBOX_FOLDER = path.join(filesFolder, "outbox");
env.SIGNING_KEY_FILE = path.join(filesFolder, "signing-key.pem");

afterAll(async () => {
  const { closeDatabase } = await import("~/db/client.server");
  await closeDatabase();
  rmSync(filesFolder, { recursive: true, force: true });
});
