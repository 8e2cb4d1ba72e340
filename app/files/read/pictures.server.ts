import { createHash } from "node:crypto";
import type { ReadFile } from "./read-file";
import { relationsOf, type SheetEntry } from "./workbook.server";
import { readXml } from "./xml.server";
import type { Archive } from "./zip.server";

/** The SHA-256 of every picture under a folder of a package. */
export async function picturesOf(archive: Archive, folder: RegExp): Promise<string[]> {
  const hashes: string[] = [];
  for (const name of archive.names) if (folder.test(name)) hashes.push((await hashOf(archive, name)) ?? "");
  return hashes;
}

async function hashOf(archive: Archive, name: string): Promise<string | null> {
  const bytes = await archive.read(name);
  return bytes && createHash("sha256").update(bytes).digest("hex");
}

/** Lists pictures, shapes and text boxes over a sheet, which can hide words or show others. Comments are left out. */
export async function overlaysOfSheet(archive: Archive, { name, path }: SheetEntry): Promise<ReadFile["laidOver"]> {
  const overlays: ReadFile["laidOver"] = [];
  for (const { path: drawing, type } of (await relationsOf(archive, path)).values()) {
    const bytes = type === "drawing" ? await archive.read(drawing) : null;
    if (!bytes) continue;
    const pictures = await relationsOf(archive, drawing);
    const embedded: (string | null)[] = [];
    await readXml(bytes, {
      open(tag, attributes) {
        if (tag === "blip") embedded.push(pictures.get(attributes["r:embed"] ?? "")?.path ?? null);
        else if (/^(sp|graphicFrame|cxnSp|AlternateContent)$/.test(tag)) embedded.push(null);
      },
    });
    for (const picture of embedded)
      overlays.push({ part: name, picture: picture === null ? null : await hashOf(archive, picture) });
  }
  return overlays;
}
