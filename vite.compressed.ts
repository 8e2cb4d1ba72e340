import { readdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";
import { brotliCompress, constants, gzip } from "node:zlib";
import type { Plugin } from "vite";

const ASSETS = path.resolve(import.meta.dirname, "build/client/assets");
const TEXT = /\.(js|css|svg)$/;
/** What is smaller fits into the first packets anyway. */
const WORTH_IT = 1_000;

/** How a file is packed, by the ending under which it lies beside the one it is made of. */
const PACKINGS = {
  br: (bytes: Buffer) =>
    promisify(brotliCompress)(bytes, { params: { [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length } }),
  gz: (bytes: Buffer) => promisify(gzip)(bytes, { level: constants.Z_BEST_COMPRESSION }),
};

/** Packs what browsers fetch once, as small as it gets, instead of anew for every visitor. It waits for the server's build, since Remix writes the routes' list then. */
export function compressed(): Plugin {
  let server = false;
  return {
    name: "compressed",
    apply: "build",
    configResolved: ({ build }) => void (server = Boolean(build.ssr)),
    async closeBundle() {
      if (!server) return;
      const files = (await readdir(ASSETS)).filter((name) => TEXT.test(name));
      await Promise.all(files.map((name) => pack(path.join(ASSETS, name))));
    },
  };
}

async function pack(file: string): Promise<void> {
  const bytes = await readFile(file);
  if (bytes.length < WORTH_IT) return;
  await Promise.all(
    Object.entries(PACKINGS).map(async ([ending, packing]) => writeFile(`${file}.${ending}`, await packing(bytes))),
  );
}
