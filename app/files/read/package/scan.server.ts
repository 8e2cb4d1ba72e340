import type { Difference } from "~/domain/verify/part";
import {
  DOCUMENT_BODY,
  DOCUMENT_EVERYWHERE,
  DOCUMENT_NOTES,
  DOCUMENT_NUMBERS,
  DOCUMENT_SETTINGS,
  DOCUMENT_STYLES,
} from "~/domain/verify/harmless/document-list";
import { EMPTY_PROPERTIES, PACKAGE_PARTS, PROPERTIES, RELATIONS, THEME } from "~/domain/verify/harmless/package-list";
import { rulesOf, unknownIn, type HarmlessRules } from "~/domain/verify/harmless/rules";
import { unknownPart, unknownWords } from "~/domain/verify/harmless/unknown-words";
import {
  CELL_STYLES,
  SHEET,
  SHEET_DRAWING,
  SIGNATURE_LINES,
  STRINGS,
  WORKBOOK,
  WORKBOOK_EVERYWHERE,
} from "~/domain/verify/harmless/workbook-list";
import { listSheets } from "../workbook.server";
import { readXml } from "../xml.server";
import type { Archive } from "../zip.server";
import { scanWords } from "./document-words.server";
import { readStyles } from "./document-look.server";
import { listRelations, mainPart, relationsPart } from "./relations.server";

/** How a kind of part is examined: by which rules, and which of its elements may hold text. */
type Examined = { rules: HarmlessRules; texts: RegExp };

const inDocument = (lines: Parameters<typeof rulesOf>[0], texts: RegExp): Examined => ({
  rules: rulesOf(lines, DOCUMENT_EVERYWHERE),
  texts,
});
const inWorkbook = (lines: Parameters<typeof rulesOf>[0], texts: RegExp): Examined => ({
  rules: rulesOf(lines, WORKBOOK_EVERYWHERE),
  texts,
});
const NO_TEXT = /^$/;
const WORDS = inDocument(DOCUMENT_BODY, /^w:(?:t|instrText)$/);
const NOTES = inDocument(DOCUMENT_NOTES, NO_TEXT);
const SETTINGS = inDocument(DOCUMENT_SETTINGS, NO_TEXT);
const PROPERTY = inDocument(PROPERTIES, /^(?:cp|dc|dcterms|app|vt):/);
const LISTS = inDocument(PACKAGE_PARTS, NO_TEXT);
const DRAWING = inWorkbook(SHEET_DRAWING, /^xdr:(?:col|colOff|row|rowOff)$/);
const THEMES = inDocument(THEME, NO_TEXT);

/** How parts are examined, by the relation that leads to them. The body and the list of sheets depend on the format. */
const BY_RELATION: Record<"docx" | "xlsx", Record<string, Examined>> = {
  docx: {
    officeDocument: WORDS,
    header: WORDS,
    footer: WORDS,
    styles: inDocument(DOCUMENT_STYLES, NO_TEXT),
    numbering: inDocument(DOCUMENT_NUMBERS, NO_TEXT),
    settings: SETTINGS,
    webSettings: SETTINGS,
    fontTable: SETTINGS,
    footnotes: NOTES,
    endnotes: NOTES,
    theme: THEMES,
    "core-properties": PROPERTY,
    "extended-properties": PROPERTY,
    "custom-properties": PROPERTY,
  },
  xlsx: {
    officeDocument: inWorkbook(WORKBOOK, /^definedName$/),
    worksheet: inWorkbook(SHEET, /^(?:v|t|f|(?:odd|even|first)(?:Header|Footer))$/),
    sharedStrings: inWorkbook(STRINGS, /^t$/),
    styles: inWorkbook(CELL_STYLES, NO_TEXT),
    drawing: DRAWING,
    vmlDrawing: inWorkbook(SIGNATURE_LINES, /^x:(?:Anchor|CF)$/),
    theme: THEMES,
    "core-properties": PROPERTY,
    "extended-properties": PROPERTY,
    "custom-properties": PROPERTY,
  },
};
const RELATION_TYPES = new Set(RELATIONS.flatMap(({ names }) => names));
/** Parts that nothing shows, or whose bytes are compared elsewhere. */
const UNSHOWN = ["image", "customXml", "customXmlProps", "printerSettings"];
const CONTENT_TYPES = "[Content_Types].xml";

