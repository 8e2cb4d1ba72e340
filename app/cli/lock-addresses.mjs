// npm run lock: gives each package in package-lock.json its address at the public registry. npm writes down the registry it has
// asked, which may be one that others don't reach, or none; from the public address any npm makes that of its own registry.
import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { ROOT } from "./set-up.mjs";

const LOCK = path.join(ROOT, "package-lock.json");

/** A lock whose packages have the addresses that the public registry gives their files. */
export function withPublicAddresses(lock) {
  const packages = Object.entries(lock.packages).map(([place, entry]) => {
    if (!entry.integrity) return [place, entry];
    const { version, resolved: _elsewhere, ...rest } = entry;
    const name = entry.name ?? place.slice(place.lastIndexOf("node_modules/") + "node_modules/".length);
    const named = entry.name ? { name } : {};
    return [
      place,
      {
        ...named,
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
