import { amendedBlocks } from "./amendment-chapters";
import type { Block, Chapter } from "../blocks";
import {
  acceptedBlock,
  boundaryBlock,
  byPartyBlocks,
  contactsBlock,
  definitionsBlock,
  headingText,
  matrixBlocks,
  plainText,
  quietText,
  termsBlock,
} from "./chapters";
import { hasReportPart, isSchedule, type Report } from "./report";
import { PART_WORDS } from "./report-parts";
import { scheduleChapters } from "./schedule-chapters";

const FORM = "document";

/** The chapters of a report. DOCX and PDF both write exactly these, in this order. */
export function outlineOf(report: Report): Chapter[] {
  return isSchedule(report.writer) ? scheduleChapters(report, FORM) : earlierChapters(report);
}

/** The chapters of the first two writers. */
function earlierChapters(report: Report): Chapter[] {
  const chapter = (title: string, blocks: Block[], { landscape = false, own = false } = {}): Chapter => ({
    title,
    series: "clause",
    landscape,
    own,
    blocks,
  });
  const chapters: Chapter[] = [
    chapter(report.kind === "amendment" ? "About this amendment" : "About this schedule", about(report)),
  ];
  if (report.kind === "amendment" && report.amendment) {
    chapters.push(chapter("Amended duties", amendedBlocks(report.amendment)));
    if (report.amendment.frame.length > 0)
      chapters.push(chapter("Other changes", [{ kind: "list", items: report.amendment.frame }]));
  }
  if (hasReportPart(report, "definitions"))
    chapters.push(
      chapter(PART_WORDS.definitions, [
        plainText("In this schedule these letters and words mean:"),
        definitionsBlock(report, FORM),
      ]),
    );
  if (hasReportPart(report, "matrix"))
    chapters.push(chapter(PART_WORDS.matrix, matrixBlocks(report), { landscape: true, own: true }));
  if (hasReportPart(report, "by-party")) chapters.push(chapter(PART_WORDS["by-party"], byPartyBlocks(report, FORM)));
  if (hasReportPart(report, "boundaries"))
    chapters.push(chapter(PART_WORDS.boundaries, [boundaryBlock(PART_WORDS.boundaries, report, FORM)]));
  if (hasReportPart(report, "decisions"))
    chapters.push(
      chapter(PART_WORDS.decisions, [
        plainText(
          "What else is agreed, duty by duty: who decides and up to what limit, tools and standards, cover, and duties that stand outside the ordinary.",
        ),
        termsBlock(PART_WORDS.decisions, report, FORM),
      ]),
    );
  for (const { title, blocks } of report.chapters) chapters.push(chapter(title, blocks));
  if (hasReportPart(report, "accepted-warnings"))
    chapters.push(
      chapter(PART_WORDS["accepted-warnings"], [
        plainText("Both parties know of these and live with them for the reason given."),
        acceptedBlock(PART_WORDS["accepted-warnings"], report, FORM),
      ]),
    );
  if (hasReportPart(report, "changes"))
    chapters.push(
      chapter(PART_WORDS.changes, [
        plainText(report.changesFrom),
        ...(report.changes.length > 0 ? [{ kind: "list" as const, items: report.changes }] : []),
      ]),
    );
  chapters.push(
    chapter("Signatures", [
      plainText(
        "Both parties sign the same text, which its fingerprint identifies. Later edits go into a new version.",
      ),
      { kind: "signatures" },
    ]),
  );
  if (report.certificate) chapters.push(chapter("Certificate", [{ kind: "certificate" }], { own: true }));
  if (hasReportPart(report, "contacts"))
    chapters.push(
      chapter(
        PART_WORDS.contacts,
        [
          quietText("Contacts are no part of what is signed. They change without a new signature."),
          contactsBlock(PART_WORDS.contacts, report, FORM),
        ],
        { own: true },
      ),
    );
  return chapters;
}

function about(report: Report): Block[] {
  const { facts, blockers, extractOf, amendment } = report;
  return [
    ...(report.draft
      ? [
          {
            kind: "paragraph" as const,
            text: "This is a draft. It is not published and not for signature.",
            look: "alert" as const,
          },
        ]
      : []),
    ...(extractOf ? [{ kind: "paragraph" as const, text: extractOf, look: "alert" as const }] : []),
    ...(report.kind === "amendment" && amendment ? amendment.recitals.map(plainText) : []),
    { kind: "facts", label: "Terms", facts },
    ...(blockers.length > 0
      ? [
          headingText(
            `Not ready to sign: ${blockers.length} ${blockers.length === 1 ? "point" : "points"} to settle first`,
          ),
          { kind: "list" as const, items: blockers },
        ]
      : []),
  ];
}
