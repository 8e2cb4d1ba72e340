import { crc32 } from "node:zlib";
import { fromBufferPromise, type Entry, type ZipFile } from "yauzl";
import { LIMITS } from "~/domain/limits";
import { Unreadable } from "./unreadable";

/** A ZIP archive that inflates a part when it is read. */
export type Archive = { names: readonly string[]; read(name: string): Promise<Uint8Array | null> };

const DAMAGED = "The file is damaged or cut off. Fetch it again from where you have it, then check that copy.";
const MEGABYTE = 1_000_000;

/**
 * Opens a ZIP archive. The limit counts the bytes that parts really inflate to, whatever their headers state, so that a
 * small file can't fill the memory. Two parts of one name are refused, since readers differ in which of them they use.
 */
export async function openArchive(bytes: Uint8Array): Promise<Archive> {
  const zip = await open(bytes);
  const entries = await listEntries(zip);
  let remaining: number = LIMITS.checkedInflated;
  return {
    names: [...entries.keys()],
    async read(name) {
      const entry = entries.get(name);
      if (!entry) return null;
      const content = await inflate(zip, entry, remaining);
      remaining -= content.byteLength;
      return content;
    },
  };
}

function open(bytes: Uint8Array): Promise<ZipFile> {
  return fromBufferPromise(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength), {
    strictFileNames: true,
  }).catch(() => {
    throw new Unreadable("damaged", DAMAGED);
  });
}

async function listEntries(zip: ZipFile): Promise<Map<string, Entry>> {
  if (zip.entryCount > LIMITS.checkedEntries)
    throw new Unreadable(
      "too-many-parts",
      `The file has ${zip.entryCount} parts; at most ${LIMITS.checkedEntries} are read. Demarc writes far fewer.`,
    );
  const entries = new Map<string, Entry>();
  const lowerCaseNames = new Set<string>();
  try {
    for await (const entry of zip.eachEntry()) {
      if (entry.isEncrypted())
        throw new Unreadable(
          "password",
          "The file is protected with a password. Save it without one, then check it again.",
        );
      if (lowerCaseNames.has(entry.fileName.toLowerCase()))
        throw new Unreadable(
          "doubled-part",
          "The file has two parts of the same name, so that programs may show different things. Demarc never writes such a file.",
        );
      lowerCaseNames.add(entry.fileName.toLowerCase());
      entries.set(entry.fileName, entry);
    }
  } catch (error) {
    throw error instanceof Unreadable ? error : new Unreadable("damaged", DAMAGED);
  }
  return entries;
}

async function inflate(zip: ZipFile, entry: Entry, remaining: number): Promise<Uint8Array> {
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    for await (const chunk of await zip.openReadStreamPromise(entry)) {
      if (!Buffer.isBuffer(chunk)) continue;
      size += chunk.byteLength;
      if (size > remaining)
        throw new Unreadable(
          "inflates",
          `The file unpacks to more than ${LIMITS.checkedInflated / MEGABYTE} MB, which no file of Demarc's does. It was not read further.`,
        );
      chunks.push(chunk);
    }
  } catch (error) {
    throw error instanceof Unreadable ? error : new Unreadable("damaged", DAMAGED);
  }
  const content = Buffer.concat(chunks);
  if (crc32(content) !== entry.crc32) throw new Unreadable("damaged", DAMAGED);
  return content;
}
