import { spawn } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import os from "node:os";
import path from "node:path";
import { afterEach, expect, it } from "vitest";
import { withPublicAddresses } from "../../app/cli/lock-addresses.mjs";

const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

/** A checkout of what installs, whose lock names the given package. */
function aCheckout(name: string) {
  const folder = mkdtempSync(path.join(os.tmpdir(), "demarc-install-"));
  folders.push(folder);
  mkdirSync(path.join(folder, "app/cli"), { recursive: true });
  cpSync("app/cli/set-up.mjs", path.join(folder, "app/cli/set-up.mjs"));
  const root = { name: "a-checkout", version: "1.0.0", dependencies: { [name]: "1.2.3" } };
  const entry = { version: "1.2.3", integrity: `sha512-${Buffer.alloc(64).toString("base64")}` };
  const lock = withPublicAddresses({
    name: root.name,
    version: root.version,
    lockfileVersion: 3,
    requires: true,
    packages: { "": root, [`node_modules/${name}`]: entry },
  });
  writeFileSync(path.join(folder, "package.json"), JSON.stringify(root));
  writeFileSync(path.join(folder, "package-lock.json"), JSON.stringify(lock));
  return folder;
}

/** A registry that answers nothing: its first request is told to `asked`. */
async function silentRegistry() {
  let hear: (address: string) => void;
  const asked = new Promise<string>((resolve) => (hear = resolve));
  const server = createServer((request) => hear(request.url ?? ""));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    asked,
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/mirror/`,
    end: () => (server.closeAllConnections(), server.close()),
  };
}

function installing(folder: string, registry: string) {
  return spawn(
    process.execPath,
    ["-e", `import(${JSON.stringify(path.join(folder, "app/cli/set-up.mjs"))}).then(({ setUp }) => setUp("install"))`],
    {
      cwd: folder,
      detached: true,
      stdio: "ignore",
      env: {
        ...process.env,
        npm_config_registry: registry,
        npm_config_cache: path.join(folder, "node_modules/.cache"),
      },
    },
  );
}

it("a killed install leaves nothing that npm would read in place of the lock, having asked the configured registry for the file that the lock names", async () => {
  const folder = aCheckout("@some/package");
  const before = readdirSync(folder).sort();
  const lock = readFileSync(path.join(folder, "package-lock.json"), "utf8");
  const registry = await silentRegistry();
  const child = installing(folder, registry.url);
  const ended = new Promise((resolve) => child.once("exit", resolve));
  expect(await registry.asked).toBe("/mirror/@some/package/-/package-1.2.3.tgz");
  process.kill(-(child.pid ?? 0), "SIGKILL");
  await ended;
  registry.end();
  expect(
    readdirSync(folder)
      .filter((name) => name !== "node_modules")
      .sort(),
  ).toEqual(before);
  expect(readFileSync(path.join(folder, "package-lock.json"), "utf8")).toBe(lock);
});

it("an install takes away a second lock, however it came there, and installs what package-lock.json names", async () => {
  const folder = aCheckout("named-by-the-lock");
  const other = aCheckout("named-by-the-other");
  cpSync(path.join(other, "package-lock.json"), path.join(folder, "npm-shrinkwrap.json"));
  const registry = await silentRegistry();
  const child = installing(folder, registry.url);
  const ended = new Promise((resolve) => child.once("exit", resolve));
  expect(await registry.asked).toBe("/mirror/named-by-the-lock/-/named-by-the-lock-1.2.3.tgz");
  process.kill(-(child.pid ?? 0), "SIGKILL");
  await ended;
  registry.end();
  expect(existsSync(path.join(folder, "npm-shrinkwrap.json"))).toBe(false);
});

it("each package of the lock has its address at the public registry: `npm run lock` writes them", () => {
  const text = readFileSync("package-lock.json", "utf8");
  expect(text).toBe(`${JSON.stringify(withPublicAddresses(JSON.parse(text)), null, 2)}\n`);
});
