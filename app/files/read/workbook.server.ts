import type { Archive } from "./zip.server";
import { Unreadable } from "./unreadable";
import { readXml } from "./xml.server";

export type SheetPlace = { name: string; hidden: boolean; path: string };
/** What a cell's style says about what it shows: whether a number format stands between, and whether it is open to be filled in. */
export type CellStyle = { formatted: boolean; open: boolean };

/** A part that has to be there. */
export async function part(archive: Archive, name: string): Promise<Uint8Array> {
  const bytes = await archive.read(name);
  if (!bytes)
    throw new Unreadable(
      "part-missing",
      `The workbook's part ${name} is missing. Fetch the file again from where you have it, then check that copy.`,
    );
  return bytes;
}

/** The relations of a part, by id, as paths within the archive. What lies outside it is left out. */
export async function relations(archive: Archive, of: string): Promise<Map<string, { path: string; type: string }>> {
  const slash = of.lastIndexOf("/") + 1;
  const bytes = await archive.read(`${of.slice(0, slash)}_rels/${of.slice(slash)}.rels`);
  const found = new Map<string, { path: string; type: string }>();
  if (!bytes) return found;
  await readXml(bytes, {
    open(name, { Id = "", Target = "", Type = "", TargetMode }) {
      if (name !== "Relationship" || TargetMode === "External") return;
      found.set(Id, {
        path: new URL(Target, `zip:///${of}`).pathname.slice(1),
        type: Type.slice(Type.lastIndexOf("/") + 1),
      });
    },
  });
  return found;
}

/** The sheets of a workbook in their order. */
export async function listSheets(archive: Archive): Promise<SheetPlace[]> {
  const targets = await relations(archive, "xl/workbook.xml");
  const sheets: SheetPlace[] = [];
  await readXml(await part(archive, "xl/workbook.xml"), {
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

/** The workbook's table of texts, which cells name by number. Sound marks of East Asian texts are no part of them. */
export async function sharedTexts(archive: Archive): Promise<string[]> {
  const bytes = await archive.read("xl/sharedStrings.xml");
  const texts: string[] = [];
  if (!bytes) return texts;
  let [text, within, sounds] = ["", false, false];
  await readXml(bytes, {
    open(name) {
      if (name === "si") text = "";
      else if (name === "rPh") sounds = true;
      within = name === "t" && !sounds;
    },
    close(name) {
      if (name === "si") texts.push(unescaped(text));
      else if (name === "rPh") sounds = false;
      within = false;
    },
    text(part) {
      if (within) text += part;
    },
  });
  return texts;
}

/** A cell's text without the escapes that spreadsheets write for characters by their number. */
export function unescaped(text: string): string {
  return text.replace(/_x([0-9A-Fa-f]{4})_/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)));
}

/** Formats that show a text as it is: "General" and "@", under the numbers everybody has for them or under a program's own. */
const PLAIN_FORMATS = new Set(["", "0", "49"]);

/** The styles that cells name by number. */
export async function cellStyles(archive: Archive): Promise<CellStyle[]> {
  const bytes = await archive.read("xl/styles.xml");
  const styles: CellStyle[] = [];
  if (!bytes) return styles;
  const plain = new Set(PLAIN_FORMATS);
  let within = false;
  await readXml(bytes, {
    open(name, attributes) {
      if (name === "numFmt")
        plain[/^(general|@)$/i.test(attributes.formatCode ?? "") ? "add" : "delete"](attributes.numFmtId ?? "");
      else if (name === "cellXfs") within = true;
      else if (within && name === "xf") styles.push({ formatted: !plain.has(attributes.numFmtId ?? ""), open: false });
      else if (within && name === "protection" && (attributes.locked === "0" || attributes.locked === "false"))
        styles.push({ formatted: styles.pop()?.formatted ?? false, open: true });
    },
    close(name) {
      if (name === "cellXfs") within = false;
    },
  });
  return styles;
}

/** The program that saved a workbook after Demarc, or null. */
export async function savedAfter(archive: Archive): Promise<string | null> {
  const [app, core] = [await words(archive, "docProps/app.xml"), await words(archive, "docProps/core.xml")];
  const program = app.get("Application") ?? "";
  if (/libreoffice|openoffice/i.test(program)) return program.split("/", 1)[0] ?? program;
  const by = core.get("lastModifiedBy") ?? "";
  return by === "Demarc" ? null : program || "another program";
}

/** Element → its text, of a part whose elements each stand once. */
async function words(archive: Archive, name: string): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  const bytes = await archive.read(name);
  let at = "";
  if (bytes) {
    await readXml(bytes, {
      open: (element) => (at = element),
      close: () => (at = ""),
      text: (said) => found.set(at, (found.get(at) ?? "") + said),
    });
  }
  return found;
}
