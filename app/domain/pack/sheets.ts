import { amendmentTable } from "./amendment-chapters";
import { numberedTitles, type Block, type TextBlock } from "../blocks";
import { withWholeTexts } from "../long-text";
import { dutiesBlock } from "./annex-duties";
import {
  acceptedBlock,
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
  plainText,
  termsBlock,
} from "./chapters";
import { certificateBlocks, type Certificate, type CertificateBlock } from "./certificate";
import { hasReportPart, isSchedule, type Report } from "./report";
import { PART_WORDS } from "./report-parts";
import { acceptedBlocks, clauseChapters, scheduleChapters } from "./schedule-chapters";
import type { ScheduleFrame } from "./schedule-frame";

/** A piece of a sheet: text, the grid, or a signature drawn by hand. */
type SheetBlock = TextBlock | CertificateBlock | { kind: "matrix" };

/** Which sheet it is; all of the kinds that have no place of their own in a report are a `chapter`. */
export type SheetId =
  | "clauses"
  | "matrix"
  | "duties"
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
const FRAMEWORKS = "Numbers of the frameworks, kinds and pressures, which are no part of what is signed";

/** The sheets of a workbook after its cover, in their order. */
export function sheetsOf(report: Report): Sheet[] {
  return isSchedule(report.writer) ? scheduleSheets(report) : earlierSheets(report);
}

/** The sheets of a schedule: its clauses, its annexes, then what stands beside them. */
function scheduleSheets(report: Report): Sheet[] {
  const { frame } = report;
  const alone = report.kind === "amendment";
  const sheets: (Sheet | null)[] = [
    frame && hasReportPart(report, "clauses") ? sheet("clauses", "Clauses", ...clauseBlocks(report, frame)) : null,
    hasReportPart(report, "matrix") ? sheet("matrix", PART_WORDS.matrix, { kind: "matrix" }) : null,
    frame && hasReportPart(report, "duties")
      ? sheet("duties", PART_WORDS.duties, dutiesBlock(PART_WORDS.duties, report, "workbook"))
      : null,
    report.disputes.length > 0
      ? sheet("disputes", DISPUTES, headingText(DISPUTES), disputesNote(report), disputesBlock(report, "workbook"))
      : null,
    ...(hasReportPart(report, "escalation")
      ? report.chapters.map(({ title, blocks }) => sheet("chapter", title, headingText(title), ...blocks))
      : []),
    frame && hasReportPart(report, "accepted-warnings")
      ? sheet(
          "accepted-warnings",
          PART_WORDS["accepted-warnings"],
          headingText(PART_WORDS["accepted-warnings"]),
          ...acceptedBlocks(report, frame, "workbook"),
        )
      : null,
    hasReportPart(report, "changes")
      ? sheet("changes", PART_WORDS.changes, headingText(report.changesFrom), { kind: "list", items: report.changes })
      : null,
    ...(alone || hasReportPart(report, "changes") ? amendmentSheets(report) : []),
    hasReportPart(report, "by-party") ? sheet("by-party", "By party", ...byPartyBlocks(report, "workbook")) : null,
    ...besideSheets(report),
  ];
  return sheets.flatMap((one) => (one ? [{ ...one, blocks: one.blocks.flatMap(wholeBlock) }] : []));
}

function sheet(id: SheetId, name: string, ...blocks: SheetBlock[]): Sheet {
  return { id, name, blocks };
}

function wholeBlock(block: SheetBlock): SheetBlock[] {
  return block.kind === "matrix" || block.kind === "drawing" ? [block] : withWholeTexts([block]);
}

/** The clauses one below the other, each under its numbered title. */
function clauseBlocks(report: Report, frame: ScheduleFrame): TextBlock[] {
  const chapters = clauseChapters(report, frame);
  const titles = numberedTitles(chapters);
  return chapters.flatMap(({ blocks }, i) => [headingText(titles[i] ?? ""), ...blocks]);
}

function amendmentSheets({ amendment }: Report): Sheet[] {
  return amendment
    ? [
        sheet(
          "amendment",
          "Amendment",
          headingText(amendment.title),
          ...amendment.recitals.map(plainText),
          amendmentTable(amendment),
        ),
      ]
    : [];
}

function certificateSheet({ edition }: Report, certificate: Certificate): Sheet {
  const title = "The record of the signatures";
  return sheet(
    "certificate",
    "Certificate",
    headingText(title),
    { kind: "facts", label: title, facts: [{ label: "Fingerprint of the text", value: edition.fingerprint }] },
    ...certificateBlocks(certificate),
  );
}

