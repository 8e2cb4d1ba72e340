import { beginningOf } from "../beginning";
import { LIMITS } from "../limits";
import { ok, reject, type Result } from "../result";
import { hasVisibleText } from "../text";

/** The types of files signed outside of Demarc that can be uploaded: the file extension and the media type. */
export const PAPER_TYPES = {
  pdf: "application/pdf",
  png: "image/png",
  jpg: "image/jpeg",
  xlsx: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
} as const;
type PaperKind = keyof typeof PAPER_TYPES;

const REFUSED = "Upload the signed file as PDF, PNG, JPEG or Excel workbook (.xlsx).";

/**
 * The type of a signed file, detected from its content, not its name. Other types are refused, among them SVG pictures,
 * which can contain scripts, and workbooks with macros.
 */
export function paperKind(bytes: Uint8Array): Result<PaperKind> {
  if (bytes.length === 0) return reject("paper-empty", "The file is empty. Choose the signed one.");
  if (bytes.length > LIMITS.paperBytes)
    return reject(
      "paper-large",
      `The file is larger than ${LIMITS.paperBytes / 1_000_000} MB. Scan it with fewer dots, or save it as PDF.`,
    );
  // Some scanners write bytes before the header of a PDF. Readers look for it in the first 1,024 bytes (ISO 32000-1,
  // annex H).
  if (latin(bytes.subarray(0, 1_024)).includes("%PDF-")) return ok("pdf");
  if (startsWith(bytes, [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])) return ok("png");
  if (startsWith(bytes, [0xff, 0xd8, 0xff])) return ok("jpg");
  if (startsWith(bytes, [0x50, 0x4b, 0x03, 0x04])) {
    const names = latin(bytes);
    if (names.includes("xl/vbaProject.bin"))
      return reject(
        "paper-macros",
        "This workbook holds macros. Save it without them, as .xlsx, or upload a PDF of it.",
      );
    if (names.includes("xl/workbook.xml")) return ok("xlsx");
  }
  return reject("paper-kind", `This is none of the files that can be kept here. ${REFUSED}`);
}

/** The longest file name in bytes, without its extension. Every file system allows it. */
const MAX_NAME_BYTES = 200;

/** The stored name of a file: without a folder, with the extension of its real type. */
export function paperName(name: string, kind: PaperKind): string {
  const plain = (name.split(/[\\/]/).at(-1) ?? "")
    .replace(/[\p{C}<>:"|?*]/gu, "")
    .replace(/\.[A-Za-z0-9]{1,5}$/, "")
    .trim();
  return `${hasVisibleText(plain) ? beginningOf(plain, MAX_NAME_BYTES).trim() : "signed"}.${kind}`;
}

function startsWith(bytes: Uint8Array, head: readonly number[]): boolean {
  return head.every((byte, i) => bytes[i] === byte);
}

function latin(bytes: Uint8Array): string {
  return new TextDecoder("latin1").decode(bytes);
}
