// npm run lock: gives each package in package-lock.json its address at the public registry. npm writes the address of
// the registry it used, which others may not reach, or none; npm replaces a public address with one of the registry
// that is configured.
import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { ROOT } from "./set-up.mjs";

const LOCK = path.join(ROOT, "package-lock.json");

/** The lock with the public registry's address for each package. */
export function withPublicAddresses(lock) {
  const packages = Object.entries(lock.packages).map(([folder, entry]) => {
    if (!entry.integrity) return [folder, entry];
    const { version, resolved: _resolved, ...rest } = entry;
    const name = entry.name ?? folder.slice(folder.lastIndexOf("node_modules/") + "node_modules/".length);
    const alias = entry.name ? { name } : {};
    return [
      folder,
      {
        ...alias,
        version,
        resolved: `https://registry.npmjs.org/${name}/-/${path.basename(name)}-${version}.tgz`,
        ...rest,
      },
    ];
  });
  return { ...lock, packages: Object.fromEntries(packages) };
}

if (process.argv[1] === import.meta.filename) {
  const lock = withPublicAddresses(JSON.parse(readFileSync(LOCK, "utf8")));
  writeFileSync(LOCK, `${JSON.stringify(lock, null, 2)}\n`);
}
