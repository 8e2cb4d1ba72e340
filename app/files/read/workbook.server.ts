import { plainLook, readLook, type WordLook } from "./package/cell-styles.server";
import { listRelations, relatedPart } from "./package/relations.server";
import type { Archive } from "./zip.server";
import { Unreadable } from "./unreadable";
import { readXml } from "./xml.server";

export type SheetEntry = { name: string; hidden: boolean; path: string };
/** Reads a part and refuses a file that lacks it. */
export async function requiredPart(archive: Archive, name: string): Promise<Uint8Array> {
  const bytes = await archive.read(name);
  if (!bytes)
    throw new Unreadable(
      "part-missing",
      `The workbook's part ${name} is missing. Fetch the file again from where you have it, then check that copy.`,
    );
  return bytes;
}

/** The relations of a part by their ids, as paths within the archive. Relations to external targets are left out. */
export async function relationsOf(archive: Archive, of: string): Promise<Map<string, { path: string; type: string }>> {
  const inside = (await listRelations(archive, of)).filter(({ outside }) => !outside);
  return new Map(inside.map(({ id, path, type }) => [id, { path, type }]));
}

/** The sheets of a workbook in their order. `main` is the part that lists them. */
export async function listSheets(archive: Archive, main: string): Promise<SheetEntry[]> {
  const targets = await relationsOf(archive, main);
  const sheets: SheetEntry[] = [];
  await readXml(await requiredPart(archive, main), {
    open(tag, attributes) {
      const target = tag === "sheet" ? targets.get(attributes["r:id"] ?? "") : undefined;
      if (target)
        sheets.push({
          name: attributes.name ?? "",
          hidden: attributes.state === "hidden" || attributes.state === "veryHidden",
          path: target.path,
        });
    },
  });
  return sheets;
}

/** The rows and columns that a workbook repeats on each page, by the index of the sheet. */
export async function repeatedRows(archive: Archive, main: string): Promise<Map<number, string>> {
  const repeated = new Map<number, string>();
  let sheet: number | null = null;
  await readXml(await requiredPart(archive, main), {
    open(tag, { name, localSheetId }) {
      sheet = tag === "definedName" && name === "_xlnm.Print_Titles" ? Number(localSheetId ?? -1) : null;
    },
    close: () => (sheet = null),
    text(text) {
      if (sheet !== null) repeated.set(sheet, (repeated.get(sheet) ?? "") + text);
    },
  });
  const names = (await listSheets(archive, main)).map(({ name }) => name);
  return new Map([...repeated].map(([index, ranges]) => [index, withoutSheet(ranges, names[index] ?? "")]));
}

/** Ranges of cells without the name of a sheet where it is that one. Another one stays. */
function withoutSheet(ranges: string, name: string): string {
  return ranges.replace(/(?:'((?:[^']|'')*)'|([^,'!]*))!/g, (whole, quoted?: string, plain?: string) =>
    (quoted?.replaceAll("''", "'") ?? plain) === name ? "" : whole,
  );
}

/** A text of a workbook, and the looks of its words where they have their own. */
export type SharedText = { text: string; looks: WordLook[] };

/**
 * The shared strings of a workbook, which cells refer to by index. Phonetic guides of East Asian texts are left out.
 */
export async function sharedTexts(archive: Archive, main: string): Promise<SharedText[]> {
  const path = await relatedPart(archive, main, "sharedStrings");
  const bytes = path === null ? null : await archive.read(path);
  const texts: SharedText[] = [];
  if (!bytes) return texts;
  let [text, inText, inPhonetic] = ["", false, false];
  let looks: WordLook[] = [];
  await readXml(bytes, {
    open(name, attributes) {
      const look = looks.at(-1);
      if (name === "si") [text, looks] = ["", []];
      else if (name === "rPh") inPhonetic = true;
      else if (name === "rPr") looks.push(plainLook());
      else if (look) readLook(look, name, attributes);
      inText = name === "t" && !inPhonetic;
    },
    close(name) {
      if (name === "si") texts.push({ text: unescaped(text), looks });
      else if (name === "rPh") inPhonetic = false;
      inText = false;
    },
    text(piece) {
      if (inText) text += piece;
    },
  });
  return texts;
}

/** The text of a cell, with the escapes for characters by their number decoded. */
export function unescaped(text: string): string {
  return text.replace(/_x([0-9A-Fa-f]{4})_/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)));
}

/** The program that saved a workbook after Demarc, or null. */
export async function savedAfter(archive: Archive): Promise<string | null> {
  const [app, core] = [
    await elementTexts(archive, "docProps/app.xml"),
    await elementTexts(archive, "docProps/core.xml"),
  ];
  const program = app.get("Application") ?? "";
  if (/libreoffice|openoffice/i.test(program)) return program.split("/", 1)[0] ?? program;
  const by = core.get("lastModifiedBy") ?? "";
  return by === "Demarc" ? null : program || "another program";
}

/** The texts of a part by element name. Each element occurs once. */
async function elementTexts(archive: Archive, name: string): Promise<Map<string, string>> {
  const texts = new Map<string, string>();
  const bytes = await archive.read(name);
  let element = "";
  if (bytes) {
    await readXml(bytes, {
      open: (name) => (element = name),
      close: () => (element = ""),
      text: (text) => texts.set(element, (texts.get(element) ?? "") + text),
    });
  }
  return texts;
}
