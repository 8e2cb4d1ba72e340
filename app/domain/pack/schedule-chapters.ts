import { amendedBlocks } from "./amendment-chapters";
import { type Block, type Chapter, type Fact, type TextBlock } from "../blocks";
import { withWholeTexts } from "../long-text";
import { dutiesBlock } from "./annex-duties";
import {
  acceptedBlock,
  alertText,
  byPartyBlocks,
  contactsBlock,
  DISPUTES,
  disputesBlock,
  disputesNote,
  headingText,
  matrixBlocks,
  plainText,
  quietText,
  type ReportForm,
} from "./chapters";
import { hasReportPart, type Report } from "./report";
import { PART_WORDS, type ReportPart } from "./report-parts";
import type { ScheduleFrame } from "./schedule-frame";

/** The numbers of the annexes, which clauses name: an annex keeps its number where another one is left out. */
const ANNEXES = { matrix: 1, duties: 2, escalation: 3, "accepted-warnings": 4 } as const satisfies Partial<
  Record<ReportPart, number>
>;
type Annex = keyof typeof ANNEXES;

const LETTERS = "Letters and words of the matrix";
const SIGNING = "Both parties sign the same text, which its fingerprint identifies. Later edits go into a new version.";

/** The chapters of a schedule or of its amendment, in the order in which they are read. */
export function scheduleChapters(report: Report, form: ReportForm): Chapter[] {
  const { frame } = report;
  const chapters =
    report.kind === "amendment" ? amendmentChapters(report) : frame ? wholeChapters(report, frame, form) : [];
  return chapters.map((chapter) => ({ ...chapter, blocks: chapter.blocks.flatMap(wholeBlock) }));
}

function wholeBlock(block: Block): Block[] {
  switch (block.kind) {
    case "matrix":
    case "signatures":
    case "certificate":
    case "contents":
      return [block];
    default:
      return withWholeTexts([block]);
  }
}

function chapter<Blocks extends Block[]>(
  title: string,
  blocks: Blocks,
  more: Partial<Omit<Chapter, "title" | "blocks">> = {},
): Chapter & { blocks: Blocks } {
  return { title, blocks, series: null, landscape: false, own: false, ...more };
}

const clause = <Blocks extends Block[]>(title: string, blocks: Blocks) => chapter(title, blocks, { series: "clause" });
const annex = (part: Annex, blocks: Block[]) =>
  chapter(PART_WORDS[part], blocks, {
    series: "annex",
    number: ANNEXES[part],
    own: true,
    landscape: part === "matrix",
  });

function wholeChapters(report: Report, frame: ScheduleFrame, form: ReportForm): Chapter[] {
  const { extractOf, certificate } = report;
  const chapters: Chapter[] = [
    chapter("About this schedule", [
      ...(extractOf ? [alertText(extractOf)] : []),
      ...aboutBlocks(report),
      { kind: "contents" },
    ]),
  ];
  if (hasReportPart(report, "clauses")) chapters.push(...clauseChapters(report, frame));
  chapters.push(clause("Signatures", [plainText(SIGNING), { kind: "signatures" }]));
  if (hasReportPart(report, "matrix")) chapters.push(annex("matrix", matrixBlocks(report)));
  if (hasReportPart(report, "duties")) chapters.push(annex("duties", dutiesBlocks(report, frame, form)));
  if (hasReportPart(report, "escalation")) chapters.push(annex("escalation", escalationBlocks(report)));
  if (hasReportPart(report, "accepted-warnings"))
    chapters.push(annex("accepted-warnings", acceptedBlocks(report, frame, form)));
  if (hasReportPart(report, "changes"))
    chapters.push(
      chapter(report.changesFrom.replace(/\.$/, ""), [{ kind: "list", items: report.changes }], { own: true }),
    );
  if (hasReportPart(report, "by-party"))
    chapters.push(chapter(PART_WORDS["by-party"], byPartyBlocks(report, form), { own: true }));
  if (certificate) chapters.push(certificateChapter());
  if (hasReportPart(report, "contacts"))
    chapters.push(
      chapter(
        PART_WORDS.contacts,
        [
          quietText("Contacts are no part of what is signed. They change without a new signature."),
          contactsBlock(PART_WORDS.contacts, report, form),
        ],
        { own: true },
      ),
    );
  return chapters;
}

