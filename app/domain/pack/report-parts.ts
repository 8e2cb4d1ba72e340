import { CURRENT_WRITER, type WriterNumber } from "../version/writer";

/**
 * The optional parts of a pack, in the order in which they are written. The title with its facts and the signatures are
 * always included.
 */
export const REPORT_PARTS = [
  "clauses",
  "matrix",
  "duties",
  "escalation",
  "accepted-warnings",
  "changes",
  "by-party",
  "contacts",
] as const;

/** The parts of the first two writers, in their order. */
export const EARLIER_PARTS = [
  "matrix",
  "by-party",
  "boundaries",
  "decisions",
  "definitions",
  "accepted-warnings",
  "changes",
  "contacts",
] as const;
export type ReportPart = (typeof REPORT_PARTS)[number] | (typeof EARLIER_PARTS)[number];

/**
 * The parts without which a file is an extract. Accepted warnings are admissions: they stand in the text that is signed
 * and are printed by choice. The first two writers always printed them.
 */
const SIGNED_PARTS = ["clauses", "matrix", "duties", "escalation"] as const satisfies readonly ReportPart[];
const EARLIER_SIGNED_PARTS = EARLIER_PARTS.filter((part) => part !== "contacts");

export const PART_WORDS: Record<ReportPart, string> = {
  clauses: "Clauses and definitions",
  matrix: "Responsibility matrix",
  duties: "Duties",
  escalation: "Escalation, authority and communication",
  "accepted-warnings": "Accepted warnings",
  changes: "Changes",
  "by-party": "Duties by party",
  contacts: "Contacts",
  boundaries: "Boundary notes",
  decisions: "Decisions and terms",
  definitions: "Definitions",
};

export const PAPERS = ["A4", "Letter"] as const;
export type Paper = (typeof PAPERS)[number];

/** The parts of a pack and its paper size. */
export type PackChoice = { parts: readonly ReportPart[]; paper: Paper };

/** The default pack: the schedule with its annexes but for accepted warnings, and what changed, on A4. */
export const WHOLE_PACK: PackChoice = { parts: [...SIGNED_PARTS, "changes"], paper: "A4" };

/** The parts of a file of a writer that isn't an extract and says nothing of its parts. */
export function wholeParts(writer: WriterNumber): readonly ReportPart[] {
  return writer > 2 ? WHOLE_PACK.parts : EARLIER_SIGNED_PARTS;
}

/** Whether any part is missing without which a file is an extract. */
export function isExtract(parts: readonly ReportPart[], writer: WriterNumber = CURRENT_WRITER): boolean {
  const signed: readonly ReportPart[] = writer > 2 ? SIGNED_PARTS : EARLIER_SIGNED_PARTS;
  return signed.some((part) => !parts.includes(part));
}

/** Which parts a download had, as the log says it; empty where nothing was chosen. */
export function chosenWords(names: string | number | boolean | undefined): string {
  const chosen = REPORT_PARTS.filter((part) =>
    String(names ?? "")
      .split(",")
      .includes(part),
  );
  return chosen.length === 0 ? "" : `, with these parts: ${chosen.map((part) => PART_WORDS[part]).join("; ")}`;
}

/** The parts with the given names, in their order; null when a name is unknown or the list is empty. */
export function partsOf(names: readonly string[]): ReportPart[] | null {
  const wanted = new Set(names);
  const parts: ReportPart[] = REPORT_PARTS.filter((part) => wanted.has(part));
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
