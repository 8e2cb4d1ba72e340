/** What a pack is made of beside its cover, definitions of order and signatures, in the order in which it is written. */
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

/** Contacts change without a new signature: they stand beside the signed body, and only where somebody asks for them. */
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

/** Which parts to write, on which paper. */
export type Choice = { parts: readonly ReportPart[]; paper: Paper };

/** Everything that is signed, on A4. */
export const WHOLE: Choice = { parts: SIGNED_PARTS, paper: "A4" };

/** Whether something of the signed body is left out. */
export function isExtract(parts: readonly ReportPart[]): boolean {
  return SIGNED_PARTS.some((part) => !parts.includes(part));
}

/** The parts that a list of names chooses, each once and in their order; null where one is unknown or none is named. */
export function partsOf(names: readonly string[]): ReportPart[] | null {
  const wanted = new Set(names);
  const parts = REPORT_PARTS.filter((part) => wanted.has(part));
  return parts.length > 0 && parts.length === wanted.size ? parts : null;
}

/** The formats that a matrix is exported in, in the order they are offered; zip is all the others in one file. */
export const EXPORT_FORMATS = ["xlsx", "docx", "pdf", "zip", "json", "csv", "md"] as const;
export type ExportFormat = (typeof EXPORT_FORMATS)[number];

/** The formats of which an amendment is a file of its own. */
export const AMENDMENT_FORMATS = ["xlsx", "docx", "pdf"] as const satisfies readonly ExportFormat[];
