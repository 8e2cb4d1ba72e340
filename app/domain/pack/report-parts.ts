/**
 * The optional parts of a pack, in the order in which they are written. The cover and the signatures are always
 * included.
 */
export const REPORT_PARTS = [
  "matrix",
  "by-party",
  "boundaries",
  "decisions",
  "definitions",
  "accepted-warnings",
  "changes",
  "contacts",
] as const;
export type ReportPart = (typeof REPORT_PARTS)[number];

/**
 * The parts that are signed: all except contacts, which change without a new signature and are included only on
 * request.
 */
export const SIGNED_PARTS = REPORT_PARTS.filter((part) => part !== "contacts");

export const PART_WORDS: Record<ReportPart, string> = {
  matrix: "Responsibility matrix",
  "by-party": "Duties by party",
  boundaries: "Boundary notes",
  decisions: "Decisions and terms",
  definitions: "Definitions",
  "accepted-warnings": "Accepted warnings",
  changes: "Changes",
  contacts: "Contacts",
};

export const PAPERS = ["A4", "Letter"] as const;
export type Paper = (typeof PAPERS)[number];

/** The parts of a pack and its paper size. */
export type PackChoice = { parts: readonly ReportPart[]; paper: Paper };

/** The default pack: everything that is signed, on A4. */
export const WHOLE_PACK: PackChoice = { parts: SIGNED_PARTS, paper: "A4" };

/** Whether any signed part is missing. */
export function isExtract(parts: readonly ReportPart[]): boolean {
  return SIGNED_PARTS.some((part) => !parts.includes(part));
}

/** The parts with the given names, in their order; null when a name is unknown or the list is empty. */
export function partsOf(names: readonly string[]): ReportPart[] | null {
  const wanted = new Set(names);
  const parts = REPORT_PARTS.filter((part) => wanted.has(part));
  return parts.length > 0 && parts.length === wanted.size ? parts : null;
}

/** The export formats, in the order of the menu. A zip file contains all the others. */
export const EXPORT_FORMATS = ["xlsx", "docx", "pdf", "zip", "json", "csv", "md"] as const;
export type ExportFormat = (typeof EXPORT_FORMATS)[number];

/** The formats in which an amendment is exported as a separate file. */
export const AMENDMENT_FORMATS = ["xlsx", "docx", "pdf"] as const satisfies readonly ExportFormat[];

/** The formats of escalation paths for on-call tools. They hold no more than the paths, and no file of a pack is one. */
export const ON_CALL_FORMATS = ["on-call", "terraform"] as const;
export type OnCallFormat = (typeof ON_CALL_FORMATS)[number];

const ON_CALL_WORDS: Record<string, string> = {
  "on-call": "a file for on-call tools",
  terraform: "a Terraform file",
};

/** A format as the log says it. Entries of formats that there are no longer keep their names. */
export function formatWords(format: string | number | boolean | undefined): string {
  return ON_CALL_WORDS[String(format)] ?? String(format ?? "a file").toUpperCase();
}
