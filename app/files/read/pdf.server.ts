import { createHash } from "node:crypto";
import { LIMITS } from "~/domain/limits";
import { readCanonical } from "~/domain/version/read-canonical";
import type { Paper } from "~/domain/pack/report-parts";
import { readMarker, type CarriedText } from "~/domain/verify/carried";
import { cellAt, type Difference, type ShownPart } from "~/domain/verify/part";
import { NO_ROOM } from "~/domain/verify/room";
import { BESIDE_FILE, CARRIED_FILE } from "../pdf/carried";
import { createPieceHash } from "./pdf/drawing.server";
import { malformed, type Dictionary, type Piece } from "./pdf/lexer.server";
import { openObjects, type Objects } from "./pdf/objects.server";
import { pageText, type PageText } from "./pdf/page-text.server";
import type { PdfObjects } from "./pdf/compare-objects.server";
import { checkSignature, sealForm, type DigitalSignature, type SealForm } from "./pdf/signature.server";
import { readStructure, type DrawnPicture } from "./pdf/structure.server";
import { textString } from "./pdf/text-string.server";
import type { ReadFile } from "./read-file";
import { Unreadable } from "./unreadable";

/** A page: a hash of what it draws, and its words. */
export type ReadPage = { drawing: string; words: string };
/** A parsed PDF: its chapters according to the structure tree, and beside them every page as it is drawn. */
export type ReadPdf = ReadFile & {
  format: "pdf";
  pages: ReadPage[];
  drawn: DrawnPicture[];
  signed: DigitalSignature;
  /** What its digital signature says of itself; null where it has none that can be read. */
  seal: SealForm | null;
  graph: PdfObjects;
  bytes: Uint8Array;
};

type Page = { number: number; piece: Piece; entries: Dictionary; inherited: Dictionary };

/** More pages than the largest matrix takes. */
const MAX_PAGES = 5_000;
const INHERITED = ["Resources", "MediaBox", "CropBox", "Rotate"];
/** Entries of a page that draw nothing. */
const DRAWS_NOTHING = ["Type", "Parent", "StructParents", "Tabs", "Annots", "Contents"];
/**
 * Entries of the catalogue that Demarc writes, or that programs add which rewrite a file. Any other entry may run or
 * hide something.
 */
const KNOWN_CATALOGUE = [
  "Type",
  "Pages",
  "Names",
  "AF",
  "Outlines",
  "PageMode",
  "PageLayout",
  "StructTreeRoot",
  "MarkInfo",
  "Lang",
  "ViewerPreferences",
  "Metadata",
  "AcroForm",
  "Version",
  "Extensions",
];

/**
 * Parses a PDF. No script in it runs: the parser reads objects and words, and finds objects by the cross-reference
 * table alone.
 */
export async function readPdf(bytes: Uint8Array): Promise<ReadPdf> {
  try {
    return parsePdf(bytes);
  } catch (error) {
    // The nesting exceeds the stack.
    throw error instanceof RangeError ? malformed() : error;
  }
}

