import path from "node:path";
import type { Plugin } from "vite";

/**
 * Builds the worker thread that writes and checks files as a second entry beside the server, which starts it by this
 * name.
 */
export function fileWorker(): Plugin {
  let server = false;
  return {
    name: "file-worker",
    apply: "build",
    configResolved: ({ build }) => void (server = Boolean(build.ssr)),
    buildStart() {
      if (server)
        this.emitFile({
          type: "chunk",
          id: path.resolve(import.meta.dirname, "app/files/thread/file-worker.server.ts"),
          fileName: "file-worker.js",
        });
    },
  };
}
