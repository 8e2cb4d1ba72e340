// npm run bench: prints figures as JSON; nothing passes or fails by time. npm run bench -- memory: what the server holds under load, as a table.
import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { checkNode, install, ROOT, setUp } from "../../app/cli/set-up.mjs";
import { ensureBrowser } from "../support/programs.mjs";

const part = process.argv[2] === "memory" ? "memory" : "bench";
checkNode();
const log = console.log;
console.log = console.error;
await install(() => setUp("generate", "build"));
const folder = mkdtempSync(path.join(os.tmpdir(), "demarc-bench-"));
const env = {
  ...process.env,
  NODE_ENV: "production",
  DEMARC_SECRET: "a secret for measuring alone, long enough",
  DATABASE_URL: `file:${path.join(folder, "bench.db")}`,
  CHROMIUM_PATH: (part === "bench" && ensureBrowser()) || "",
  BENCH_FOLDER: folder,
};
console.log = log;
execFileSync(process.execPath, ["prisma/db.mjs", "migrate"], { cwd: ROOT, env, stdio: "ignore" });
const { status } = spawnSync(process.execPath, ["--import", "tsx", `tests/bench/${part}.ts`], {
  cwd: ROOT,
  env,
  stdio: "inherit",
});
rmSync(folder, { recursive: true, force: true });
process.exit(status ?? 1);
