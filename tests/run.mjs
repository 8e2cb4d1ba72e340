// npm test: installs what is missing, runs everything, sums what the runners report.
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { checkNode, install, ROOT, setUp } from "../app/cli/set-up.mjs";
import { countsIn, playwrightCounts, vitestCounts } from "./support/counts.mjs";
import { SHORT_LIVED } from "./support/short-lived.mjs";

checkNode();
const reports = mkdtempSync(path.join(os.tmpdir(), "demarc-reports-"));
const totals = { passed: 0, failed: 0, skipped: 0 };
let chromium;
let checked;

// What needs no database engine goes on while that is compiled, and what needs no build while that is made.
await install(async () => {
  await setUp("generate");
  const { ensureBrowser, ensureOffice } = await import("./support/programs.mjs");
  chromium = ensureBrowser();
  ensureOffice();
  checked = checks();
  await setUp("build");
});
// All of them wait now and then, for a process to start or a mail to arrive: side by side they leave no core idle.
await Promise.all([checked, tests(), testsInABrowser()]);

rmSync(reports, { recursive: true, force: true });
console.log(`${totals.passed} passed, ${totals.failed} failed, ${totals.skipped} skipped`);
process.exit(totals.failed > 0 || totals.passed === 0 ? 1 : 0);

async function tests() {
  const report = path.join(reports, "vitest.json");
  const ended = await run("Unit, property and integration tests", [
    ...SHORT_LIVED,
    "node_modules/vitest/vitest.mjs",
    "run",
    "--reporter=default",
    "--reporter=json",
    `--outputFile.json=${report}`,
  ]);
  add(countsIn(report, ended, vitestCounts));
}

async function testsInABrowser() {
  const report = path.join(reports, "playwright.json");
  const ended = await run("Tests in a browser", ["node_modules/@playwright/test/cli.js", "test"], {
    PLAYWRIGHT_JSON_OUTPUT_NAME: report,
    CHROMIUM_PATH: chromium,
  });
  add(countsIn(report, ended, playwrightCounts));
}

async function checks() {
  await check("Types", ["node_modules/typescript-native/bin/tsc"]);
  await check("Lint", ["node_modules/oxlint/bin/oxlint", "--deny-warnings"]);
  await check("Formatting", [
    "node_modules/prettier/bin/prettier.cjs",
    "--check",
    "--cache",
    "--cache-strategy",
    "content",
    "--log-level",
    "warn",
    ".",
  ]);
}

/** A check without tests of its own counts as one. */
async function check(title, parameters) {
  totals[(await run(title, parameters)) ? "passed" : "failed"] += 1;
}

function add(counts) {
  for (const kind of Object.keys(totals)) totals[kind] += counts[kind];
}

function run(title, parameters, env = {}) {
  console.log(`\n${title}…`);
  const begun = Date.now();
  return new Promise((resolve) => {
    const child = spawn(process.execPath, parameters, {
      cwd: ROOT,
      stdio: ["ignore", "inherit", "inherit"],
      env: { ...process.env, ...env },
    });
    child.once("close", (code) => {
      console.log(`${title}: done in ${((Date.now() - begun) / 1000).toFixed(1)} s`);
      resolve(code === 0);
    });
  });
}
