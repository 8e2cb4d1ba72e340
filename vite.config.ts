import { vitePlugin as remix } from "@remix-run/dev";
import path from "node:path";
import { defineConfig } from "vite";
import remixConfig from "./remix.config.js";
import { compressed } from "./vite.compressed.ts";
import { fileWorker } from "./vite.file-worker.ts";
import { licences } from "./vite.licences.ts";

/**
 * Code that several pages share is bundled into a few files; by default each icon, primitive and rule would be a
 * request of its own, some fifty for a page. A module goes into the first group that matches, together with what it
 * imports. Modules that fewer than `minShareCount` pages use stay where they are.
 */
const CHUNK_GROUPS = [
  {
    name: "framework",
    test: /\/node_modules\/(react|react-dom|scheduler|react-router|react-router-dom|@remix-run\/\w+)\//,
  },
  { name: "icons", test: /\/node_modules\/lucide-react\// },
  // Used by every page, but for the list of a menu, which is loaded later.
  {
    name: "primitives",
    test: /\/app\/(paths|domain\/limits|ui\/(primitives\/(?!overlays\/menu-list)|marks\/)|ui\/shell\/(account-menu|app-shell|error-page|logo|me|navigation-progress|skip-link))\b/,
  },
  // Used by pages without a matrix.
  { name: "account", test: /\/app\/ui\/account\//, minShareCount: 2 },
  // Used by the page of a personal link, which shows a matrix without the code of the other pages.
  {
    name: "changes",
    test: /\/app\/(domain\/(compare|day-words|owner)|ui\/changes\/change-words|ui\/versions\/compare-row)\b/,
  },
  // Used by the pages of a matrix. What several of them load only once somebody opens it stays out, and so do the rules.
  {
    name: "matrix",
    test: /\/app\/(?!ui\/(calendars\/|access\/copy-link)|domain\/(?:findings\/(?:(?:cover|people|matrix|duty|escalation|limit|wording|conversation)-rules|part-findings|blockers|findings|finding|wording)|signing\/sign-readiness)\.ts)/,
    minShareCount: 4,
  },
  // The rules are fetched once a page is alive; with the others of the matrix each first visit would wait for them.
  { name: "rules", test: /\/app\/domain\/(?:findings|signing)\//, minShareCount: 2 },
];

/**
 * Warnings about two options that Remix's plugin sets by outdated names. Vite still accepts them, and nobody who builds
 * can change them.
 */
const REMIX_WARNINGS = /`envFile` option is deprecated|`esbuild` option was specified by "remix"/;
const { warn } = console;
console.warn = (...message: unknown[]) => void (REMIX_WARNINGS.test(String(message[0])) || warn(...message));

/**
 * Packages that the built server imports instead of bundling: those that look for files beside their own, those that
 * only some databases or worker threads need, and those that `server.js` imports too.
 */
const EXTERNAL = [
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

/** The first browsers that support `light-dark()`; for earlier ones every such colour would be written three times. */
const UNDERSTAND_LIGHT_DARK = ["chrome123", "firefox120", "safari17.5"];

export default defineConfig(({ isSsrBuild }) => ({
  plugins: [remix(remixConfig), licences(), fileWorker(), compressed()],
  resolve: { alias: { "~": path.resolve(import.meta.dirname, "app") } },
  // better-auth looks for OpenTelemetry at run time and works without it; an empty module in its place would be taken
  // for OpenTelemetry.
  build: {
    target: "es2023",
    cssTarget: UNDERSTAND_LIGHT_DARK,
    assetsInlineLimit: 0,
    rolldownOptions: {
      external: ["@opentelemetry/api"],
      output: isSsrBuild ? {} : { codeSplitting: { groups: CHUNK_GROUPS } },
      checks: { pluginTimings: false },
    },
  },
  define: isSsrBuild ? { "process.env.NODE_ENV": JSON.stringify("production") } : {},
  // Packages are bundled, because reading hundreds of files is most of a start. Not in development, where Vite can't
  // load CommonJS.
  ssr: isSsrBuild ? { noExternal: true, external: EXTERNAL } : {},
}));
