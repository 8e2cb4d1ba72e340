import { crc32 } from "node:zlib";
import { fromBufferPromise, type Entry, type ZipFile } from "yauzl";
import { LIMITS } from "~/domain/limits";
import { Unreadable } from "./unreadable";

/** A ZIP archive that inflates a part when it is first read. */
export type Archive = {
  names: readonly string[];
  read(name: string): Promise<Uint8Array | null>;
  /** Whether there is nothing in the file but its parts and the list of them. */
  whole: boolean;
};

const DAMAGED = "The file is damaged or cut off. Fetch it again from where you have it, then check that copy.";
const MEGABYTE = 1_000_000;

/**
 * Opens a ZIP archive. The limit counts the bytes that parts really inflate to, whatever their headers state, so that a
 * small file can't fill the memory. Two parts of one name are refused, since readers differ in which of them they use.
 */
export async function openArchive(bytes: Uint8Array): Promise<Archive> {
  const zip = await open(bytes);
  const entries = await listEntries(zip);
  const contents = new Map<string, Uint8Array>();
  let remaining: number = LIMITS.checkedInflated;
  return {
    names: [...entries.keys()],
    whole: isWhole(bytes, [...entries.values()]),
    async read(name) {
      const entry = entries.get(name);
      if (!entry) return null;
      const known = contents.get(name);
      if (known) return known;
      const content = await inflate(zip, entry, remaining);
      remaining -= content.byteLength;
      contents.set(name, content);
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

/** The sizes of a local header without its name and of the end of the list. */
const [LOCAL_HEADER, END_OF_LIST] = [30, 22];
/** The sizes of the sums that may follow a part, without the mark before them, and the flag that announces them. */
const [SUMS, HAS_SUMS] = [[12, 20], 8];

/**
 * Whether the parts follow each other without anything between them, each under the name that the list gives it, from
 * the first byte to the list, and nothing follows the list. Other programs may read what stands in between.
 */
function isWhole(bytes: Uint8Array, entries: readonly Entry[]): boolean {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const end = file.length - END_OF_LIST;
  if (end < 0 || file.readUInt32LE(end) !== 0x06054b50) return false;
  const list = file.readUInt32LE(end + 16);
  if (list + file.readUInt32LE(end + 12) !== end) return false;
  const sorted = [...entries].sort((a, b) => a.relativeOffsetOfLocalHeader - b.relativeOffsetOfLocalHeader);
  return (
    sorted[0]?.relativeOffsetOfLocalHeader === 0 &&
    sorted.every((entry, i) => {
      const { relativeOffsetOfLocalHeader: at, compressedSize, fileName, crc32: sum, generalPurposeBitFlag } = entry;
      if (at + LOCAL_HEADER > list) return false;
      const name = at + LOCAL_HEADER + file.readUInt16LE(at + 26);
      if (file.toString("utf8", at + LOCAL_HEADER, name).replaceAll("\\", "/") !== fileName) return false;
      const to = name + file.readUInt16LE(at + 28) + compressedSize;
      const gap = (sorted[i + 1]?.relativeOffsetOfLocalHeader ?? list) - to;
      if (gap === 0) return true;
      const mark = gap >= 4 && file.readUInt32LE(to) === 0x08074b50 ? 4 : 0;
      return (
        (generalPurposeBitFlag & HAS_SUMS) !== 0 && SUMS.includes(gap - mark) && file.readUInt32LE(to + mark) === sum
      );
    })
  );
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
