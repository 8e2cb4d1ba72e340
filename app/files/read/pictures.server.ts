import { createHash } from "node:crypto";
import type { ReadFile, SignatureLine } from "./read-file";
import { relationsOf, type SheetEntry } from "./workbook.server";
import { readXml } from "./xml.server";
import type { Archive } from "./zip.server";

/** Every picture under a folder of a package, by its SHA-256. */
export async function picturesOf(archive: Archive, folder: RegExp): Promise<Map<string, Uint8Array>> {
  const pictures = new Map<string, Uint8Array>();
  for (const name of archive.names) {
    const bytes = folder.test(name) ? await archive.read(name) : null;
    if (bytes) pictures.set(createHash("sha256").update(bytes).digest("hex"), bytes);
  }
  return pictures;
}

async function hashOf(archive: Archive, name: string): Promise<string | null> {
  const bytes = await archive.read(name);
  return bytes && createHash("sha256").update(bytes).digest("hex");
}

/** Lists pictures, shapes and text boxes over a sheet with the words that describe them. Comments are left out. */
export async function overlaysOfSheet(archive: Archive, { name, path }: SheetEntry): Promise<ReadFile["laidOver"]> {
  const overlays: ReadFile["laidOver"] = [];
  for (const { path: drawing, type } of (await relationsOf(archive, path)).values()) {
    const bytes = type === "drawing" ? await archive.read(drawing) : null;
    if (!bytes) continue;
    const pictures = await relationsOf(archive, drawing);
    const embedded: { path: string | null; words: string }[] = [];
    let words = "";
    await readXml(bytes, {
      open(tag, attributes) {
        if (tag === "cNvPr") words = attributes.descr ?? "";
        else if (tag === "blip")
          embedded.push({ path: pictures.get(attributes["r:embed"] ?? "")?.path ?? null, words });
        else if (/^(sp|graphicFrame|cxnSp|AlternateContent)$/.test(tag)) embedded.push({ path: null, words });
      },
    });
    for (const { path: picture, words: described } of embedded)
      overlays.push({
        part: name,
        picture: picture === null ? null : await hashOf(archive, picture),
        words: described,
      });
  }
  return overlays;
}

/** The lines over a sheet on which a program offers to sign. */
export async function signatureLinesOfSheet(archive: Archive, { path }: SheetEntry): Promise<SignatureLine[]> {
  const lines: SignatureLine[] = [];
  for (const { path: drawing, type } of (await relationsOf(archive, path)).values()) {
    const bytes = type === "vmlDrawing" ? await archive.read(drawing) : null;
    if (!bytes) continue;
    await readXml(bytes, {
      open(_local, attributes, whole) {
        if (whole === "o:signatureline")
          lines.push({
            name: attributes["o:suggestedsigner"] ?? "",
            role: attributes["o:suggestedsigner2"] ?? "",
            email: attributes["o:suggestedsigneremail"] ?? "",
          });
      },
    });
  }
  return lines;
}
