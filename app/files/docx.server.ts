import type { Report } from "~/domain/pack/report";

/** A schedule to attach to an agreement, as the bytes of a DOCX file. The same report always gives the same bytes. */
export async function writeDocx(report: Report): Promise<Uint8Array> {
  // The first export loads the library, so that the server starts without it.
  const { writeDocxDocument } = await import("./docx/document.server");
  return writeDocxDocument(report);
}
