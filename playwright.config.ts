import { defineConfig, devices } from "@playwright/test";
import { PATIENCE } from "./tests/e2e/patient-expect";

const executablePath = process.env.CHROMIUM_PATH ?? undefined;
const args = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--no-first-run",
  "--disable-quic",
];

export default defineConfig({
  testDir: "tests/e2e",
  testMatch: "**/*.test.ts",
  outputDir: "test-results",
  workers: 2,
  // What hangs ends by these; the other tests run beside these, and a busy machine takes twice as long.
  timeout: 180_000,
  expect: { timeout: PATIENCE },
  // A shared machine stops for seconds at times. What passes the second time is listed as flaky, to be looked at.
  retries: process.env.CI ? 1 : 0,
  reporter: [["list"], ["json"]],
  // A trace of every step, kept for those that fail, makes the whole run half as long again: `npx playwright test --trace on FILE` for the one in question.
  // Without movements nothing is painted sixty times a second on the way, and a click waits for nothing to come to rest.
  use: {
    ...devices["Desktop Chrome"],
    contextOptions: { reducedMotion: "reduce" },
    viewport: { width: 1440, height: 900 },
    launchOptions: { executablePath, args },
    screenshot: "only-on-failure",
    trace: "on-first-retry",
  },
});
