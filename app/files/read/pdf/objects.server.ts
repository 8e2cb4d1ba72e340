import { inflateSync } from "node:zlib";
import { LIMITS } from "~/domain/limits";
import { Unreadable } from "../unreadable";
import { Lexer, malformed, type Dictionary, type Piece } from "./lexer.server";

/** The objects of a PDF. They are located by the cross-reference table, as readers do, and parsed on demand. */
export type Objects = {
  trailer: Dictionary;
  /** Whether objects were added behind the end of the file as it was first written. */
  updated: boolean;
  /** The piece itself, or the object that it refers to. */
  resolve: (piece: Piece | undefined) => Piece | undefined;
  /** An entry of a dictionary, with a reference resolved. */
  get: (entries: Dictionary | undefined, key: string) => Piece | undefined;
  /** The decompressed bytes of a stream. */
  unpack: (stream: Piece & { kind: "stream" }) => Buffer;
};

/** The location of an object: its offset in the file, or an object stream and an index in there. */
type ObjectLocation = { at: number } | { within: number; index: number };
/** More objects than a file within the size limit can use. */
const MAX_OBJECTS = 1_000_000;
/** How many bytes at the end readers search for `startxref`. */
const TAIL = 1_024;

/**
 * Opens a PDF strictly: objects must stand exactly where the cross-reference table says, and all streams together must
 * not inflate to more than the limit.
 */
export function openObjects(bytes: Uint8Array): Objects {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const text = file.toString("latin1");
  const locations = new Map<number, ObjectLocation | null>();
  const objectCache = new Map<number, Piece | undefined>();
  const streamCache = new Map<number, { number: number; piece: Piece }[]>();
  const inProgress = new Set<number>();
  let remaining = LIMITS.checkedInflated;

  const unpack = ({ entries, raw }: Piece & { kind: "stream" }): Buffer => {
    // Content in an external file can't be compared.
    if (entries.has("F")) throw malformed();
    const filter = get(entries, "Filter");
    const names = filter?.kind === "list" ? filter.items.map(resolve) : filter ? [filter] : [];
    if (names.length === 0) return Buffer.from(raw);
    const [only] = names;
    if (names.length > 1 || only?.kind !== "name" || only.name !== "FlateDecode")
      throw new Unreadable(
        "packed-otherwise",
        "The PDF is packed in a way that Demarc's files never are. Check the file as it was exported.",
      );
    try {
      const inflated = inflateSync(raw, { maxOutputLength: Math.max(1, remaining) });
      remaining -= inflated.length;
      return withoutPredictor(inflated, get(entries, "DecodeParms"));
    } catch (error) {
      if (error instanceof RangeError)
        throw new Unreadable(
          "too-large",
          `The PDF unpacks to more than ${LIMITS.checkedInflated / 1_000_000} MB and was not read further. Check another file of the same version, such as the workbook: each carries the whole text.`,
        );
      throw error instanceof Unreadable ? error : malformed();
    }
  };
  const objectAt = (at: number, number: number | null): Piece => {
    OBJECT.lastIndex = at;
    const match = OBJECT.exec(text);
    if (!match || (number !== null && Number(match[1]) !== number)) throw malformed();
    const lexer = new Lexer(text, OBJECT.lastIndex);
    const piece = lexer.next();
    if (!piece) throw malformed();
    lexer.skip();
    if (text.startsWith("endobj", lexer.at)) return piece;
    const [start = ""] = /^stream(?:\r\n|\n)/.exec(text.slice(lexer.at, lexer.at + 8)) ?? [];
    if (piece.kind !== "dictionary" || start === "") throw malformed();
    const from = lexer.at + start.length;
    const to = from + numberOf(get(piece.entries, "Length"));
    if (!/^\s*endstream/.test(text.slice(to, to + 20))) throw malformed();
    return { kind: "stream", entries: piece.entries, raw: file.subarray(from, to) };
  };
  const objectsInStream = (number: number): { number: number; piece: Piece }[] => {
    const cached = streamCache.get(number);
    if (cached) return cached;
    const stream = object(number);
    if (stream?.kind !== "stream") throw malformed();
    const content = unpack(stream).toString("latin1");
    const head = new Lexer(content);
    const first = numberOf(get(stream.entries, "First"));
    const count = numberOf(get(stream.entries, "N"));
    if (count > MAX_OBJECTS) throw malformed();
    const heads = Array.from({ length: count }, () => ({
      inside: numberOf(head.next() ?? undefined),
      offset: numberOf(head.next() ?? undefined),
    }));
    const pieces = heads.map(({ inside, offset }) => ({
      number: inside,
      piece: new Lexer(content, first + offset).next() ?? { kind: "word" as const, word: "null" },
    }));
    streamCache.set(number, pieces);
    return pieces;
  };
  const object = (number: number): Piece | undefined => {
    if (objectCache.has(number)) return objectCache.get(number);
    const location = locations.get(number);
    // An object whose parsing needs the object itself counts as missing.
    if (!location || inProgress.has(number)) return undefined;
    inProgress.add(number);
    const inside = "at" in location ? null : objectsInStream(location.within)[location.index];
    if (inside !== null && inside?.number !== number) throw malformed();
    const piece = "at" in location ? objectAt(location.at, number) : inside?.piece;
    inProgress.delete(number);
    objectCache.set(number, piece);
    return piece;
  };
  const resolve = (piece: Piece | undefined): Piece | undefined => {
    let target = piece;
    for (let step = 0; target?.kind === "reference"; step++) {
      if (step > 10) throw malformed();
      target = object(target.number);
    }
    return target?.kind === "word" && target.word === "null" ? undefined : target;
  };
  const get = (entries: Dictionary | undefined, key: string) => resolve(entries?.get(key));

  const readSection = (at: number): Dictionary => {
    const lexer = new Lexer(text, at);
    lexer.skip();
    if (text.startsWith("xref", lexer.at)) {
      lexer.at += 4;
      return readTableSection(lexer, locations);
    }
    const stream = objectAt(lexer.at, null);
    if (stream.kind !== "stream") throw malformed();
    readStreamSection(stream, unpack(stream), locations, get);
    return stream.entries;
  };
  // Readers use the last `startxref`, whatever follows it, and count offsets from the first byte, so the file must
  // begin with its header.
  const [, start = ""] =
    /^startxref\s+(\d+)\s/.exec(text.slice(Math.max(text.length - TAIL, text.lastIndexOf("startxref")))) ?? [];
  if (start === "" || !text.startsWith("%PDF-")) throw malformed();
  const trailer = readSection(Number(start));
  const visitedOffsets = new Set([Number(start)]);
  let section = Number(start);
  let updated = false;
  for (let previous = trailer.get("Prev"); previous !== undefined;) {
    const at = numberOf(previous);
    if (visitedOffsets.has(at)) throw malformed();
    visitedOffsets.add(at);
    // A file in the order of its pages has the section for the first page before the one that it refers to.
    updated ||= at < section;
    section = at;
    const earlier = readSection(at);
    if (earlier.has("XRefStm")) throw malformed();
    previous = earlier.get("Prev");
  }
  if (trailer.has("XRefStm")) throw malformed();
  if (trailer.has("Encrypt"))
    throw new Unreadable(
      "password",
      "The PDF is encrypted or protected with a password. Save it without one, then check it again.",
    );
  return { trailer, updated, resolve, get, unpack };
}