function parsePdf(bytes: Uint8Array): ReadPdf {
  const objects = openObjects(bytes);
  const { trailer, get } = objects;
  const catalogue = dictionary(get(trailer, "Root"));
  const covered: Difference[] = [];
  const addCovered = (field: string, part = "") =>
    covered.push({ kind: "covered", part, subject: part === "" ? "" : "Something", field, kept: null, shown: null });
  const hashOf = createPieceHash(objects);
  const fonts = new Map<Dictionary, (codes: string) => string>();
  const readPages = pagesOf(objects, catalogue).map((page, i) => {
    const content = contentOf(objects, page.entries);
    const resources = get(page.inherited, "Resources");
    const text = pageText(
      content.toString("latin1"),
      resources?.kind === "dictionary" ? resources.entries : undefined,
      objects,
      fonts,
    );
    for (const note of overlaysOfPage(objects, page.entries)) addCovered(note, `Page ${i + 1}`);
    const drawnEntries = new Map([
      ...page.inherited,
      ...[...page.entries].filter(([key]) => !DRAWS_NOTHING.includes(key)),
    ]);
    const drawing = createHash("sha256")
      .update(content)
      .update(hashOf({ kind: "dictionary", entries: drawnEntries }))
      .digest("hex");
    return {
      ...page,
      text,
      page: { drawing, words: [...[...text.marked.values()].flat(), ...text.artifacts].join("\n") },
    };
  });
  const texts = new Map<number, PageText>(readPages.map(({ number, text }) => [number, text]));
  const { parts, drawn, spoken } = readStructure(objects, catalogue, texts);
  if (spoken) addCovered("Some words are read aloud, copied and searched as others.");
  for (const [key] of catalogue)
    if (!KNOWN_CATALOGUE.includes(key))
      addCovered(`It holds what Demarc never writes (${key}), which may act or hide words.`);
  if (objects.updated)
    addCovered("Something was added to the file after it was first written, which may lie over what it showed.");
  const { carried, attached } = readAttachments(objects, catalogue, parts);
  if (attached > 0) addCovered("It holds other files, which Demarc never attaches. Don't open them.");
  const names = get(catalogue, "Names");
  if (
    names?.kind === "dictionary" &&
    [...names.entries.keys()].some((key) => key !== "EmbeddedFiles" && key !== "Dests")
  )
    addCovered("It holds scripts or pages that Demarc never writes.");
  const form = get(catalogue, "AcroForm");
  const field = form?.kind === "dictionary" ? signatureField(objects, form.entries) : null;
  if (form?.kind === "dictionary" && (form.entries.has("XFA") || field === "others"))
    addCovered("It holds a form, which Demarc never writes.");
  const info = get(trailer, "Info");
  const properties = info?.kind === "dictionary" ? info.entries : undefined;
  const property = (key: string) => {
    const value = get(properties, key);
    return value?.kind === "string" ? textString(value.text) : "";
  };
  const headsAndFeet: ShownPart = {
    name: "Head and foot of pages",
    rows: readPages.map(({ text }, i) => ({ cells: [`Page ${i + 1}`, ...text.artifacts], open: [], hidden: false })),
    hidden: false,
    hiddenColumns: [],
  };
  const about: ShownPart = {
    name: "Properties",
    rows: ["Title", "Subject", "Author", "Keywords"].map((key) => ({
      cells: [key, property(key)],
      open: [],
      hidden: false,
    })),
    hidden: false,
    hiddenColumns: [],
  };
  const bookmarks: ShownPart = {
    name: "Bookmarks",
    rows: bookmarksOf(objects, catalogue).map((title) => ({ cells: [title], open: [], hidden: false })),
    hidden: false,
    hiddenColumns: [],
  };
  return {
    format: "pdf",
    parts: [...parts, headsAndFeet, about, bookmarks],
    carried,
    covered,
    laidOver: [],
    pictures: new Map(),
    signatureLines: [],
    room: NO_ROOM,
    ours: carried !== null || property("Creator") === "Demarc",
    savedBy: isPackedByDemarc(bytes)
      ? null
      : property("Producer") === "Demarc" || property("Producer") === ""
        ? "another program"
        : property("Producer"),
    pages: readPages.map(({ page }) => page),
    paper: paperOf(objects, readPages[0]),
    drawn,
    signed: field && field !== "others" ? checkSignature(bytes, field, objects) : { kind: "none" },
    seal: field && field !== "others" ? sealForm(field, objects) : null,
    graph: { objects, pages: readPages.map(({ piece }) => piece) },
    bytes,
  };
}

/** Whether a file begins as Demarc's writer begins one and has a single cross-reference section. */
function isPackedByDemarc(bytes: Uint8Array): boolean {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return (
    file.subarray(0, 14).toString("latin1") === "%PDF-1.7\n%\u00ff\u00ff\u00ff\u00ff" &&
    file.indexOf("startxref") === file.lastIndexOf("startxref")
  );
}

