import { vitePlugin as remix } from "@remix-run/dev";
import path from "node:path";
import { defineConfig } from "vite";
import remixConfig from "./remix.config.js";
import { compressed } from "./vite.compressed.ts";
import { fileWorker } from "./vite.file-worker.ts";
import { licences } from "./vite.licences.ts";

/** What every page draws with comes in three files: left to itself each icon and each primitive is a request of its own, thirty to a page. */
const DRAWN_EVERYWHERE: Record<string, RegExp> = {
  framework: /\/node_modules\/(react|react-dom|scheduler|react-router|react-router-dom|@remix-run\/\w+)\//,
  icons: /\/node_modules\/lucide-react\//,
  primitives: /\/app\/ui\/(primitives|marks)\//,
};
const partOf = (id: string) => Object.keys(DRAWN_EVERYWHERE).find((part) => DRAWN_EVERYWHERE[part]?.test(id));

/** Remix's plugin sets two options by names that Vite has given up. It still understands them, and whoever builds can't change them. */
const REMIX_ALONE = /`envFile` option is deprecated|`esbuild` option was specified by "remix"/;
const { warn } = console;
console.warn = (...said: unknown[]) => void (REMIX_ALONE.test(String(said[0])) || warn(...said));

/** The first browsers that take a colour for each theme by themselves; for earlier ones every such colour is written three times over. */
const UNDERSTAND_LIGHT_DARK = ["chrome123", "firefox120", "safari17.5"];

export default defineConfig(({ isSsrBuild }) => ({
  plugins: [remix(remixConfig), licences(), fileWorker(), compressed()],
  resolve: { alias: { "~": path.resolve(import.meta.dirname, "app") } },
  // better-auth looks for OpenTelemetry at run time and does without: an empty module in its place would be taken for it.
  build: { target: "es2023", cssTarget: UNDERSTAND_LIGHT_DARK, assetsInlineLimit: 0, rolldownOptions: { external: ["@opentelemetry/api"], output: isSsrBuild ? {} : { manualChunks: partOf }, checks: { pluginTimings: false } } },
  // Of these only what is used is taken along: as packages they are 2,000 files to be read at every start.
  ssr: { external: ["better-sqlite3"], noExternal: ["lucide-react", "zod", /^@?better-auth/, "better-call", "jose", /^@dnd-kit/, /^@noble/, /^@tanstack/] },
}));
