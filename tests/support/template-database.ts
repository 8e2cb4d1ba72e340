import { execFile } from "node:child_process";
import { copyFileSync, existsSync, mkdtempSync, rmSync, statfsSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import type { TestProject } from "vitest/node";
import { startPostgres } from "./embedded-postgres.mjs";

declare module "vitest" {
  // Merging into Vitest's own declaration takes an interface.
  // oxlint-disable-next-line typescript/consistent-type-definitions, demarc/syntax
  export interface ProvidedContext {
    database:
      | { kind: "sqlite"; template: string; folder: string }
      | { kind: "postgresql"; url: string }
      | { kind: "missing"; reason: string };
  }
}

/**
 * Creates a migrated database for each project, which each test file copies. Where that fails, this project's files
 * fail with the reason and the other projects run: an error thrown here would end the whole run.
 */
export default async function setUp(project: TestProject) {
  const kind = project.config.env.DEMARC_TEST_DATABASE === "postgresql" ? "postgresql" : "sqlite";
  try {
    return await (kind === "postgresql" ? postgresql(project) : sqlite(project));
  } catch (error) {
    project.provide("database", {
      kind: "missing",
      reason: `The ${kind} database for the tests couldn't be started, so none of its tests ran. ${error instanceof Error ? error.message : String(error)}`,
    });
  }
}

/**
 * A folder in memory, if there is one with a gigabyte free: tests kill processes, never the machine, so no data has to
 * reach a disk.
 */
function inMemory(): string | null {
  const folder = "/dev/shm";
  if (!existsSync(folder)) return null;
  const { bavail, bsize } = statfsSync(folder);
  return bavail * bsize > 1_000_000_000 ? folder : null;
}

async function sqlite(project: TestProject) {
  const folder = mkdtempSync(path.join(inMemory() ?? os.tmpdir(), "demarc-test-"));
  const template = path.join(folder, "template.db");
  await migrated(`file:${template}`);
  copyFileSync(template, path.join(folder, "migrated.db"));
  project.provide("database", { kind: "sqlite", template: path.join(folder, "migrated.db"), folder });
  return () => rmSync(folder, { recursive: true, force: true });
}

async function postgresql(project: TestProject) {
  const server = await startPostgres();
  await server.createDatabase("demarc_template");
  await migrated(server.urlOf("demarc_template"));
  project.provide("database", { kind: "postgresql", url: server.urlOf("demarc_template") });
  return () => server.stop();
}

/**
 * Migrates in a process of its own, because the migration engine exists once in a process and the projects are set up
 * at the same time.
 */
async function migrated(url: string): Promise<void> {
  await promisify(execFile)(process.execPath, ["prisma/db.mjs", "migrate"], {
    env: { ...process.env, DATABASE_URL: url, DEMARC_NEW: "yes" },
  });
}
