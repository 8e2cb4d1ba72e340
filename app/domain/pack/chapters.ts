import type { Block, TextBlock, TextTable } from "../blocks";
import type { AcceptedRow } from "./report-terms";
import {
  isSchedule,
  type BoundaryRow,
  type PartyLine,
  type PartyReport,
  type Report,
  type ReportRow,
  type StruckLine,
} from "./report";
import { SETTINGS } from "../parts/frame";
import type { ContactRow } from "../people/contacts";

/**
 * How a report is laid out: a document that is read from front to back, a workbook with a sheet for each chapter, or
 * plain text.
 */
export type ReportForm = "document" | "workbook" | "text";

/** A column of a table in a report. Without `forms` every form has it. */
export type Column<Line> = {
  title: string;
  share: number;
  /** Whether the first line of each cell says what the row is about. */ named?: boolean;
  text(line: Line): string;
  forms?: readonly ReportForm[];
};

/** The forms in which rows are sorted, searched or read by programs. */
export const LOOKED_UP: readonly ReportForm[] = ["workbook", "text"];

const PARTY_COLUMNS: readonly Column<PartyLine>[] = [
  { title: "Code", share: 11, text: ({ code }) => code },
  { title: "Duty", share: 32, text: ({ text }) => text },
  { title: "Role", share: 18, text: ({ roles }) => roles },
  { title: "Done when", share: 27, text: ({ doneWhen }) => doneWhen },
  { title: "How often", share: 12, text: ({ cadence }) => cadence },
  // A document has a chapter of its own for these.
  { title: "Boundary note", share: 27, text: ({ boundary }) => boundary, forms: LOOKED_UP },
];

const STRUCK_COLUMNS: readonly Column<StruckLine>[] = [
  { title: "Code", share: 11, text: ({ code }) => code },
  { title: "Duty", share: 44, text: ({ text }) => text },
  { title: "Standing", share: 45, text: ({ standing }) => standing },
];

const BOUNDARY_COLUMNS: readonly Column<BoundaryRow>[] = [
  { title: "Code", share: 12, text: ({ code }) => code },
  { title: "Duty", share: 34, text: ({ text }) => text },
  {
    title: "Which part is whose, and where it is handed over",
    share: 54,
    text: ({ boundary }) => boundary,
    forms: ["document"],
  },
  { title: "Boundary note", share: 54, text: ({ boundary }) => boundary, forms: LOOKED_UP },
];

const ACCEPTED_COLUMNS: readonly Column<AcceptedRow>[] = [
  { title: "Warning", share: 26, text: ({ warning }) => warning },
  { title: "About", share: 26, text: ({ about }) => about },
  { title: "Reason", share: 28, text: ({ reason }) => reason },
  { title: "Accepted by", share: 20, text: ({ by, on }) => `${by}, ${on}` },
];

/** On paper a name and its title share a cell; a table that is sorted and searched has a column for each. */
const CONTACT_COLUMNS: readonly Column<ContactRow>[] = [
  {
    title: "Name",
    share: 22,
    text: ({ name, title }) => [name, title].filter(Boolean).join("\n"),
    forms: ["document"],
  },
  {
    title: "Party and roles",
    share: 24,
    text: ({ party, roles }) => [party, roles].filter(Boolean).join(": "),
    forms: ["document"],
  },
  { title: "Party", share: 12, text: ({ party }) => party, forms: LOOKED_UP },
  { title: "Name", share: 14, text: ({ name }) => name, forms: LOOKED_UP },
  { title: "Title", share: 12, text: ({ title }) => title, forms: LOOKED_UP },
  { title: "Roles", share: 14, text: ({ roles }) => roles, forms: LOOKED_UP },
  { title: "E-mail", share: 24, text: ({ email }) => email },
  { title: "Phones", share: 16, text: ({ phones }) => phones },
  { title: "Hours", share: 14, text: ({ hours }) => hours },
];

/** A piece of text that isn't set apart. */
export function plainText(text: string): TextBlock {
  return { kind: "paragraph", text, look: "plain" };
}

