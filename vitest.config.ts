import { mkdtempSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { defineConfig } from "vitest/config";
import { BaseSequencer, type TestSpecification } from "vitest/node";

const alias = { "~": path.resolve(import.meta.dirname, "app") };
const console = "tests/support/no-console.ts";

/**
 * A cache of transformed modules that the projects share. It is deleted after the run: in a cache that is kept, a list
 * made by `import.meta.glob` would miss files that are added later.
 */
const moduleCache = mkdtempSync(path.join(os.tmpdir(), "demarc-modules-"));
process.once("exit", () => rmSync(moduleCache, { recursive: true, force: true }));

const DATABASES = ["sqlite", "postgresql"] as const;

/**
 * PostgreSQL runs first, with two workers: its tests wait for another process, which leaves room for the browser tests
 * that run at the same time. The others run afterwards, with more workers.
 */
const SCHEDULE = {
  postgresql: { sequence: { groupOrder: 0 }, maxWorkers: 2 },
  sqlite: { sequence: { groupOrder: 1 }, maxWorkers: 3 },
  pure: { sequence: { groupOrder: 1 }, maxWorkers: 3 },
} as const;

/**
 * Files that spend a minute waiting for servers that they start. They run first, because at the end they would leave a
 * core idle.
 */
const SLOW_FILES = /(durability|kills|mail-process)\.test\.ts$/;

const ALONE = "tests/integration/**/*.alone.test.ts";

class SlowFilesFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    return [
      ...sorted.filter(({ moduleId }) => SLOW_FILES.test(moduleId)),
      ...sorted.filter(({ moduleId }) => !SLOW_FILES.test(moduleId)),
    ];
  }
}

/** Tests without a database; the files of a worker share their modules. */
const pure = {
  resolve: { alias },
  test: {
    name: "pure",
    ...SCHEDULE.pure,
    include: ["tests/{unit,property}/**/*.test.{ts,tsx}"],
    setupFiles: [console],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    isolate: false,
  },
};

/** Every file runs on both databases, except those about one of them, such as `storage-trouble.sqlite.test.ts`. */
const integration = (database: (typeof DATABASES)[number]) => ({
  resolve: { alias },
  test: {
    name: database,
    ...SCHEDULE[database],
    include: ["tests/integration/**/*.test.ts"],
    exclude: [ALONE, ...DATABASES.filter((other) => other !== database).map((other) => `**/*.${other}.test.ts`)],
    setupFiles: [console, "tests/support/fresh-database.ts"],
    globalSetup: ["tests/support/template-database.ts"],
    env: { DEMARC_TEST_DATABASE: database },
    // In one process the ORM's engine is compiled once, and modules are loaded once.
    pool: "threads",
    isolate: false,
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});

/** Files that replace modules of the product share their modules with no other file. */
const alone = (database: (typeof DATABASES)[number]) => {
  const shared = integration(database);
  return {
    ...shared,
    test: { ...shared.test, name: `${database}-alone`, include: [ALONE], exclude: [], isolate: true },
  };
};

export default defineConfig({
  test: {
    experimental: { fsModuleCache: true, fsModuleCachePath: moduleCache },
    // A random order is chosen by Vitest itself.
    sequence: process.argv.some((word) => word.startsWith("--sequence.shuffle")) ? {} : { sequencer: SlowFilesFirst },
    projects: [pure, ...DATABASES.map(integration), ...DATABASES.map(alone)],
  },
});
