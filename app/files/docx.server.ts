import type { Report } from "~/domain/pack/report";

/** A schedule to attach to an agreement, as the bytes of a DOCX file. The same report always gives the same bytes. */
export async function writeDocx(report: Report): Promise<Uint8Array> {
  // Loaded with the first document: a start need not wait for it.
  const { writeDocument } = await import("./docx/document.server");
  return writeDocument(report);
}
