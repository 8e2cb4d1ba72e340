import { readXml } from "../xml.server";
import type { Archive } from "../zip.server";
import { relatedPart } from "./relations.server";

/** The properties that say something, by their names in the files and in words. */
const SAYING: readonly [string, string][] = [
  ["dc:title", "Title"],
  ["dc:subject", "Subject"],
  ["dc:description", "Description"],
  ["dc:creator", "Author"],
  ["cp:keywords", "Keywords"],
  ["app:Company", "Company"],
];

/** The properties of a package whose words are compared. A property without words is left out. */
export async function readProperties(archive: Archive): Promise<string[][]> {
  const texts = new Map<string, string>();
  for (const type of ["core-properties", "extended-properties"]) {
    const path = await relatedPart(archive, "", type);
    const bytes = path === null ? null : await archive.read(path);
    if (!bytes) continue;
    let current = "";
    await readXml(bytes, {
      open: (_local, _attributes, whole) => (current = whole),
      close: () => (current = ""),
      text: (text) => void texts.set(current, (texts.get(current) ?? "") + text),
    });
  }
  // Some programs write an underscore before what looks like an escape as an escape.
  return SAYING.flatMap(([name, words]) => {
    const text = (texts.get(name) ?? "").replace(/_x005F_(?=x[0-9A-Fa-f]{4}_)/g, "_");
    return text === "" ? [] : [[words, text]];
  });
}
