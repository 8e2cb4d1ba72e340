import { mkdtempSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { defineConfig } from "vitest/config";
import { BaseSequencer, type TestSpecification } from "vitest/node";

const alias = { "~": path.resolve(import.meta.dirname, "app") };
const console = "tests/support/no-console.ts";

/**
 * What one project has made of a module serves the next. It ends with the run: kept for longer, a list of files that was
 * made with `import.meta.glob` would go on without a file that came later.
 */
const forThisRun = mkdtempSync(path.join(os.tmpdir(), "demarc-modules-"));
process.once("exit", () => rmSync(forThisRun, { recursive: true, force: true }));

const DATABASES = ["sqlite", "postgresql"] as const;

/**
 * PostgreSQL's turn comes first, with two workers: each statement waits for another process, and so leaves room for the
 * tests in a browser, which run beside it. The others find these done and take what the machine has.
 */
const TURNS = {
  postgresql: { sequence: { groupOrder: 0 }, maxWorkers: 2 },
  sqlite: { sequence: { groupOrder: 1 }, maxWorkers: 3 },
  pure: { sequence: { groupOrder: 1 }, maxWorkers: 3 },
} as const;

/** Files that spend a minute waiting for servers they start, one after the other: at the end they would leave a core idle. */
const WAITING = /(durability|kills|mail-process)\.test\.ts$/;

const ALONE = "tests/integration/**/*.alone.test.ts";

class WaitingFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    return [
      ...sorted.filter(({ moduleId }) => WAITING.test(moduleId)),
      ...sorted.filter(({ moduleId }) => !WAITING.test(moduleId)),
    ];
  }
}

/** What needs no database: files share what they import with the next in the same process. */
const pure = {
  resolve: { alias },
  test: {
    name: "pure",
    ...TURNS.pure,
    include: ["tests/{unit,property}/**/*.test.{ts,tsx}"],
    setupFiles: [console],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    isolate: false,
  },
};

/** Every file runs on both databases, but for those about one of them alone, such as `storage-trouble.sqlite.test.ts`: the other has its own locks and disks. */
const integration = (database: (typeof DATABASES)[number]) => ({
  resolve: { alias },
  test: {
    name: database,
    ...TURNS[database],
    include: ["tests/integration/**/*.test.ts"],
    exclude: [ALONE, ...DATABASES.filter((other) => other !== database).map((other) => `**/*.${other}.test.ts`)],
    setupFiles: [console, "tests/support/fresh-database.ts"],
    globalSetup: ["tests/support/template-database.ts"],
    env: { DEMARC_TEST_DATABASE: database },
    // In one process the ORM's engine is compiled once, and what a file imports is there for the next.
    pool: "threads",
    isolate: false,
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});

/** What puts other modules in the place of the product's own: it shares them with no other file. */
const alone = (database: (typeof DATABASES)[number]) => {
  const shared = integration(database);
  return {
    ...shared,
    test: { ...shared.test, name: `${database}-alone`, include: [ALONE], exclude: [], isolate: true },
  };
};

export default defineConfig({
  test: {
    experimental: { fsModuleCache: true, fsModuleCachePath: forThisRun },
    // An order drawn by lot is Vitest's own to draw.
    sequence: process.argv.some((word) => word.startsWith("--sequence.shuffle")) ? {} : { sequencer: WaitingFirst },
    projects: [pure, ...DATABASES.map(integration), ...DATABASES.map(alone)],
  },
});
