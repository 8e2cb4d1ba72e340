import { vitePlugin as remix } from "@remix-run/dev";
import path from "node:path";
import { defineConfig } from "vite";
import remixConfig from "./remix.config.js";
import { fileWorker } from "./vite.file-worker";
import { licences } from "./vite.licences";

export default defineConfig({
  plugins: [remix(remixConfig), licences(), fileWorker()],
  esbuild: { legalComments: "none" },
  resolve: { alias: { "~": path.resolve(import.meta.dirname, "app") } },
  build: { target: "es2023", assetsInlineLimit: 0 },
  // Of the icons only those in use are taken along: the package as a whole is 1,600 files to be read at every start.
  ssr: { external: ["better-sqlite3"], noExternal: ["lucide-react"] },
});