/** A note beside what is agreed. */
export function quietText(text: string): TextBlock {
  return { kind: "paragraph", text, look: "quiet" };
}

/** A heading inside a chapter. */
export function headingText(text: string): TextBlock {
  return { kind: "heading", text };
}

/** What must not be overlooked. */
export function alertText(text: string): TextBlock {
  return { kind: "paragraph", text, look: "alert" };
}

/** What one party does, answers for, or keeps to itself, with the title that stands over it. */
type PartyList = { title: string; lines: readonly PartyLine[] };

/** The lists of duties of each party; a list of what stays is the client's. */
function partyLists({ parties }: Report): PartyList[] {
  return parties.flatMap(({ name, kind, does, answers, stays, covers }: PartyReport) => [
    { title: `${name} does`, lines: does },
    { title: `${name} answers for`, lines: answers },
    ...(covers.length > 0 ? [{ title: `${name} covers for a while`, lines: covers }] : []),
    ...(kind === "client"
      ? [{ title: `What stays with ${name}: it does these and answers for them`, lines: stays }]
      : []),
  ]);
}

/** The duties of one list. A sheet has its columns even where nothing is listed, so that they serve every page. */
function partyListBlock({ title, lines }: PartyList, form: ReportForm): TextBlock {
  const table = tableOf(title, PARTY_COLUMNS, lines, form);
  if (lines.length > 0) return table;
  return form === "workbook" ? { ...table, none: "Nothing." } : quietText("Nothing.");
}

/**
 * The duties of each party under a heading for each list, then those that nobody does. The first two writers printed
 * empty lists, too.
 */
export function byPartyBlocks(report: Report, form: ReportForm): TextBlock[] {
  const { struck, writer } = report;
  const lists = partyLists(report).filter(({ lines }) => lines.length > 0 || !isSchedule(writer));
  return [
    ...lists.flatMap((list) => [headingText(`${list.title} (${list.lines.length})`), partyListBlock(list, form)]),
    ...(struck.length > 0 ? [headingText(`${STRUCK} (${struck.length})`), struckBlock(report, form)] : []),
  ];
}

/** The title of the list of duties that are struck from who does what. */
const STRUCK = "Nobody does these meanwhile";

/** The duties that are struck from who does what, with the reason and until when. */
function struckBlock({ struck }: Report, form: ReportForm): TextBlock {
  return tableOf(STRUCK, STRUCK_COLUMNS, struck, form);
}

/** What the parties dispute and what was ruled, thing by thing. */
export function disputesBlock({ disputes }: Report, form: ReportForm): TextBlock {
  return {
    kind: "table",
    label: DISPUTES,
    columns: [
      { title: "Code", share: 11 },
      { title: "What it is about", share: 31 },
      { title: "What", share: 18 },
      { title: "Said", share: 40 },
    ],
    rows: disputes.flatMap(({ code, text, facts }) =>
      facts.map(({ label, value }, i) =>
        i === 0 || form === "text" ? [code, text, label, value] : ["", "", label, value],
      ),
    ),
  };
}

/** The title of that chapter. */
export const DISPUTES = "Disputes and rulings";

/** Who rules, and that a ruling is no part of the canonical text. */
export function disputesNote({ facts }: Report): TextBlock {
  const ruler = facts.find(({ label }) => label === SETTINGS.ruler.label)?.value ?? "";
  return quietText(
    `${SETTINGS.ruler.label}: ${ruler}. A ruling counts once both sides confirm it. Disputes and rulings are kept beside the text that is signed.`,
  );
}

/** The boundary notes on their own. */
export function boundaryBlock(label: string, { boundaries }: Report, form: ReportForm): TextBlock {
  return tableOf(label, BOUNDARY_COLUMNS, boundaries, form);
}

/**
 * What is agreed on duties besides their letters. Plain text names the duty in every row: its tables are read by
 * programs, too.
 */
