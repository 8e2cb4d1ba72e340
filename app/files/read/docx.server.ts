import { DRAWN_BY_HAND } from "~/domain/pack/certificate";
import { readMarker, type CarriedText } from "~/domain/verify/carried";
import type { Difference, ShownPart, ShownRow } from "~/domain/verify/part";
import { CARRIED_NAMESPACE } from "../docx/carried.server";
import { picturesOf } from "./pictures.server";
import type { ReadFile } from "./read-file";
import { part, savedAfter } from "./workbook.server";
import { readXml } from "./xml.server";
import type { Archive } from "./zip.server";

const DOCUMENT = "word/document.xml";
/** The chapter whose lines are there to be filled in by hand. */
const SIGNATURES = "Signatures";
const BEGINNING = "Beginning";

/** A document taken apart: each chapter is a part, each paragraph or table row a row. */
export async function readDocument(archive: Archive): Promise<ReadFile> {
  const { parts, covered } = await readBody(await part(archive, DOCUMENT));
  const carried = await carriedBy(archive);
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

type Reading = {
  name: string;
  rows: ShownRow[];
  cells: string[] | null;
  text: string;
  style: string;
  depth: { table: number; field: number; unseen: number };
  within: boolean;
  reading: boolean;
};

async function readBody(bytes: Uint8Array): Promise<{ parts: ShownPart[]; covered: Difference[] }> {
  const parts: ShownPart[] = [];
  const covered: Difference[] = [];
  const at: Reading = {
    name: BEGINNING,
    rows: [],
    cells: null,
    text: "",
    style: "",
    depth: { table: 0, field: 0, unseen: 0 },
    within: false,
    reading: false,
  };
  const cover = (how: string) =>
    covered.push({
      kind: "covered",
      part: at.name,
      subject: `Near “${(at.text || at.cells?.join(" ") || at.rows.at(-1)?.cells.join(" ") || "").slice(0, 60)}”`,
      field: how,
      kept: null,
      shown: null,
    });
  const finishPart = () => parts.push({ name: at.name, rows: at.rows, hidden: false, hiddenColumns: [] });
  await readXml(bytes, {
    open(tag, attributes) {
      const value = attributes["w:val"];
      if (tag === "del" || tag === "moveFrom") at.depth.unseen += 1;
      if (tag === "ins" || tag === "del") cover("a tracked change stands here");
      else if (tag === "vanish" && value !== "0" && value !== "false") cover("hidden text stands here");
      else if (
        tag === "txbxContent" ||
        tag === "pict" ||
        tag === "anchor" ||
        (tag === "inline" && at.name !== SIGNATURES)
      )
        cover("a picture or text box may hide words or show others");
      // A drawn signature is a picture; whether it is the one that was given is told by its bytes.
      else if (tag === "blip" && at.name === SIGNATURES) at.text += DRAWN_BY_HAND;
      else if (tag === "tbl") at.depth.table += 1;
      else if (tag === "tr" && at.depth.table === 1) at.cells = [];
      else if (tag === "tc" && at.depth.table === 1) at.text = "";
      else if (tag === "p" && at.depth.table === 0) [at.text, at.style] = ["", ""];
      else if (tag === "p" && at.text !== "") at.text += "\n";
      else if (tag === "pStyle" && at.depth.table === 0) at.style = value ?? "";
      else if (tag === "fldChar")
        at.depth.field += attributes["w:fldCharType"] === "begin" ? 1 : attributes["w:fldCharType"] === "end" ? -1 : 0;
      else if (tag === "br" || tag === "cr") at.text += attributes["w:type"] === "page" ? "" : "\n";
      else if (tag === "tab" && at.within) at.text += "\t";
      if (tag === "r") at.within = true;
      at.reading = tag === "t";
    },
    close(tag) {
      at.reading = false;
      if (tag === "r") at.within = false;
      else if (tag === "del" || tag === "moveFrom") at.depth.unseen -= 1;
      else if (tag === "tbl") at.depth.table -= 1;
      else if (tag === "tc" && at.depth.table === 1) at.cells?.push(at.text);
      else if (tag === "tr" && at.depth.table === 1 && at.cells) {
        at.rows.push({ cells: at.cells, open: at.name === SIGNATURES ? [1] : [], hidden: false });
        at.cells = null;
      } else if (tag === "p" && at.depth.table === 0) {
        if (/^heading1$/i.test(at.style)) {
          finishPart();
          [at.name, at.rows] = [at.text, []];
        } else at.rows.push({ cells: [at.text], open: [], hidden: false });
      }
    },
    text(said) {
      if (at.reading && at.depth.field === 0 && at.depth.unseen === 0) at.text += said;
    },
  });
  finishPart();
  return { parts, covered };
}

/** The custom part with the canonical text, whichever item it became. */
async function carriedBy(archive: Archive): Promise<CarriedText | null> {
  for (const name of archive.names) {
    const bytes = /^customXml\/item\d*\.xml$/.test(name) ? await archive.read(name) : null;
    if (!bytes) continue;
    const found: { root: Record<string, string> | null; text: string } = { root: null, text: "" };
    await readXml(bytes, {
      open(tag, attributes) {
        if (tag === "carried" && Object.values(attributes).includes(CARRIED_NAMESPACE)) found.root = attributes;
      },
      text: (said) => void (found.text += found.root ? said : ""),
    });
    if (!found.root) continue;
    const { kind, number, fingerprint = "", previous = null, beside } = found.root;
    const marked = readMarker(kind === "version" ? `demarc.version ${number}` : `demarc.${kind}`);
    if (marked)
      return {
        ...marked,
        fingerprint,
        previous,
        text: decoded(found.text),
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
