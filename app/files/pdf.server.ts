import type { Report } from "~/domain/pack/report";
import type { Seal } from "./pdf/seal.server";

/** A report as the bytes of a tagged PDF file. With a seal the file is signed digitally, so that any change to it shows. */
export async function writePdf(report: Report, seal: Seal | null = null): Promise<Uint8Array> {
  // Loaded with the first document: a start need not wait for it.
  const { writeDocument } = await import("./pdf/document.server");
  return writeDocument(report, seal);
}

/** A report as a PDF file that is to be compared and not handed out: its certificate says what one that is signed says, and nothing signs it. */
export async function writeUnsealed(report: Report, words: string | null): Promise<Uint8Array> {
  const { writeDocument } = await import("./pdf/document.server");
  return writeDocument(report, null, words);
}
