import type { TextBlock } from "../blocks";
import {
  acceptedBlock,
  amendmentTable,
  boundaryBlock,
  byPartyBlocks,
  contactsBlock,
  definitionsBlock,
  DISPUTES,
  disputesBlock,
  disputesNote,
  FRAMEWORKS_PART,
  frameworksBlock,
  headingText,
  partyListBlock,
  partyLists,
  plainText,
  STRUCK,
  struckBlock,
  termsBlock,
} from "./chapters";
import { certificateBlocks, type CertificateBlock } from "./certificate";
import { hasReportPart, type Report } from "./report";

/** A piece of a sheet: text, the grid, or a signature drawn by hand. */
type SheetBlock = TextBlock | CertificateBlock | { kind: "matrix" };

/** Which sheet it is; all of the kinds that have no place of their own in a report are a `chapter`. */
export type SheetId =
  | "matrix"
  | "by-party"
  | "boundaries"
  | "terms"
  | "chapter"
  | "disputes"
  | "accepted-warnings"
  | "definitions"
  | "changes"
  | "amendment"
  | "certificate"
  | "to-settle"
  | "contacts"
  | "frameworks";

/** A chapter of a report as a sheet with a name. */
export type Sheet = { id: SheetId; name: string; blocks: SheetBlock[] };

const CONTACTS = "Contacts, which are no part of what is signed";
const FRAMEWORKS = "Numbers of the frameworks, which are no part of what is signed";

/** The sheets of a workbook after its cover, in their order. */
export function sheetsOf(report: Report): Sheet[] {
  const { amendment, certificate, blockers } = report;
  const sheet = (id: SheetId, name: string, heading: string, ...blocks: SheetBlock[]): Sheet => ({
    id,
    name,
    blocks: [headingText(heading), ...blocks],
  });
  const sheets: Sheet[] = [];
  if (hasReportPart(report, "matrix"))
    sheets.push({ id: "matrix", name: "Responsibility matrix", blocks: [{ kind: "matrix" }] });
  if (hasReportPart(report, "by-party"))
    sheets.push({ id: "by-party", name: "By party", blocks: byPartyBlocks(report, "workbook") });
  if (boundariesAlone(report))
    sheets.push(
      sheet(
        "boundaries",
        "Boundary notes",
        "Which part is whose, and where it is handed over",
        boundaryBlock("Boundary notes", report, "workbook"),
      ),
    );
  if (hasReportPart(report, "decisions"))
    sheets.push(sheet("terms", "Terms", "What else is agreed, duty by duty", termsBlock("Terms", report, "workbook")));
  for (const { title, blocks } of report.chapters) sheets.push(sheet("chapter", title, title, ...blocks));
  if (report.disputes.length > 0)
    sheets.push(sheet("disputes", DISPUTES, DISPUTES, disputesNote(report), disputesBlock(report, "workbook")));
  if (hasReportPart(report, "accepted-warnings"))
    sheets.push(
      sheet(
        "accepted-warnings",
        "Accepted warnings",
        "Warnings accepted with a reason",
        acceptedBlock("Accepted warnings", report, "workbook"),
      ),
    );
  if (hasReportPart(report, "definitions"))
    sheets.push(
      sheet("definitions", "Definitions", "What the letters and words mean here", definitionsBlock(report, "workbook")),
    );
  if (hasReportPart(report, "changes"))
    sheets.push(
      sheet("changes", "Changes", report.changesFrom, {
        kind: "list",
        items: report.changes,
        none: "No changes to list.",
      }),
    );
  if (amendment && (report.kind === "amendment" || hasReportPart(report, "changes")))
    sheets.push(
      sheet("amendment", "Amendment", amendment.title, ...amendment.recitals.map(plainText), amendmentTable(amendment)),
    );
  if (certificate)
    sheets.push(
      sheet(
        "certificate",
        "Certificate",
        "The record of the signatures",
        {
          kind: "facts",
          label: "The record of the signatures",
          facts: [{ label: "Fingerprint of the text", value: report.edition.fingerprint }],
        },
        ...certificateBlocks(certificate),
      ),
    );
  if (blockers.length > 0)
    sheets.push(
      sheet("to-settle", "To settle", "What must be settled before this can be signed", {
        kind: "list",
        items: blockers,
      }),
    );
  if (hasReportPart(report, "contacts"))
    sheets.push(sheet("contacts", "Contacts", CONTACTS, contactsBlock("Contacts", report, "workbook")));
  const frameworks = hasReportPart(report, "matrix") ? frameworksBlock(FRAMEWORKS_PART, report, "workbook") : null;
  if (frameworks) sheets.push(sheet("frameworks", "Framework numbers", FRAMEWORKS, frameworks));
  return sheets;
}

/** The chapters of plain text after its head, in their order. Each list of a party's duties is one of its own. */
export function textChaptersOf(report: Report): Omit<Sheet, "id">[] {
  const { certificate } = report;
  const chapters: Omit<Sheet, "id">[] = [];
  const chapter = (name: string, ...blocks: SheetBlock[]) => chapters.push({ name, blocks });
  if (hasReportPart(report, "matrix")) chapter("Responsibility matrix", { kind: "matrix" });
  if (hasReportPart(report, "by-party"))
    for (const list of partyLists(report, "text")) chapter(list.title, partyListBlock(list, "text"));
  if (hasReportPart(report, "by-party") && report.struck.length > 0) chapter(STRUCK, struckBlock(report, "text"));
  if (boundariesAlone(report)) chapter("Boundary notes", boundaryBlock("Boundary notes", report, "text"));
  if (hasReportPart(report, "decisions")) chapter("Terms", termsBlock("Terms", report, "text"));
  for (const { title, blocks } of report.chapters) chapter(title, ...blocks);
  if (report.disputes.length > 0) chapter(DISPUTES, disputesNote(report), disputesBlock(report, "text"));
  if (hasReportPart(report, "accepted-warnings"))
    chapter("Accepted warnings", acceptedBlock("Accepted warnings", report, "text"));
  if (hasReportPart(report, "definitions")) chapter("Definitions", definitionsBlock(report, "text"));
  if (hasReportPart(report, "changes"))
    chapter("Changes", plainText(report.changesFrom), { kind: "list", items: report.changes });
  if (certificate) chapter("Certificate", ...certificateBlocks(certificate));
  if (hasReportPart(report, "contacts")) chapter(CONTACTS, contactsBlock("Contacts", report, "text"));
  return chapters;
}

/** Whether the boundary notes stand on their own: a sheet of the matrix has them beside its duties. */
function boundariesAlone(report: Report): boolean {
  return hasReportPart(report, "boundaries") && !hasReportPart(report, "matrix");
}
