import type { Report } from "~/domain/report";
import type { Seal } from "./pdf/seal.server";

/** A report as the bytes of a tagged PDF file. With a seal the file is signed digitally, so that any change to it shows. */
export async function writePdf(report: Report, seal: Seal | null = null): Promise<Uint8Array> {
  // Loaded with the first document: a start need not wait for it.
  const { writeDocument } = await import("./pdf/document.server");
  return writeDocument(report, seal);
}
