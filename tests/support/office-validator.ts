import validate from "@ooxml-tools/validate";

/** What Microsoft's own validator of the format finds in a workbook or document: each fault with the place it stands at. */
export async function officeFaults(bytes: Uint8Array, format: "xlsx" | "docx"): Promise<string[]> {
  const faults = await validate(bytes, format, "Microsoft365");
  return faults.map(({ description, path }) => `${path.partUri} ${path.xpath}: ${description}`);
}