/**
 * Everything in a package that isn't on the lists of harmless things: parts, relations, elements, attributes and looks
 * of words. Parts for which `isWritten` holds are equal to what Demarc writes and aren't examined.
 */
export async function scanPackage(
  archive: Archive,
  format: "docx" | "xlsx",
  isWritten: (name: string) => boolean,
): Promise<Difference[]> {
  const found: Difference[] = [];
  const names = new Set<string>();
  const add = (part: string, subject: string, field: string) => {
    const key = `${part}\u0000${subject}\u0000${field}`;
    if (!names.has(key)) found.push({ kind: "covered", part, subject, field, kept: null, shown: null });
    names.add(key);
  };
  if (!archive.whole) add("", "", "Something stands between its parts, where another program may read it.");
  const reached = await reachParts(archive, (field) => add("", "", field));
  const lists = ["", ...reached.keys()].map(relationsPart);
  const main = (await mainPart(archive))?.path ?? "";
  const sheetNames = new Map(
    format === "xlsx" ? (await listSheets(archive, main)).map(({ path, name }) => [path, name]) : [],
  );
  for (const name of archive.names) {
    if (isWritten(name) || name.endsWith("/")) continue;
    const relation = reached.get(name);
    const examined = name === CONTENT_TYPES || lists.includes(name) ? LISTS : BY_RELATION[format][relation ?? ""];
    if (examined) {
      const bytes = await archive.read(name);
      if (!bytes) continue;
      const part = sheetNames.get(name) ?? "";
      for (const field of await unknownElements(bytes, examined, [...sheetNames.values()]))
        add(part, `In ${name}`, field);
    } else if (relation === undefined || !UNSHOWN.includes(relation)) add("", "", unknownPart(name));
  }
  // How words look follows from the styles and the theme, too, whichever of the parts was changed.
  if (format === "docx") {
    const styles = await readStyles(archive, main);
    for (const [name, relation] of reached) {
      const bytes = BY_RELATION.docx[relation] === WORDS ? await archive.read(name) : null;
      if (bytes) for (const { near, field } of await scanWords(bytes, styles)) add("", near, field);
    }
  }
  return found;
}

/** The parts that relations lead to, each with the kind of the first relation to it. */
async function reachParts(archive: Archive, add: (field: string) => void): Promise<Map<string, string>> {
  const reached = new Map<string, string>();
  const waiting = [""];
  for (let of = waiting.shift(); of !== undefined; of = waiting.shift()) {
    for (const { path, type, outside } of await listRelations(archive, of)) {
      if (!RELATION_TYPES.has(type) || (type === "officeDocument" && [...reached.values()].includes(type)))
        add(unknownPart(type));
      else if (outside) add("It refers to something outside the file, which Demarc's files never do.");
      if (outside || reached.has(path)) continue;
      reached.set(path, type);
      waiting.push(path);
    }
  }
  return reached;
}

/** What in a part no list has. */
async function unknownElements(
  bytes: Uint8Array,
  { rules, texts }: Examined,
  sheets: readonly string[],
): Promise<string[]> {
  const found = new Set<string>();
  const open: string[] = [];
  const contents: string[] = [];
  await readXml(bytes, {
    open(_local, attributes, whole) {
      open.push(whole);
      contents.push("");
      const unknown = unknownIn(rules, whole, attributes);
      if (unknown) found.add(unknownWords(whole, unknown.attribute, unknown.value));
    },
    close(_local, whole) {
      open.pop();
      const content = (contents.pop() ?? "").trim();
      if (content === "") return;
      const empty = EMPTY_PROPERTIES[whole];
      if (!texts.test(whole) || (empty && !empty.test(content)) || (whole === "vt:lpstr" && !isListed(content, sheets)))
        found.add(`words where none belong (${whole}: “${content.slice(0, 60)}”)`);
    },
    text(text) {
      if (contents.length > 0) contents[contents.length - 1] += text;
    },
  });
  return [...found];
}

/** Whether a text in the list of a workbook's parts is the name of a sheet, or the heading of a list of them. */
function isListed(text: string, sheets: readonly string[]): boolean {
  return sheets.includes(text) || /^\p{L}{1,20}(?: \p{L}{1,20})?$|!Print_Titles$/u.test(text);
}
