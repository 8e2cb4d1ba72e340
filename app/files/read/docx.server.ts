import { DRAWN_BY_HAND } from "~/domain/pack/certificate";
import { readMarker, type CarriedText } from "~/domain/verify/carried";
import type { Difference, ShownPart, ShownRow } from "~/domain/verify/part";
import { CARRIED_NAMESPACE } from "../docx/carried.server";
import { numbersOf, type NumberedParagraph } from "./package/numbers.server";
import { listRelations, relatedPart } from "./package/relations.server";
import { readProperties } from "./package/properties.server";
import { readStylePlaces, type StylePlaces } from "./package/style-places.server";
import { picturesOf } from "./pictures.server";
import type { FixedRow, Room } from "~/domain/verify/room";
import { DESCRIPTIONS, type ReadFile } from "./read-file";
import { requiredPart, savedAfter } from "./workbook.server";
import { readXml } from "./xml.server";
import type { Archive } from "./zip.server";

/** The chapter with blank lines that signatories fill in by hand. */
const SIGNATURES = "Signatures";
const BEGINNING = "Beginning";

/** Parses a DOCX file: each chapter becomes a part, each paragraph or table row becomes a row. */
export async function readDocument(archive: Archive, main: string): Promise<ReadFile> {
  const styles = await readStylePlaces(archive, main);
  const body = await readBody(await requiredPart(archive, main), styles);
  const { parts, covered } = body;
  const savedBy = await savedAfter(archive);
  const { carried, count } = await readCarried(archive);
  const numbering = await relatedPart(archive, main, "numbering");
  const numbers = await numbersOf(numbering === null ? null : await archive.read(numbering), body.numbered);
  const ours =
    carried !== null || parts.some(({ name }) => name === "About this schedule" || name === "About this amendment");
  return {
    format: "docx",
    parts: withoutEscapes(savedBy, [
      ...parts,
      partOf("Head and foot of pages", await headsAndFeet(archive, main, body.heads, styles)),
      partOf(
        "Numbers",
        numbers.map(({ label, text }) => [label, text]),
      ),
      partOf(
        DESCRIPTIONS,
        body.described.map((text) => [text]),
      ),
      partOf("Properties", await readProperties(archive)),
    ]),
    carried,
    covered: [
      ...covered,
      ...(count > 1
        ? [
            {
              kind: "covered" as const,
              part: "",
              subject: "",
              field: "It carries the text of a version more than once.",
              kept: null,
              shown: null,
            },
          ]
        : []),
    ],
    laidOver: [],
    signatureLines: [],
    pictures: await picturesOf(archive, /\/media\//),
    room: { sheets: [], rows: body.fixedRows, tables: body.tables, pages: body.pages },
    paper: body.letter ? "Letter" : "A4",
    ours,
    savedBy,
  };
}

/** LibreOffice writes an underscore before what looks like an escape as an escape, which it reads as an underscore. */
function withoutEscapes(savedBy: string | null, parts: readonly ShownPart[]): ShownPart[] {
  if (savedBy !== "LibreOffice") return [...parts];
  const plain = (text: string) => text.replace(/_x005F_(?=x[0-9A-Fa-f]{4}_)/g, "_");
  return parts.map((part) => ({
    ...part,
    name: plain(part.name),
    rows: part.rows.map((row) => ({ ...row, cells: row.cells.map(plain) })),
  }));
}

function partOf(name: string, rows: readonly (readonly string[])[]): ShownPart {
  return {
    name,
    rows: rows.map((cells) => ({ cells, open: [], hidden: false })),
    hidden: false,
    hiddenColumns: [],
  };
}

/** The list of a paragraph that counts in none. */
const NO_LIST = { list: "0", level: null, style: "" };

/** The long side of Letter paper in twentieths of a point. */
const LETTER_SIDE = "15840";

/** A field that is being read: its instruction, and where its result begins. */
type Field = { instruction: string; from: number | null; paragraph: number };
/** Fields whose result a program counts anew, so that it differs from file to file. */
const COUNTED_FIELD = /^(?:PAGE|NUMPAGES|SECTIONPAGES|PAGEREF \S+)(?: \\\S+)*$/i;

type ParserState = {
  name: string;
  rows: ShownRow[];
  cells: string[] | null;
  text: string;
  style: string;
  level: number | null;
  list: string;
  /** The bookmarks that begin in a paragraph, and the place to which a link leads. */
  bookmarks: string[];
  anchor: string;
  table: number;
  paragraph: number;
  fields: Field[];
  inRun: boolean;
  element: string;
  fixed: number | null;
  /** Widths of a table: of its grid, of the row that is read, and of the widest row. */
  grid: number;
  row: number;
  widest: number;
};

/** A header or footer to which a section refers. */
type Head = { kind: "header" | "footer"; pages: string; id: string };

type Body = {
  parts: ShownPart[];
  covered: Difference[];
  numbered: NumberedParagraph[];
  heads: Head[][];
  described: string[];
  fixedRows: FixedRow[];
  tables: number[];
  pages: Room["pages"];
  letter: boolean;
};

async function readBody(bytes: Uint8Array, styles: StylePlaces): Promise<Body> {
  const body: Body = {
    parts: [],
    covered: [],
    numbered: [],
    heads: [],
    described: [],
    fixedRows: [],
    tables: [],
    pages: [],
    letter: false,
  };
  const state: ParserState = {
    name: BEGINNING,
    rows: [],
    cells: null,
    text: "",
    style: "",
    level: null,
    list: "",
    bookmarks: [],
    anchor: "",
    table: 0,
    paragraph: 0,
    fields: [],
    inRun: false,
    element: "",
    fixed: null,
    grid: 0,
    row: 0,
    widest: 0,
  };
  const targets = new Map<string, readonly string[]>();
  const names = new Map<string, number>();
  // A clause of the parties' own may have the title of another chapter.
  const finishPart = () => {
    const count = (names.get(state.name) ?? 0) + 1;
    names.set(state.name, count);
    const name = count === 1 ? state.name : `${state.name} (${count})`;
    body.parts.push({ name, rows: state.rows, hidden: false, hiddenColumns: [] });
  };
  await readXml(bytes, {
    open(tag, attributes) {
      const value = attributes["w:val"];
      state.element = tag;
      switch (tag) {
        case "r":
          state.inRun = true;
          break;
        case "inline":
          if (state.name !== SIGNATURES) body.covered.push(pictureOver(state));
          break;
        // A drawn signature is a picture. The check compares its bytes with the stored picture.
        case "blip":
          if (state.name === SIGNATURES) state.text += DRAWN_BY_HAND;
          break;
        case "docPr":
          if (attributes.descr) body.described.push(attributes.descr);
          break;
        case "tblCaption":
        case "tblDescription":
          body.described.push(value ?? "");
          break;
        case "tbl":
          state.table += 1;
          if (state.table === 1) [state.grid, state.widest] = [0, 0];
          break;
        case "gridCol":
          if (state.table === 1) state.grid += Number(attributes["w:w"]);
          break;
        case "tcW":
          if (state.table === 1) state.row += Number(attributes["w:w"]);
          break;
        case "tr":
          if (state.table === 1) [state.cells, state.fixed, state.row] = [[], null, 0];
          break;
        case "trHeight":
          if (attributes["w:hRule"] === "exact") state.fixed = Number(value);
          break;
        case "tc":
          if (state.table === 1) state.text = "";
          break;
        case "p":
          state.paragraph += 1;
          if (state.table === 0) state.text = "";
          else if (state.text !== "") state.text += "\n";
          [state.level, state.list, state.style] = [null, "", ""];
          break;
        case "pStyle":
          state.style = value ?? "";
          break;
        case "bookmarkStart":
          state.bookmarks.push(attributes["w:name"] ?? "");
          break;
        case "hyperlink":
          state.anchor = attributes["w:anchor"] ?? "";
          break;
        case "ilvl":
          state.level = Number(value);
          break;
        case "numId":
          state.list = value ?? "";
          break;
        case "sectPr":
          body.heads.push([]);
          break;
        case "pgSz":
          body.pages.push([Number(attributes["w:w"]), Number(attributes["w:h"])]);
          if (attributes["w:w"] === LETTER_SIDE || attributes["w:h"] === LETTER_SIDE) body.letter = true;
          break;
        case "headerReference":
        case "footerReference":
          body.heads.at(-1)?.push({
            kind: tag === "headerReference" ? "header" : "footer",
            pages: attributes["w:type"] ?? "default",
            id: attributes["r:id"] ?? "",
          });
          break;
        case "fldChar":
          readField(state, attributes["w:fldCharType"] ?? "");
          break;
        case "fldSimple":
          state.text += `{${attributes["w:instr"] ?? ""}}`;
          break;
        default:
          if (state.inRun) state.text += signOf(tag, attributes);
      }
    },
    close(tag) {
      state.element = "";
      if (tag === "r") state.inRun = false;
      else if (tag === "tbl") {
        if (state.table === 1) body.tables.push(Math.max(state.grid, state.widest));
        state.table -= 1;
      } else if (tag === "tc" && state.table === 1) state.cells?.push(state.text);
      else if (tag === "tr" && state.table === 1 && state.cells) {
        if (state.fixed !== null) body.fixedRows.push({ text: state.cells.join("\n"), height: state.fixed });
        state.widest = Math.max(state.widest, state.row);
        state.rows.push({
          cells: state.cells,
          open: state.name === SIGNATURES && state.cells.length > 1 ? [1] : [],
          hidden: false,
        });
        state.cells = null;
      } else if (tag === "hyperlink") state.text += placeOf(state.anchor);
      else if (tag === "p") {
        const byStyle = styles.listOf(state.style);
        const { list, level, style } =
          state.list !== "" ? { list: state.list, level: state.level ?? 0, style: "" } : (byStyle ?? NO_LIST);
        if (list !== "0") body.numbered.push({ list, level, style, text: state.text });
        for (const name of state.bookmarks) targets.set(name, [...(targets.get(name) ?? []), state.text]);
        state.bookmarks = [];
        if (state.table > 0) return;
        if (styles.isChapter(state.style)) {
          finishPart();
          [state.name, state.rows] = [state.text, []];
        } else state.rows.push({ cells: [state.text], open: [], hidden: false });
      }
    },
    text(text) {
      const field = state.fields.at(-1);
      if (state.element === "t" || state.element === "delText") state.text += text;
      else if (state.element === "instrText" && field) field.instruction += text;
    },
  });
  finishPart();
  return { ...body, parts: body.parts.map((part) => withTargets(part, targets)) };
}

/** The marks round the name of a bookmark among words. No XML has this character, so no words can equal them. */
const MARK = "\u0000";
const placeOf = (name: string) => `{to ${MARK}${name}${MARK}}`;

/** A part in which the words of the place to which a bookmark leads stand for its name, which is nothing to readers. */
function withTargets(part: ShownPart, targets: ReadonlyMap<string, readonly string[]>): ShownPart {
  const resolved = (text: string) =>
    text.includes(MARK)
      ? text.replace(/\0([^\0]*)\0/g, (_, name: string) => `“${targets.get(name)?.join("” or “") ?? ""}”`)
      : text;
  return { ...part, rows: part.rows.map((row) => ({ ...row, cells: row.cells.map(resolved) })) };
}

function pictureOver({ name, text, cells, rows }: ParserState): Difference {
  return {
    kind: "covered",
    part: name,
    subject: `Near “${(text || cells?.join(" ") || rows.at(-1)?.cells.join(" ") || "").slice(0, 60)}”`,
    field: "a picture or text box may hide words or show others",
    kept: null,
    shown: null,
  };
}

/** What an element within a run shows. */
function signOf(tag: string, attributes: Record<string, string>): string {
  switch (tag) {
    case "br":
      return attributes["w:type"] === "page" ? "" : "\n";
    case "cr":
      return "\n";
    case "tab":
      return "\t";
    case "noBreakHyphen":
      return "\u2011";
    case "softHyphen":
      return "\u00ad";
    case "sym": {
      const code = Number.parseInt(attributes["w:char"] ?? "", 16);
      return Number.isNaN(code) ? "\uFFFD" : String.fromCharCode(code);
    }
    default:
      return "";
  }
}

/** Puts the instruction of a field among the words, so that it is compared, and leaves out a number that is counted. */
function readField(state: ParserState, kind: string): void {
  const { fields } = state;
  const field = fields.at(-1);
  const place = (one: Field) => {
    const instruction = one.instruction.trim().replace(/\s+/g, " ");
    state.text += `{${instruction.replace(/^PAGEREF (\S+)/i, `PAGEREF ${MARK}$1${MARK}`)}}`;
    [one.from, one.paragraph] = [state.text.length, state.paragraph];
  };
  if (kind === "begin") fields.push({ instruction: "", from: null, paragraph: 0 });
  else if (kind === "separate" && field) place(field);
  else if (kind === "end" && field) {
    if (field.from === null) place(field);
    const from = field.from ?? 0;
    if (
      COUNTED_FIELD.test(field.instruction.trim().replace(/\s+/g, " ")) &&
      field.paragraph === state.paragraph &&
      /^\d*$/.test(state.text.slice(from))
    )
      state.text = state.text.slice(0, from);
    fields.pop();
  }
}

/** What stands at the head and foot of the pages of each section. Sections with the same words make one row. */
async function headsAndFeet(
  archive: Archive,
  main: string,
  sections: readonly Head[][],
  styles: StylePlaces,
): Promise<string[][]> {
  const relations = new Map((await listRelations(archive, main)).map(({ id, path }) => [id, path]));
  const words = async (id: string): Promise<string> => {
    const bytes = await archive.read(relations.get(id) ?? "");
    if (!bytes) return "";
    const { parts } = await readBody(bytes, styles);
    return parts
      .flatMap(({ name, rows }) => [
        ...(name === BEGINNING ? [] : [name]),
        ...rows.map(({ cells }) => cells.join("\t")),
      ])
      .filter((line) => line !== "")
      .join("\n");
  };
  const rows: string[][] = [];
  let current = new Map<string, string>();
  for (const section of sections) {
    current = new Map(current);
    for (const { kind, pages, id } of section) current.set(`${pages} ${kind}`, await words(id));
    const row = [
      current.get("default header") ?? "",
      current.get("default footer") ?? "",
      ...["first header", "first footer", "even header", "even footer"].flatMap((place) => current.get(place) ?? []),
    ];
    if (!rows.some((other) => other.join("\u0000") === row.join("\u0000"))) rows.push(row);
  }
  return rows;
}

/**
 * Reads the canonical text from the custom XML part, whatever the number in its file name: programs renumber such
 * parts. Of several the first counts, and how many there are is told.
 */
async function readCarried(archive: Archive): Promise<{ carried: CarriedText | null; count: number }> {
  let found: CarriedText | null = null;
  let count = 0;
  for (const name of archive.names) {
    const bytes = /^customXml\/item\d*\.xml$/.test(name) ? await archive.read(name) : null;
    if (!bytes) continue;
    const item: { root: Record<string, string> | null; text: string } = { root: null, text: "" };
    await readXml(bytes, {
      open(tag, attributes) {
        if (tag === "carried" && Object.values(attributes).includes(CARRIED_NAMESPACE)) item.root = attributes;
      },
      text: (text) => void (item.text += item.root ? text : ""),
    });
    if (!item.root) continue;
    count += 1;
    const { kind, number, fingerprint = "", previous = null, beside } = item.root;
    const marked = readMarker(kind === "version" ? `demarc.version ${number}` : `demarc.${kind}`);
    if (marked)
      found ??= {
        ...marked,
        fingerprint,
        previous,
        text: decoded(item.text),
        beside: beside === undefined ? null : decoded(beside),
      };
  }
  return { carried: found, count };
}

function decoded(base64: string): string {
  return Buffer.from(base64, "base64").toString("utf8");
}
