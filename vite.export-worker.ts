import path from "node:path";
import type { Plugin } from "vite";

/** Builds the thread that writes exports as a second entry beside the server, which starts it by this name. */
export function exportWorker(): Plugin {
  let server = false;
  return {
    name: "export-worker",
    apply: "build",
    configResolved: ({ build }) => void (server = Boolean(build.ssr)),
    buildStart() {
      if (server) this.emitFile({ type: "chunk", id: path.resolve(import.meta.dirname, "app/files/export-worker.server.ts"), fileName: "export-worker.js" });
    },
  };
}
