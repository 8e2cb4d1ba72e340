// npm run test:node -- 24 [files]: the unit, property and integration tests on another release of Node, which npm brings. They
// run in a copy of this checkout, since native packages are built for one release alone.
import { spawnSync } from "node:child_process";
import { chmodSync, cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { ROOT } from "../app/cli/set-up.mjs";

const [release = "", ...files] = process.argv.slice(2);
if (!/^\d+(\.\d+){0,2}$/.test(release)) end("Say which release of Node to test on: npm run test:node -- 24");

const place = mkdtempSync(path.join(os.tmpdir(), `demarc-node-${release}-`));
process.once("exit", () => rmSync(place, { recursive: true, force: true }));
for (const signal of ["SIGINT", "SIGTERM"]) process.once(signal, () => process.exit(130));
// PostgreSQL runs as a user of its own, who has to reach its programs in here.
chmodSync(place, 0o755);

const node = fetchNode(path.join(place, "node"));
const checkout = copyCheckout(path.join(place, "checkout"));
const run = (...parameters) => runNode(node, checkout, parameters);

console.log(`Testing on Node ${spawnSync(node, ["--version"], { encoding: "utf8" }).stdout.trim()}…`);
const STEPS = ["install", "compile", "generate", "build"];
if (
  run(
    "--input-type=module",
    "--eval",
    `await (await import("./app/cli/set-up.mjs")).setUp(${STEPS.map((step) => JSON.stringify(step)).join(", ")})`,
  ) !== 0
)
  process.exit(1);
process.exit(run("node_modules/vitest/vitest.mjs", "run", ...files));

/** Installs that release's package into a folder; returns the path of its program. */
function fetchNode(folder) {
  const name = `node-${process.platform === "win32" ? "win" : process.platform}-${process.arch}`;
  mkdirSync(folder);
  writeFileSync(path.join(folder, "package.json"), "{}");
  const { status } = spawnSync(
    "npm",
    ["install", "--no-save", "--no-audit", "--no-fund", "--loglevel=error", `${name}@${release}`],
    { cwd: folder, stdio: "inherit", shell: process.platform === "win32" },
  );
  const program = path.join(folder, "node_modules", name, "bin", process.platform === "win32" ? "node.exe" : "node");
  if (status !== 0 || !existsSync(program)) end(`npm has no Node ${release} for this machine (${name}).`);
  return program;
}

/** The files of this checkout that git knows or would. */
function copyCheckout(folder) {
  const { stdout } = spawnSync("git", ["ls-files", "--cached", "--others", "--exclude-standard", "-z"], {
    cwd: ROOT,
    encoding: "utf8",
    maxBuffer: 64_000_000,
  });
  for (const file of stdout.split("\0").filter((name) => name !== "" && existsSync(path.join(ROOT, name))))
    cpSync(path.join(ROOT, file), path.join(folder, file));
  return folder;
}

/** Runs it so that npm runs on it too, and native packages find its headers without asking nodejs.org. */
function runNode(program, folder, parameters) {
  const root = path.dirname(path.dirname(program));
  const headers = existsSync(path.join(root, "include/node/node.h")) ? { npm_config_nodedir: root } : {};
  const env = { ...process.env, ...headers, PATH: `${path.dirname(program)}${path.delimiter}${process.env.PATH}` };
  return spawnSync(program, parameters, { cwd: folder, stdio: "inherit", env }).status ?? 1;
}

function end(sentence) {
  console.error(sentence);
  process.exit(2);
}
