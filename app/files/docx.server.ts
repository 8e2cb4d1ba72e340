import type { TextDocument } from "~/domain/blocks";
import type { Report } from "~/domain/pack/report";

/** A schedule to attach to an agreement, as the bytes of a DOCX file. The same report always gives the same bytes. */
export async function writeDocx(report: Report): Promise<Uint8Array> {
  // The first export loads the library, so that the server starts without it.
  const { writeDocxDocument } = await import("./docx/document.server");
  return writeDocxDocument(report);
}

/** A document of text as the bytes of a DOCX file. The same document always gives the same bytes. */
export async function writeTextDocx(document: TextDocument): Promise<Uint8Array> {
  const { writeDocxText } = await import("./docx/text-document.server");
  return writeDocxText(document);
}
