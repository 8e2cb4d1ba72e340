import { vitePlugin as remix } from "@remix-run/dev";
import path from "node:path";
import { defineConfig } from "vite";
import remixConfig from "./remix.config.js";
import { compressed } from "./vite.compressed.ts";
import { fileWorker } from "./vite.file-worker.ts";
import { licences } from "./vite.licences.ts";

/**
 * What several pages share comes in a few files: left to itself each icon, primitive and rule is a request of its own, some
 * fifty to a page. A module belongs to the first part that takes it, with what it needs. What fewer than `minShareCount`
 * pages use is left where it is.
 */
const PARTS = [
  {
    name: "framework",
    test: /\/node_modules\/(react|react-dom|scheduler|react-router|react-router-dom|@remix-run\/\w+)\//,
  },
  { name: "icons", test: /\/node_modules\/lucide-react\// },
  // Every page.
  {
    name: "primitives",
    test: /\/app\/(paths|domain\/limits|ui\/(primitives|marks)\/|ui\/shell\/(account-menu|app-shell|error-page|logo|me|navigation-progress|skip-link))\b/,
  },
  // Pages without a matrix.
  { name: "account", test: /\/app\/ui\/account\//, minShareCount: 2 },
  // What a page opened by a personal link shows of a matrix, without the rest of it.
  {
    name: "changes",
    test: /\/app\/(domain\/(compare|day-words|owner)|ui\/changes\/change-words|ui\/versions\/compare-row)\b/,
  },
  // Pages of a matrix.
  { name: "matrix", test: /\/app\//, minShareCount: 4 },
];

/** Remix's plugin sets two options by names that Vite has given up. It still understands them, and whoever builds can't change them. */
const REMIX_ALONE = /`envFile` option is deprecated|`esbuild` option was specified by "remix"/;
const { warn } = console;
console.warn = (...said: unknown[]) => void (REMIX_ALONE.test(String(said[0])) || warn(...said));

/** Packages that the built server imports: what finds files of its own beside it, what only some databases or threads need, and what `server.js` has in common with it. */
const APART = [
  "@prisma/client",
  "@prisma/adapter-better-sqlite3",
  "@prisma/adapter-pg",
  "docx",
  "exceljs",
  "pdfkit",
  "fontkit",
  "@remix-run/node",
  "@remix-run/router",
];

/** The first browsers that take a colour for each theme by themselves; for earlier ones every such colour is written three times over. */
const UNDERSTAND_LIGHT_DARK = ["chrome123", "firefox120", "safari17.5"];

export default defineConfig(({ isSsrBuild }) => ({
  plugins: [remix(remixConfig), licences(), fileWorker(), compressed()],
  resolve: { alias: { "~": path.resolve(import.meta.dirname, "app") } },
  // better-auth looks for OpenTelemetry at run time and does without: an empty module in its place would be taken for it.
  build: {
    target: "es2023",
    cssTarget: UNDERSTAND_LIGHT_DARK,
    assetsInlineLimit: 0,
    rolldownOptions: {
      external: ["@opentelemetry/api"],
      output: isSsrBuild ? {} : { codeSplitting: { groups: PARTS } },
      checks: { pluginTimings: false },
    },
  },
  define: isSsrBuild ? { "process.env.NODE_ENV": JSON.stringify("production") } : {},
  // What is used of a package is taken along, since reading hundreds of files is most of a start. In development Vite could not: it understands no CommonJS there.
  ssr: isSsrBuild ? { noExternal: true, external: APART } : {},
}));