export function termsBlock(label: string, { terms }: Report, form: ReportForm): TextBlock {
  return {
    kind: "table",
    label,
    columns: [
      { title: "Code", share: 12 },
      { title: "Duty", share: 32 },
      { title: "What", share: 18 },
      { title: "Agreed", share: 38 },
    ],
    rows: terms.flatMap(({ code, text, facts }) =>
      facts.map(({ label: what, value }, i) =>
        i === 0 || form === "text" ? [code, text, what, value] : ["", "", what, value],
      ),
    ),
  };
}

/** The warnings both sides live with, and why. */
export function acceptedBlock(label: string, { accepted }: Report, form: ReportForm): TextBlock {
  return tableOf(label, ACCEPTED_COLUMNS, accepted, form);
}

/** Whom to reach. */
export function contactsBlock(label: string, { contacts }: Report, form: ReportForm): TextBlock {
  return tableOf(label, CONTACT_COLUMNS, contacts, form);
}

/** The name of the workbook's sheet of framework numbers, and the titles of its columns. */
export const FRAMEWORKS_PART = "Framework numbers";
export const FRAMEWORK_TITLES = {
  code: "Code",
  duty: "Duty",
  cis: "CIS Controls v8.1",
  csf: "NIST CSF 2.0",
  kind: "Kind",
  pressures: "Pressures",
};

const FRAMEWORK_COLUMNS: readonly Column<ReportRow>[] = [
  { title: FRAMEWORK_TITLES.code, share: 12, text: ({ code }) => code },
  { title: FRAMEWORK_TITLES.duty, share: 36, text: ({ text }) => text },
  { title: FRAMEWORK_TITLES.cis, share: 15, text: ({ cis }) => cis.join("; ") },
  { title: FRAMEWORK_TITLES.csf, share: 13, text: ({ csf }) => csf.join("; ") },
  { title: FRAMEWORK_TITLES.kind, share: 9, text: ({ kind }) => kind },
  { title: FRAMEWORK_TITLES.pressures, share: 15, text: ({ pressures }) => pressures },
];

/** Every duty with what isn't signed of it: its safeguards, categories, kind and pressures; null where no duty has more than a kind. */
export function frameworksBlock(label: string, { sections }: Report, form: ReportForm): TextBlock | null {
  const rows = sections.flatMap((section) => section.rows);
  const says = rows.some(({ cis, csf, pressures }) => cis.length + csf.length + pressures.length > 0);
  return says ? tableOf(label, FRAMEWORK_COLUMNS, rows, form) : null;
}

/** What the letters and the words of the matrix mean. A table of plain text must have heads. */
export function definitionsBlock({ definitions }: Report, form: ReportForm): TextBlock {
  if (form !== "text") return { kind: "facts", label: "Definitions", facts: definitions };
  return {
    kind: "table",
    label: "Definitions",
    columns: [
      { title: "Word", share: 27 },
      { title: "Meaning", share: 73 },
    ],
    rows: definitions.map(({ label, value }) => [label, value]),
  };
}

/** As many roles as stand side by side on a sheet of paper and can be read. */
const ROLES_ACROSS = 30;

/** The matrix as one table, or as several with a share of the roles each where there are more than fit across. */
export function matrixBlocks({ columns }: Report): Block[] {
  const tables = Math.max(1, Math.ceil(columns.length / ROLES_ACROSS));
  const each = Math.ceil(columns.length / tables);
  return Array.from({ length: tables }, (_, i): [number, number] => [
    i * each,
    Math.min(columns.length, (i + 1) * each),
  ]).flatMap(([from, to]) => {
    const block: Block = { kind: "matrix", columns: [from, to] };
    return tables === 1 ? [block] : [headingText(`Roles ${from + 1} to ${to} of ${columns.length}`), block];
  });
}

/** A table with a row for each line, in the columns of a form. */
export function tableOf<Line>(
  label: string,
  columns: readonly Column<Line>[],
  lines: readonly Line[],
  form: ReportForm,
): TextTable {
  const written = columns.filter(({ forms }) => forms === undefined || forms.includes(form));
  return {
    kind: "table",
    label,
    columns: written.map(({ title, share, named }) => ({ title, share, ...(named ? { named } : {}) })),
    rows: lines.map((line) => written.map(({ text }) => text(line))),
  };
}
