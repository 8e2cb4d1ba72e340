import { DRAWN_BY_HAND } from "~/domain/pack/certificate";
import { readMarker, type CarriedText } from "~/domain/verify/carried";
import type { Difference, ShownPart, ShownRow } from "~/domain/verify/part";
import { CARRIED_NAMESPACE } from "../docx/carried.server";
import { picturesOf } from "./pictures.server";
import type { ReadFile } from "./read-file";
import { requiredPart, savedAfter } from "./workbook.server";
import { readXml } from "./xml.server";
import type { Archive } from "./zip.server";

const DOCUMENT = "word/document.xml";
/** The chapter with blank lines that signatories fill in by hand. */
const SIGNATURES = "Signatures";
const BEGINNING = "Beginning";

/** Parses a DOCX file: each chapter becomes a part, each paragraph or table row becomes a row. */
export async function readDocument(archive: Archive): Promise<ReadFile> {
  const { parts, covered } = await readBody(await requiredPart(archive, DOCUMENT));
  const carried = await readCarried(archive);
  const ours =
    carried !== null || parts.some(({ name }) => name === "About this schedule" || name === "About this amendment");
  return {
    format: "docx",
    parts,
    carried,
    covered: [...foreignParts(archive.names), ...covered],
    laidOver: [],
    pictures: await picturesOf(archive, /^word\/media\//),
    ours,
    savedBy: await savedAfter(archive),
  };
}

type ParserState = {
  name: string;
  rows: ShownRow[];
  cells: string[] | null;
  text: string;
  style: string;
  depth: { table: number; field: number; removed: number };
  inRun: boolean;
  inText: boolean;
};

async function readBody(bytes: Uint8Array): Promise<{ parts: ShownPart[]; covered: Difference[] }> {
  const parts: ShownPart[] = [];
  const covered: Difference[] = [];
  const state: ParserState = {
    name: BEGINNING,
    rows: [],
    cells: null,
    text: "",
    style: "",
    depth: { table: 0, field: 0, removed: 0 },
    inRun: false,
    inText: false,
  };
  const addCovered = (how: string) =>
    covered.push({
      kind: "covered",
      part: state.name,
      subject: `Near “${(state.text || state.cells?.join(" ") || state.rows.at(-1)?.cells.join(" ") || "").slice(0, 60)}”`,
      field: how,
      kept: null,
      shown: null,
    });
  const finishPart = () => parts.push({ name: state.name, rows: state.rows, hidden: false, hiddenColumns: [] });
  await readXml(bytes, {
    open(tag, attributes) {
      const value = attributes["w:val"];
      if (tag === "del" || tag === "moveFrom") state.depth.removed += 1;
      if (tag === "ins" || tag === "del") addCovered("a tracked change stands here");
      else if (tag === "vanish" && value !== "0" && value !== "false") addCovered("hidden text stands here");
      else if (
        tag === "txbxContent" ||
        tag === "pict" ||
        tag === "anchor" ||
        (tag === "inline" && state.name !== SIGNATURES)
      )
        addCovered("a picture or text box may hide words or show others");
      // A drawn signature is a picture. The check compares its bytes with the stored picture.
      else if (tag === "blip" && state.name === SIGNATURES) state.text += DRAWN_BY_HAND;
      else if (tag === "tbl") state.depth.table += 1;
      else if (tag === "tr" && state.depth.table === 1) state.cells = [];
      else if (tag === "tc" && state.depth.table === 1) state.text = "";
      else if (tag === "p" && state.depth.table === 0) [state.text, state.style] = ["", ""];
      else if (tag === "p" && state.text !== "") state.text += "\n";
      else if (tag === "pStyle" && state.depth.table === 0) state.style = value ?? "";
      else if (tag === "fldChar")
        state.depth.field +=
          attributes["w:fldCharType"] === "begin" ? 1 : attributes["w:fldCharType"] === "end" ? -1 : 0;
      else if (tag === "br" || tag === "cr") state.text += attributes["w:type"] === "page" ? "" : "\n";
      else if (tag === "tab" && state.inRun) state.text += "\t";
      if (tag === "r") state.inRun = true;
      state.inText = tag === "t";
    },
    close(tag) {
      state.inText = false;
      if (tag === "r") state.inRun = false;
      else if (tag === "del" || tag === "moveFrom") state.depth.removed -= 1;
      else if (tag === "tbl") state.depth.table -= 1;
      else if (tag === "tc" && state.depth.table === 1) state.cells?.push(state.text);
      else if (tag === "tr" && state.depth.table === 1 && state.cells) {
        state.rows.push({ cells: state.cells, open: state.name === SIGNATURES ? [1] : [], hidden: false });
        state.cells = null;
      } else if (tag === "p" && state.depth.table === 0) {
        if (/^heading1$/i.test(state.style)) {
          finishPart();
          [state.name, state.rows] = [state.text, []];
        } else state.rows.push({ cells: [state.text], open: [], hidden: false });
      }
    },
    text(text) {
      if (state.inText && state.depth.field === 0 && state.depth.removed === 0) state.text += text;
    },
  });
  finishPart();
  return { parts, covered };
}

/**
 * Reads the canonical text from the custom XML part, whatever the number in its file name: programs renumber such
 * parts.
 */
async function readCarried(archive: Archive): Promise<CarriedText | null> {
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
    const { kind, number, fingerprint = "", previous = null, beside } = item.root;
    const marked = readMarker(kind === "version" ? `demarc.version ${number}` : `demarc.${kind}`);
    if (marked)
      return {
        ...marked,
        fingerprint,
        previous,
        text: decoded(item.text),
        beside: beside === undefined ? null : decoded(beside),
      };
  }
  return null;
}

function decoded(base64: string): string {
  return Buffer.from(base64, "base64").toString("utf8");
}

const FOREIGN: readonly [RegExp, string][] = [
  [/vbaProject|\/activeX\//i, "It holds macros, which Demarc never writes. Don't run them."],
  [/word\/embeddings\//i, "It holds embedded objects, which Demarc never writes."],
];

function foreignParts(names: readonly string[]): Difference[] {
  return FOREIGN.flatMap(([pattern, how]) =>
    names.some((name) => pattern.test(name))
      ? [{ kind: "covered" as const, part: "", subject: "", field: how, kept: null, shown: null }]
      : [],
  );
}