const OBJECT = /\s*(\d+)\s+\d+\s+obj/y;
const ENTRY = /\s*(\d{10}) (\d{5}) ([nf])/y;

/** The non-negative integer of a piece. Any other piece is refused. */
function numberOf(piece: Piece | undefined): number {
  if (piece?.kind !== "number" || !Number.isInteger(piece.value) || piece.value < 0) throw malformed();
  return piece.value;
}

function readTableSection(lexer: Lexer, locations: Map<number, ObjectLocation | null>): Dictionary {
  for (;;) {
    const first = lexer.next();
    if (first?.kind === "word" && first.word === "trailer") break;
    const from = numberOf(first ?? undefined);
    const count = numberOf(lexer.next() ?? undefined);
    if (from + count > MAX_OBJECTS) throw malformed();
    ENTRY.lastIndex = lexer.at;
    for (let i = 0; i < count; i++) {
      const entry = ENTRY.exec(lexer.text);
      if (!entry) throw malformed();
      if (!locations.has(from + i)) locations.set(from + i, entry[3] === "n" ? { at: Number(entry[1]) } : null);
      lexer.at = ENTRY.lastIndex;
    }
  }
  const trailer = lexer.next();
  if (trailer?.kind !== "dictionary") throw malformed();
  return trailer.entries;
}

function readStreamSection(
  { entries }: { entries: Dictionary },
  content: Buffer,
  locations: Map<number, ObjectLocation | null>,
  get: Objects["get"],
): void {
  const numbers = (key: string) => {
    const list = get(entries, key);
    return list?.kind === "list" ? list.items.map(numberOf) : null;
  };
  const [type = 0, middle = 0, last = 0] = numbers("W") ?? [];
  const size = type + middle + last;
  const index = numbers("Index") ?? [0, numberOf(get(entries, "Size"))];
  if (size === 0 || type > 6 || middle > 6 || last > 6) throw malformed();
  const field = (at: number, width: number) => (width === 0 ? 0 : content.readUIntBE(at, width));
  let at = 0;
  for (let i = 0; i + 1 < index.length; i += 2) {
    for (
      let number = index[i] ?? 0, end = number + (index[i + 1] ?? 0);
      number < end && at + size <= content.length;
      number++, at += size
    ) {
      const kind = type === 0 ? 1 : field(at, type);
      const [second, third] = [field(at + type, middle), field(at + type + middle, last)];
      if (!locations.has(number))
        locations.set(number, kind === 1 ? { at: second } : kind === 2 ? { within: second, index: third } : null);
    }
  }
}

/** Reverses the PNG predictor of cross-reference streams. Only the filters None and Up are supported. */
function withoutPredictor(bytes: Buffer, parameters: Piece | undefined): Buffer {
  if (parameters?.kind !== "dictionary") return bytes;
  const predictor = parameters.entries.get("Predictor");
  if (predictor === undefined || numberOf(predictor) === 1) return bytes;
  const columns = numberOf(parameters.entries.get("Columns"));
  if (numberOf(predictor) < 10 || columns === 0 || columns > 64 || parameters.entries.has("Colors")) throw malformed();
  const rows = Math.floor(bytes.length / (columns + 1));
  const plain = Buffer.alloc(rows * columns);
  for (let row = 0; row < rows; row++) {
    const filter = bytes[row * (columns + 1)];
    if (filter !== 0 && filter !== 2) throw malformed();
    for (let i = 0; i < columns; i++) {
      const above = filter === 2 && row > 0 ? (plain[(row - 1) * columns + i] ?? 0) : 0;
      plain[row * columns + i] = ((bytes[row * (columns + 1) + 1 + i] ?? 0) + above) & 255;
    }
  }
  return plain;
}
