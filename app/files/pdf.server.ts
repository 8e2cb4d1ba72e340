import type { TextDocument } from "~/domain/blocks";
import type { Report } from "~/domain/pack/report";
import type { CallCardsInput } from "./pdf/cards/call-card.server";
import type { Seal } from "./pdf/seal.server";

/**
 * A report as the bytes of a tagged PDF file. With a seal the file is signed digitally, so that readers show any change
 * to it.
 */
export async function writePdf(report: Report, seal: Seal | null = null): Promise<Uint8Array> {
  // The first export loads PDFKit, so that the server starts without it.
  const { writePdfDocument } = await import("./pdf/document.server");
  return writePdfDocument(report, seal);
}

/**
 * A report as a PDF file that the check compares with another. `words` is the text that a signed file has on its
 * certificate. `seal` gives the file the form of a signed one; the signature in it is worth nothing.
 */
export async function writeToCompare(report: Report, words: string | null, seal: Seal | null): Promise<Uint8Array> {
  const { writePdfDocument } = await import("./pdf/document.server");
  return writePdfDocument(report, seal, words);
}

/** Call cards as the bytes of a tagged PDF file. */
export async function writeCallCards(input: CallCardsInput): Promise<Uint8Array> {
  const { writeCallCardsPdf } = await import("./pdf/cards/call-card.server");
  return writeCallCardsPdf(input);
}

/** A document of text as the bytes of a tagged PDF file. */
export async function writeTextPdf(document: TextDocument): Promise<Uint8Array> {
  const { writePdfText } = await import("./pdf/text-document.server");
  return writePdfText(document);
}