function dictionary(piece: Piece | undefined): Dictionary {
  if (piece?.kind !== "dictionary") throw malformed();
  return piece.entries;
}

function pagesOf({ get, resolve }: Objects, catalogue: Dictionary): Page[] {
  const pages: Page[] = [];
  const visited = new Set<Dictionary>();
  const walk = (piece: Piece | undefined, number: number, above: Dictionary, depth: number) => {
    const entries = dictionary(piece);
    if (visited.has(entries) || depth > LIMITS.checkedDepth) throw malformed();
    visited.add(entries);
    const inherited = new Map([...above, ...[...entries].filter(([key]) => INHERITED.includes(key))]);
    const kids = get(entries, "Kids");
    if (kids?.kind === "list")
      for (const kid of kids.items)
        walk(resolve(kid), kid.kind === "reference" ? kid.number : -1, inherited, depth + 1);
    else if (piece) pages.push({ number, piece, entries, inherited });
    if (pages.length > MAX_PAGES)
      throw new Unreadable(
        "too-many-pages",
        `The PDF has more than ${MAX_PAGES.toLocaleString("en")} pages. Demarc writes far fewer; it was not read further.`,
      );
  };
  walk(get(catalogue, "Pages"), -1, new Map(), 0);
  return pages;
}

function contentOf({ get, resolve, unpack }: Objects, page: Dictionary): Buffer {
  const contents = get(page, "Contents");
  const streams = contents?.kind === "list" ? contents.items.map(resolve) : [contents];
  return Buffer.concat(
    streams.flatMap((stream, i) =>
      stream?.kind === "stream" ? [Buffer.from(i === 0 ? "" : "\n"), unpack(stream)] : [],
    ),
  );
}

/**
 * Lists annotations over a page. An invisible signature field is none, and neither is a link to a place in the file: where
 * it stands and where it leads is compared with the file that Demarc would write, as every object is.
 */
function overlaysOfPage({ get, resolve }: Objects, page: Dictionary): string[] {
  const list = get(page, "Annots");
  return (list?.kind === "list" ? list.items.map(resolve) : []).flatMap((piece) => {
    const entries = piece?.kind === "dictionary" ? piece.entries : undefined;
    const [type, place] = [get(entries, "FT"), get(entries, "Rect")];
    const invisible =
      place?.kind === "list" &&
      place.items.length === 4 &&
      place.items.every((item) => item.kind === "number" && item.value === 0);
    return (type?.kind === "name" && type.name === "Sig" && invisible && !entries?.has("AP")) ||
      leadsWithin(get, entries)
      ? []
      : ["lies over the page, such as a comment, a form field or a link"];
  });
}

/** Entries of a link to a place in the file. Any other may act, or show something. */
const LINK_ENTRIES = ["Type", "Subtype", "Rect", "Border", "F", "Contents", "Dest", "StructParent", "P", "NM"];

function leadsWithin(get: Objects["get"], entries: Dictionary | undefined): boolean {
  const kind = get(entries, "Subtype");
  const place = get(entries, "Dest");
  return (
    kind?.kind === "name" &&
    kind.name === "Link" &&
    place?.kind === "list" &&
    [...(entries?.keys() ?? [])].every((key) => LINK_ENTRIES.includes(key))
  );
}

/** The dictionary of the only signature; `others` where the form has further fields, null where it has no field. */
function signatureField({ get, resolve }: Objects, form: Dictionary): Dictionary | "others" | null {
  const fields = get(form, "Fields");
  const [only, ...more] = fields?.kind === "list" ? fields.items.map(resolve) : [];
  if (!only) return null;
  const type = only.kind === "dictionary" ? get(only.entries, "FT") : undefined;
  if (more.length > 0 || only.kind !== "dictionary" || type?.kind !== "name" || type.name !== "Sig") return "others";
  const value = get(only.entries, "V");
  return value?.kind === "dictionary" ? value.entries : null;
}

