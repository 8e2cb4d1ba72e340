import type { Archive } from "./zip.server";
import { Unreadable } from "./unreadable";
import { readXml } from "./xml.server";

export type SheetEntry = { name: string; hidden: boolean; path: string };
/** Whether the style of a cell has a number format that may alter the text, and whether it unlocks the cell. */
export type CellStyle = { formatted: boolean; open: boolean };

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
  const slash = of.lastIndexOf("/") + 1;
  const bytes = await archive.read(`${of.slice(0, slash)}_rels/${of.slice(slash)}.rels`);
  const relations = new Map<string, { path: string; type: string }>();
  if (!bytes) return relations;
  await readXml(bytes, {
    open(name, { Id = "", Target = "", Type = "", TargetMode }) {
      if (name !== "Relationship" || TargetMode === "External") return;
      relations.set(Id, {
        path: new URL(Target, `zip:///${of}`).pathname.slice(1),
        type: Type.slice(Type.lastIndexOf("/") + 1),
      });
    },
  });
  return relations;
}

/** The sheets of a workbook in their order. */
export async function listSheets(archive: Archive): Promise<SheetEntry[]> {
  const targets = await relationsOf(archive, "xl/workbook.xml");
  const sheets: SheetEntry[] = [];
  await readXml(await requiredPart(archive, "xl/workbook.xml"), {
    open(tag, attributes) {
      const target = tag === "sheet" ? targets.get(attributes["r:id"] ?? attributes["d3p1:id"] ?? "") : undefined;
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

/**
 * The shared strings of a workbook, which cells refer to by index. Phonetic guides of East Asian texts are left out.
 */
export async function sharedTexts(archive: Archive): Promise<string[]> {
  const bytes = await archive.read("xl/sharedStrings.xml");
  const texts: string[] = [];
  if (!bytes) return texts;
  let [text, inText, inPhonetic] = ["", false, false];
  await readXml(bytes, {
    open(name) {
      if (name === "si") text = "";
      else if (name === "rPh") inPhonetic = true;
      inText = name === "t" && !inPhonetic;
    },
    close(name) {
      if (name === "si") texts.push(unescaped(text));
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

/**
 * Number formats that show a text unchanged: “General” and “@”, by their built-in ids. Programs also define them under
 * ids of their own.
 */
const PLAIN_FORMATS = new Set(["", "0", "49"]);

/** The cell styles of a workbook, which cells refer to by index. */
export async function cellStyles(archive: Archive): Promise<CellStyle[]> {
  const bytes = await archive.read("xl/styles.xml");
  const styles: CellStyle[] = [];
  if (!bytes) return styles;
  const plain = new Set(PLAIN_FORMATS);
  let inCellFormats = false;
  await readXml(bytes, {
    open(name, attributes) {
      if (name === "numFmt")
        plain[/^(general|@)$/i.test(attributes.formatCode ?? "") ? "add" : "delete"](attributes.numFmtId ?? "");
      else if (name === "cellXfs") inCellFormats = true;
      else if (inCellFormats && name === "xf")
        styles.push({ formatted: !plain.has(attributes.numFmtId ?? ""), open: false });
      else if (inCellFormats && name === "protection" && (attributes.locked === "0" || attributes.locked === "false"))
        styles.push({ formatted: styles.pop()?.formatted ?? false, open: true });
    },
    close(name) {
      if (name === "cellXfs") inCellFormats = false;
    },
  });
  return styles;
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
