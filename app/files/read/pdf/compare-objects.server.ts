import { PAGE_ENTRIES, PDF_ENTRIES } from "~/domain/verify/harmless/pdf-list";
import type { Dictionary, Piece } from "./lexer.server";
import type { Objects } from "./objects.server";

/** The objects of a PDF with its pages, in their order. */
export type PdfObjects = { objects: Objects; pages: readonly Piece[] };

/** Two pieces to compare, and how they are reached. */
type Pair = { one: Piece | undefined; other: Piece | undefined; path: readonly string[] };

/** What is compared of files that state less than others. */
type Compared = {
  /** Whether the bytes of pictures are compared, too, and not only their size. */ pictures: boolean;
  /** Whether the file states the moment at which it was written, and its bookmarks in full. */ moments: boolean;
};

/** Entries that are compared last. */
const STRUCTURE = ["StructTreeRoot", "IDTree"];

/** So many places are named, and so many steps of the way to each. */
const [MOST_PLACES, MOST_STEPS] = [10, 4];

/**
 * The places at which two PDFs differ, object by object from their roots, whatever the objects are. Neither how a file
 * is packed nor how its objects are numbered makes a difference. What pages draw is compared by their hashes.
 */
export function differingPlaces(expected: PdfObjects, shown: PdfObjects, { pictures, moments }: Compared): string[] {
  const places = new Set<string>();
  const numbers = new Map<Piece, number>();
  const compared = new Set<string>();
  const waiting: Pair[] = [];
  const add = (path: readonly string[]) => void places.add(path.join(", "));
  const numberOf = (piece: Piece) => {
    const number = numbers.get(piece) ?? numbers.size;
    numbers.set(piece, number);
    return number;
  };
  const compareEntries = (
    [one, other]: readonly [Dictionary, Dictionary],
    path: readonly string[],
    keys: Iterable<string> = new Set([...one.keys(), ...other.keys()]),
  ) => {
    for (const key of keys) {
      if (isHarmless(key, one, path) || (!moments && isUnstated(key, path))) continue;
      const pair = {
        one: one.get(key),
        other: other.get(key),
        path: path.length < MOST_STEPS ? [...path, key] : path,
      };
      // The structure refers to most objects, which are named by where they stand.
      if (STRUCTURE.includes(key)) waiting.unshift(pair);
      else waiting.push(pair);
    }
  };
  if (expected.pages.length !== shown.pages.length) add(["the number of pages"]);
  // Programs arrange the tree of pages anew, so that pages are known by their places.
  const pageNumbers = new Map([...expected.pages, ...shown.pages].map((page) => [page, -1]));
  for (const { pages } of [expected, shown]) for (const [i, page] of pages.entries()) pageNumbers.set(page, i);
  for (const [i, one] of expected.pages.entries()) {
    const other = shown.pages[i];
    if (one.kind === "dictionary" && other?.kind === "dictionary")
      compareEntries([one.entries, other.entries], [`page ${i + 1}`], PAGE_ENTRIES);
  }
  for (const [key, path] of [
    ["Root", []],
    ["Info", ["Info"]],
  ] as const)
    waiting.push({ one: expected.objects.trailer.get(key), other: shown.objects.trailer.get(key), path });
  for (let pair = waiting.pop(); pair && places.size < MOST_PLACES; pair = waiting.pop()) {
    const { path } = pair;
    const [one, other] = [expected.objects.resolve(pair.one), shown.objects.resolve(pair.other)];
    if (one === undefined || other === undefined || one.kind !== other.kind) {
      if (one !== other) add(path);
      continue;
    }
    const [page, otherPage] = [pageNumbers.get(one), pageNumbers.get(other)];
    if (page !== undefined || otherPage !== undefined) {
      if (page !== otherPage) add(path);
    } else if (one.kind === "list" && other.kind === "list") {
      if (one.items.length === other.items.length)
        one.items.forEach((item, i) => waiting.push({ one: item, other: other.items[i], path }));
      else add(path);
    } else if (
      (one.kind === "dictionary" && other.kind === "dictionary") ||
      (one.kind === "stream" && other.kind === "stream")
    ) {
      const key = `${numberOf(one)} ${numberOf(other)}`;
      if (compared.has(key)) continue;
      compared.add(key);
      if (!pictures && isPicture(one) && isPicture(other)) {
        compareEntries([one.entries, other.entries], path, ["Width", "Height"]);
        continue;
      }
      compareEntries([one.entries, other.entries], path);
      if (
        one.kind === "stream" &&
        other.kind === "stream" &&
        !sameContent(expected.objects.unpack(one), shown.objects.unpack(other), moments || path[0] !== "Metadata")
      )
        add(path);
    } else if (JSON.stringify(one) !== JSON.stringify(other)) add(path);
  }
  return [...places];
}

function isPicture(piece: Piece): piece is Piece & { kind: "stream" } {
  const kind = piece.kind === "stream" ? piece.entries.get("Subtype") : undefined;
  return kind?.kind === "name" && kind.name === "Image";
}

/** Whether two streams hold the same, but for moments where the file states none. */
function sameContent(one: Buffer, other: Buffer, moments: boolean): boolean {
  if (moments) return one.equals(other);
  const [left, right] = [one, other].map((content) => content.toString("latin1").replace(MOMENT, ""));
  return left === right;
}

const MOMENT = /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ/g;

/** Whether an entry follows from what a file of the first writer doesn't state. Its bookmarks are compared as words. */
function isUnstated(key: string, path: readonly string[]): boolean {
  return key === "CreationDate" || key === "ModDate" || (key === "Title" && path[0] === "Outlines");
}

function isHarmless(key: string, within: Dictionary, path: readonly string[]): boolean {
  const kind = within.get("Type");
  return (
    (path.length === 0 && PDF_ENTRIES.root.names.includes(key)) ||
    (path.length === 1 && path[0] === "Info" && PDF_ENTRIES.info.names.includes(key)) ||
    (within.has("Length") && PDF_ENTRIES.streams.names.includes(key)) ||
    (kind?.kind === "name" && kind.name === "Sig" && PDF_ENTRIES.seal.names.includes(key))
  );
}