function readAttachments(
  { get, unpack }: Objects,
  catalogue: Dictionary,
  parts: readonly ShownPart[],
): { carried: CarriedText | null; attached: number } {
  const names = get(catalogue, "Names");
  const tree = names?.kind === "dictionary" ? get(names.entries, "EmbeddedFiles") : undefined;
  const list = tree?.kind === "dictionary" ? get(tree.entries, "Names") : undefined;
  const items = list?.kind === "list" ? list.items : [];
  const attachedTexts = new Map<string, { description: string; text: string }>();
  let attached = tree?.kind === "dictionary" && tree.entries.has("Kids") ? 1 : 0;
  for (let i = 0; i + 1 < items.length; i += 2) {
    const [name, file] = [items[i], items[i + 1]];
    const entries =
      file?.kind === "reference" || file?.kind === "dictionary" ? get(new Map([["file", file]]), "file") : undefined;
    const spec = entries?.kind === "dictionary" ? entries.entries : undefined;
    const embedded = get(spec, "EF");
    const stream = embedded?.kind === "dictionary" ? get(embedded.entries, "F") : undefined;
    const described = get(spec, "Desc");
    const description = described?.kind === "string" ? textString(described.text) : "";
    const fileName = name?.kind === "string" ? textString(name.text) : "";
    if (
      ![CARRIED_FILE, BESIDE_FILE].includes(fileName) ||
      stream?.kind !== "stream" ||
      !readMarker(description) ||
      attachedTexts.has(fileName)
    )
      attached += 1;
    else attachedTexts.set(fileName, { description, text: unpack(stream).toString("utf8") });
  }
  const [carried, beside] = [attachedTexts.get(CARRIED_FILE), attachedTexts.get(BESIDE_FILE)];
  const marked = carried ? readMarker(carried.description) : null;
  if (!carried || !marked) return { carried: null, attached };
  const edition = readCanonical(carried.text);
  return {
    carried: {
      ...marked,
      fingerprint: namedFingerprint(parts),
      previous: edition.ok ? edition.value.previous : null,
      text: carried.text,
      beside: beside?.text ?? null,
    },
    attached,
  };
}

/** The fingerprint in the first chapter. A PDF states it nowhere else. */
function namedFingerprint(parts: readonly ShownPart[]): string {
  const rows = parts.flatMap(({ name, rows: inside }) =>
    name === "About this schedule" || name === "About this amendment" ? inside : [],
  );
  return cellAt(
    rows.find((row) => cellAt(row, 0) === "Fingerprint (SHA-256)"),
    1,
  );
}

function bookmarksOf({ get }: Objects, catalogue: Dictionary): string[] {
  const titles: string[] = [];
  const visited = new Set<Piece>();
  const walk = (parent: Piece | undefined, depth: number) => {
    let item = parent?.kind === "dictionary" ? get(parent.entries, "First") : undefined;
    while (item?.kind === "dictionary") {
      if (visited.has(item) || depth > LIMITS.checkedDepth) throw malformed();
      visited.add(item);
      const title = get(item.entries, "Title");
      titles.push(
        `${title?.kind === "string" ? textString(title.text) : ""}${item.entries.has("A") ? " (acts when it is opened)" : ""}`,
      );
      walk(item, depth + 1);
      item = get(item.entries, "Next");
    }
  };
  walk(get(catalogue, "Outlines"), 0);
  return titles;
}

function paperOf({ get }: Objects, page: Page | undefined): Paper {
  const box = get(page?.inherited, "MediaBox");
  const sides = box?.kind === "list" ? box.items.map((side) => (side.kind === "number" ? side.value : 0)) : [];
  return sides.includes(612) ? "Letter" : "A4";
}
