import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import type { Plugin } from "vite";

/**
 * Writes one file with the licences of all packages whose code is sent to browsers. The notices above each module would
 * say less, and be sent with every file.
 */
export function licences(): Plugin {
  let server = false;
  return {
    name: "licences",
    apply: "build",
    configResolved: ({ build }) => void (server = Boolean(build.ssr)),
    generateBundle(_options, bundle) {
      if (server) return;
      const modules = Object.values(bundle).flatMap((part) => (part.type === "chunk" ? part.moduleIds : []));
      const folders = new Set(
        modules.flatMap((id) => /^.*\/node_modules\/(?:@[^/]+\/)?[^/]+/.exec(id.replace(/^\0/, ""))?.[0] ?? []),
      );
      const texts = [...folders].sort().map(licenceOf);
      this.emitFile({ type: "asset", fileName: "licences.txt", source: texts.join(`\n${"-".repeat(72)}\n\n`) });
    },
  };
}

function licenceOf(folder: string): string {
  const { name, version, license } = JSON.parse(readFileSync(path.join(folder, "package.json"), "utf8"));
  const file = existsSync(folder) ? readdirSync(folder).find((entry) => /^licen[cs]e/i.test(entry)) : undefined;
  return (
    `${name} ${version}, ${license}\n\n${file ? readFileSync(path.join(folder, file), "utf8") : ""}`.trimEnd() + "\n"
  );
}
