import { createHash } from "node:crypto";
import type { ReadFile } from "./read-file";
import { relations, type SheetPlace } from "./workbook.server";
import { readXml } from "./xml.server";
import type { Archive } from "./zip.server";

/** The SHA-256 of every picture under a folder of a package. */
export async function picturesOf(archive: Archive, folder: RegExp): Promise<string[]> {
  const found: string[] = [];
  for (const name of archive.names) if (folder.test(name)) found.push((await hashOf(archive, name)) ?? "");
  return found;
}

async function hashOf(archive: Archive, name: string): Promise<string | null> {
  const bytes = await archive.read(name);
  return bytes && createHash("sha256").update(bytes).digest("hex");
}

/** Pictures, shapes and text boxes over a sheet: they can hide words or show others. Comments are not among them. */
export async function overSheet(archive: Archive, { name, path }: SheetPlace): Promise<ReadFile["laidOver"]> {
  const found: ReadFile["laidOver"] = [];
  for (const { path: drawing, type } of (await relations(archive, path)).values()) {
    const bytes = type === "drawing" ? await archive.read(drawing) : null;
    if (!bytes) continue;
    const pictures = await relations(archive, drawing);
    const places: (string | null)[] = [];
    await readXml(bytes, {
      open(tag, attributes) {
        if (tag === "blip") places.push(pictures.get(attributes["r:embed"] ?? "")?.path ?? null);
        else if (/^(sp|graphicFrame|cxnSp|AlternateContent)$/.test(tag)) places.push(null);
      },
    });
    for (const place of places)
      found.push({ part: name, picture: place === null ? null : await hashOf(archive, place) });
  }
  return found;
}
