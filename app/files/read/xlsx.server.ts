import { readMarker, type CarriedText } from "~/domain/verify/carried";
import type { Difference, ShownPart } from "~/domain/verify/part";
import { CARRIED_SHEET } from "../xlsx/carried.server";
import { readSheet } from "./sheet.server";
import type { ReadFile } from "./read-file";
import { overlaysOfSheet, picturesOf } from "./pictures.server";
import { cellStyles, listSheets, savedAfter, sharedTexts } from "./workbook.server";
import type { Archive } from "./zip.server";

/** Parses an XLSX file: each sheet becomes a part. */
export async function readWorkbook(archive: Archive): Promise<ReadFile> {
  const [texts, styles] = [await sharedTexts(archive), await cellStyles(archive)];
  const count = { cells: 0 };
  const parts: ShownPart[] = [];
  let covered: Difference[] = foreignParts(archive.names);
  let laidOver: ReadFile["laidOver"] = [];
  let carried: CarriedText | null = null;
  for (const sheet of await listSheets(archive)) {
    const bytes = await archive.read(sheet.path);
    if (!bytes) continue;
    const { name, hidden } = sheet;
    const read = await readSheet(bytes, { name, hidden, texts, styles, count });
    if (name === CARRIED_SHEET) carried = readCarried(read.part);
    else {
      parts.push(read.part);
      covered = covered.concat(read.covered);
      laidOver = laidOver.concat(await overlaysOfSheet(archive, sheet));
    }
  }
  const ours = carried !== null || parts.some(({ name }) => name === "Responsibility matrix");
  return {
    format: "xlsx",
    parts,
    carried,
    covered,
    laidOver,
    pictures: await picturesOf(archive, /^xl\/media\//),
    ours,
    savedBy: await savedAfter(archive),
  };
}

/**
 * Reads the hidden sheet: a marker, two fingerprints, the number of parts of the canonical text and these parts, then
 * the same of the facts that are not in the text.
 */
function readCarried({ rows }: ShownPart): CarriedText | null {
  const [marker = "", fingerprint = "", previous = "", count = "", ...texts] = rows.map(({ cells }) => cells[0] ?? "");
  const marked = readMarker(marker);
  const end = Number(count) || 0;
  const [besideCount, ...besides] = texts.slice(end);
  return (
    marked && {
      ...marked,
      fingerprint,
      previous: previous === "none" ? null : previous,
      text: texts.slice(0, end).join(""),
      beside: besideCount === undefined ? null : besides.slice(0, Number(besideCount) || 0).join(""),
    }
  );
}

const FOREIGN: readonly [RegExp, string][] = [
  [/vbaProject|\/activeX\/|xl\/macrosheets\//i, "It holds macros, which Demarc never writes. Don't run them."],
  [/\/externalLinks\//i, "It draws on another file, which Demarc's never do."],
  [
    /\/embeddings\/|\/model\/|connections\.xml$/i,
    "It holds embedded objects or connections, which Demarc never writes.",
  ],
];

/** Parts that run code or embed other content. Demarc writes none of them. */
function foreignParts(names: readonly string[]): Difference[] {
  return FOREIGN.flatMap(([pattern, how]) =>
    names.some((name) => pattern.test(name))
      ? [{ kind: "covered" as const, part: "", subject: "", field: how, kept: null, shown: null }]
      : [],
  );
}