const certificateChapter = () => chapter("Certificate", [{ kind: "certificate" }], { own: true });

function aboutBlocks({ draft, facts, blockers }: Report): Block[] {
  return [
    ...(draft ? [alertText("This is a draft. It is not published and not for signature.")] : []),
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

/** The clauses before the signatures: the parties, what the letters and words mean, and the parties' own clauses. */
export function clauseChapters(
  { definitions }: Report,
  { parties, clauses, ...frame }: ScheduleFrame,
): (Chapter & { blocks: TextBlock[] })[] {
  return [
    clause("Parties", [
      {
        kind: "table",
        label: "Parties and their roles",
        columns: [
          { title: "Party", share: 24 },
          { title: "What it is", share: 36 },
          { title: "Roles", share: 40 },
        ],
        rows: parties.map(({ name, what, roles }) => [name, what, roles]),
      },
    ]),
    clause("Definitions and letters", [
      ...(frame.definitions.length > 0
        ? [headingText("Defined terms"), factsOf("Defined terms", frame.definitions)]
        : []),
      headingText(LETTERS),
      factsOf(LETTERS, definitions),
    ]),
    ...clauses.map(({ title, paragraphs }) => clause(title, paragraphs.map(plainText))),
  ];
}

const factsOf = (label: string, facts: readonly Fact[]): TextBlock => ({ kind: "facts", label, facts: [...facts] });

function dutiesBlocks(report: Report, { emptyDomains }: ScheduleFrame, form: ReportForm): TextBlock[] {
  return [
    dutiesBlock(PART_WORDS.duties, report, form),
    ...(emptyDomains.length > 0 ? [quietText(`Domains without a duty: ${emptyDomains.join(", ")}.`)] : []),
    ...(report.disputes.length > 0 ? [headingText(DISPUTES), disputesNote(report), disputesBlock(report, form)] : []),
  ];
}

/** The kinds of agreed things, each under its heading; the headings inside stand below it. */
function escalationBlocks({ chapters }: Report): TextBlock[] {
  return chapters.flatMap(({ title, blocks }) => [
    headingText(title),
    ...blocks.map((block): TextBlock => (block.kind === "heading" ? { ...block, rank: 2 } : block)),
  ]);
}

/** The warnings that are accepted, and from which numbers on one is given. */
export function acceptedBlocks(report: Report, { thresholds }: ScheduleFrame, form: ReportForm): TextBlock[] {
  return [
    ...(report.accepted.length > 0
      ? [
          plainText("Both parties know of these and live with them for the reason given."),
          acceptedBlock(PART_WORDS["accepted-warnings"], report, form),
        ]
      : []),
    headingText("When a warning is given"),
    factsOf("When a warning is given", thresholds),
  ];
}

function amendmentChapters(report: Report): Chapter[] {
  const { amendment, certificate } = report;
  if (!amendment) return [];
  return [
    chapter("About this amendment", [
      alertText("This is an amendment: it states what changes, and not the whole text."),
      ...aboutBlocks(report),
    ]),
    clause("What it refers to", amendment.recitals.map(plainText)),
    clause("Amended duties", amendedBlocks(amendment)),
    ...(amendment.frame.length > 0 ? [clause("Other changes", [{ kind: "list", items: amendment.frame }])] : []),
    clause("Signatures", [plainText(SIGNING), { kind: "signatures" }]),
    ...(certificate ? [certificateChapter()] : []),
  ];
}
