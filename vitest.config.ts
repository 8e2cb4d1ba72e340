import path from "node:path";
import { defineConfig } from "vitest/config";

const alias = { "~": path.resolve(import.meta.dirname, "app") };
const console = "tests/support/no-console.ts";

const DATABASES = ["sqlite", "postgresql"] as const;

/** Pure files share what they import with the next in the same process. */
const pure = (name: "unit" | "property") => ({
  resolve: { alias },
  test: { name, include: [`tests/${name}/**/*.test.{ts,tsx}`], setupFiles: [console], testTimeout: 60_000, hookTimeout: 60_000, isolate: false },
});

/** Every file runs on both databases, but for those about one of them alone, such as `storage-trouble.sqlite.test.ts`: the other has its own locks and disks. */
const integration = (database: (typeof DATABASES)[number]) => ({
  resolve: { alias },
  test: {
    name: database,
    include: ["tests/integration/**/*.test.ts"],
    exclude: DATABASES.filter((other) => other !== database).map((other) => `**/*.${other}.test.ts`),
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

export default defineConfig({
  test: {
    // Beside these run the tests in a browser, which have as many.
    maxWorkers: 2,
    projects: [
      pure("unit"),
      pure("property"),
      ...DATABASES.map(integration),
    ],
  },
});
