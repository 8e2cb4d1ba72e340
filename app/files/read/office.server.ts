import { readDocument } from "./docx.server";
import { mainPart } from "./package/relations.server";
import type { ReadFile } from "./read-file";
import { Unreadable } from "./unreadable";
import { readWorkbook } from "./xlsx.server";
import type { Archive } from "./zip.server";

/** Other formats of documents and workbooks, and the format in which to save them for the check. */
const OPEN_DOCUMENT: readonly [RegExp, string, string][] = [
  [/opendocument\.spreadsheet/, "a spreadsheet in the OpenDocument format (ODS)", "XLSX"],
  [/opendocument\.text/, "a document in the OpenDocument format (ODT)", "DOCX"],
];

/** Parses a workbook or a document, whose kind its first part tells. */
export async function readOffice(archive: Archive): Promise<ReadFile> {
  const kind = archive.names.includes("mimetype") ? await archive.read("mimetype") : null;
  const other = OPEN_DOCUMENT.find(([pattern]) => pattern.test(Buffer.from(kind ?? []).toString("latin1")));
  if (other)
    throw new Unreadable(
      "open-document",
      `This is ${other[1]}, which can't be compared. Save it as ${other[2]}, then check that copy.`,
    );
  const main = await mainPart(archive);
  if (main?.root === "workbook") return readWorkbook(archive, main.path);
  if (main?.root === "document") return readDocument(archive, main.path);
  throw new Unreadable(
    "other-zip",
    "This is an archive, but neither a workbook nor a document. Unpack it and check the files in it. Choose an XLSX, DOCX, PDF or JSON file that Demarc exported.",
  );
}
