import { readdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";
import { brotliCompress, constants, gzip } from "node:zlib";
import type { Plugin } from "vite";

const ASSETS = path.resolve(import.meta.dirname, "build/client/assets");
const TEXT = /\.(js|css|svg)$/;
/** Smaller files fit into the first packets uncompressed. In bytes. */
const SMALLEST = 1_000;

/** The compression for each ending that is added to a file's name. */
const COMPRESSIONS = {
  br: (bytes: Buffer) =>
    promisify(brotliCompress)(bytes, { params: { [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length } }),
  gz: (bytes: Buffer) => promisify(gzip)(bytes, { level: constants.Z_BEST_COMPRESSION }),
};

/**
 * Compresses the browser's files once, as small as possible, instead of for every visitor. It runs after the server's
 * build, because Remix writes the manifest of routes then.
 */
export function compressed(): Plugin {
  let server = false;
  return {
    name: "compressed",
    apply: "build",
    configResolved: ({ build }) => void (server = Boolean(build.ssr)),
    async closeBundle() {
      if (!server) return;
      const files = (await readdir(ASSETS)).filter((name) => TEXT.test(name));
      await Promise.all(files.map((name) => compressFile(path.join(ASSETS, name))));
    },
  };
}

async function compressFile(file: string): Promise<void> {
  const bytes = await readFile(file);
  if (bytes.length < SMALLEST) return;
  await Promise.all(
    Object.entries(COMPRESSIONS).map(async ([ending, compress]) =>
      writeFile(`${file}.${ending}`, await compress(bytes)),
    ),
  );
}
