import { readMarker, type Carried } from "~/domain/verify/carried";
import type { Difference, ShownPart } from "~/domain/verify/part";
import { CARRIED_SHEET } from "../xlsx/carried.server";
import type { ReadFile } from "./read-file";
import { readSheet } from "./sheet.server";
import { cellStyles, listSheets, relations, savedAfter, sharedTexts, type SheetPlace } from "./workbook.server";
import { readXml } from "./xml.server";
import type { Archive } from "./zip.server";

/** A workbook taken apart. */
export async function readWorkbook(archive: Archive): Promise<ReadFile> {
  const [texts, styles] = [await sharedTexts(archive), await cellStyles(archive)];
  const count = { cells: 0 };
  const parts: ShownPart[] = [];
  const covered: Difference[] = foreignParts(archive.names);
  let carried: Carried | null = null;
  for (const sheet of await listSheets(archive)) {
    const bytes = await archive.read(sheet.path);
    if (!bytes) continue;
    const { name, hidden } = sheet;
    const read = await readSheet(bytes, { name, hidden, texts, styles, count });
    if (name === CARRIED_SHEET) carried = carriedBy(read.part);
    else {
      parts.push(read.part);
      covered.push(...read.covered, ...(await laidOver(archive, sheet)));
    }
  }
  const ours = carried !== null || parts.some(({ name }) => name === "Responsibility matrix");
  return { format: "xlsx", parts, carried, covered, ours, savedBy: await savedAfter(archive) };
}

/** The text of the hidden sheet: a marker, two fingerprints, how many parts there are, and the parts. */
function carriedBy({ rows }: ShownPart): Carried | null {
  const [marker = "", fingerprint = "", previous = "", count = "", ...texts] = rows.map(({ cells }) => cells[0] ?? "");
  const told = readMarker(marker);
  return told && { ...told, fingerprint, previous: previous === "none" ? null : previous, text: texts.slice(0, Number(count) || 0).join("") };
}

const FOREIGN: readonly [RegExp, string][] = [
  [/vbaProject|\/activeX\/|xl\/macrosheets\//i, "It holds macros, which Demarc never writes. Don't run them."],
  [/\/externalLinks\//i, "It draws on another file, which Demarc's never do."],
  [/\/embeddings\/|\/model\/|connections\.xml$/i, "It holds embedded objects or connections, which Demarc never writes."],
];

/** Parts that no file of Demarc's has, and that can act or show by themselves. */
function foreignParts(names: readonly string[]): Difference[] {
  return FOREIGN.flatMap(([pattern, how]) => (names.some((name) => pattern.test(name)) ? [{ kind: "covered" as const, part: "", subject: "", field: how, kept: null, shown: null }] : []));
}

/** Pictures, shapes and text boxes over a sheet: they can hide words or show others. Drawings for signature lines and comments are not among them. */
async function laidOver(archive: Archive, { name, path }: SheetPlace): Promise<Difference[]> {
  let objects = 0;
  for (const { path: drawing, type } of (await relations(archive, path)).values()) {
    const bytes = type === "drawing" ? await archive.read(drawing) : null;
    if (bytes) await readXml(bytes, { open: (tag) => void (objects += /^(twoCell|oneCell|absolute)Anchor$/.test(tag) ? 1 : 0) });
  }
  return objects === 0 ? [] : [{ kind: "covered", part: name, subject: objects === 1 ? "A picture or shape" : `${objects} pictures or shapes`, field: "may hide words or show others", kept: null, shown: null }];
}