/** The record of the signatures, what stops them, and what is no part of what is signed. */
function besideSheets(report: Report): Sheet[] {
  const { certificate, blockers } = report;
  const frameworks = hasReportPart(report, "matrix") ? frameworksBlock(FRAMEWORKS_PART, report, "workbook") : null;
  return [
    ...(certificate ? [certificateSheet(report, certificate)] : []),
    ...(blockers.length > 0
      ? [
          sheet("to-settle", "To settle", headingText("What must be settled before this can be signed"), {
            kind: "list",
            items: blockers,
          }),
        ]
      : []),
    ...(hasReportPart(report, "contacts")
      ? [sheet("contacts", "Contacts", headingText(CONTACTS), contactsBlock("Contacts", report, "workbook"))]
      : []),
    ...(frameworks ? [sheet("frameworks", FRAMEWORKS_PART, headingText(FRAMEWORKS), frameworks)] : []),
  ];
}

/** The sheets of the first two writers. */
function earlierSheets(report: Report): Sheet[] {
  const sheets: Sheet[] = [];
  if (hasReportPart(report, "matrix")) sheets.push(sheet("matrix", "Responsibility matrix", { kind: "matrix" }));
  if (hasReportPart(report, "by-party"))
    sheets.push(sheet("by-party", "By party", ...byPartyBlocks(report, "workbook")));
  if (boundariesAlone(report))
    sheets.push(
      sheet(
        "boundaries",
        "Boundary notes",
        headingText("Which part is whose, and where it is handed over"),
        boundaryBlock("Boundary notes", report, "workbook"),
      ),
    );
  if (hasReportPart(report, "decisions"))
    sheets.push(
      sheet(
        "terms",
        "Terms",
        headingText("What else is agreed, duty by duty"),
        termsBlock("Terms", report, "workbook"),
      ),
    );
  for (const { title, blocks } of report.chapters) sheets.push(sheet("chapter", title, headingText(title), ...blocks));
  if (hasReportPart(report, "accepted-warnings"))
    sheets.push(
      sheet(
        "accepted-warnings",
        "Accepted warnings",
        headingText("Warnings accepted with a reason"),
        acceptedBlock("Accepted warnings", report, "workbook"),
      ),
    );
  if (hasReportPart(report, "definitions"))
    sheets.push(
      sheet(
        "definitions",
        "Definitions",
        headingText("What the letters and words mean here"),
        definitionsBlock(report, "workbook"),
      ),
    );
  if (hasReportPart(report, "changes"))
    sheets.push(
      sheet("changes", "Changes", headingText(report.changesFrom), {
        kind: "list",
        items: report.changes,
        none: "No changes to list.",
      }),
    );
  if (report.kind === "amendment" || hasReportPart(report, "changes")) sheets.push(...amendmentSheets(report));
  return [...sheets, ...besideSheets(report)];
}

/**
 * The chapters of plain text after its head, which has what the first one says. They are those of a document, and what
 * has a look of its own there is text here.
 */
export function textChaptersOf(report: Report): Omit<Sheet, "id">[] {
  const chapters = scheduleChapters(report, "text");
  const titles = numberedTitles(chapters);
  return chapters.flatMap(({ blocks }, i) => {
    const written = i === 0 ? blocks.filter(({ kind }) => kind === "paragraph") : blocks;
    const said = written.flatMap((block) => textOf(block, report));
    return said.length === 0 ? [] : [{ name: titles[i] ?? "", blocks: said }];
  });
}

function textOf(block: Block, { signatories, certificate }: Report): SheetBlock[] {
  switch (block.kind) {
    case "contents":
      return [];
    case "matrix":
      return [{ kind: "matrix" }];
    case "signatures":
      return signatories.flatMap(({ party, name, title, organisation, date }): TextBlock[] => [
        headingText(`For ${party}`),
        {
          kind: "facts",
          label: `For ${party}`,
          facts: [
            { label: "Name", value: name },
            { label: "Title", value: title },
            { label: "Organisation", value: organisation },
            { label: "Date", value: date },
          ],
        },
      ]);
    case "certificate":
      return certificate ? certificateBlocks(certificate) : [];
    default:
      return [block];
  }
}

/** Whether the boundary notes stand on their own: a sheet of the matrix has them beside its duties. */
function boundariesAlone(report: Report): boolean {
  return hasReportPart(report, "boundaries") && !hasReportPart(report, "matrix");
}
