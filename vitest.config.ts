import path from "node:path";
import { defineConfig } from "vitest/config";

const alias = { "~": path.resolve(import.meta.dirname, "app") };
const console = "tests/support/no-console.ts";

const DATABASES = ["sqlite", "postgresql"] as const;

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
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});

export default defineConfig({
  test: {
    // One more than the smallest machine has cores: tests of servers and mail spend half their time waiting.
    maxWorkers: 3,
    projects: [
      { resolve: { alias }, test: { name: "unit", include: ["tests/unit/**/*.test.{ts,tsx}"], setupFiles: [console], testTimeout: 60_000 } },
      { resolve: { alias }, test: { name: "property", include: ["tests/property/**/*.test.ts"], setupFiles: [console], testTimeout: 60_000 } },
      ...DATABASES.map(integration),
    ],
  },
});
