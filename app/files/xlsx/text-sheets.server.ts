import type { Workbook, Worksheet } from "exceljs";
import type { Amendment } from "~/domain/pack/amendment";
import type { PartChapter } from "~/domain/pack/part-chapters";
import type { PartyLine, PartyReport, Report } from "~/domain/pack/report";
import { heightFor, put } from "./cells.server";
import { setUpPage } from "./page.server";
import { STYLES } from "./styles.server";

const PARTY_COLUMNS = [
  { title: "Code", width: 9 },
  { title: "Duty", width: 42 },
  { title: "Role", width: 18 },
  { title: "Done when", width: 34 },
  { title: "How often", width: 14 },
  { title: "Boundary note", width: 46 },
] as const;

/** What each party does and answers for, and what stays with the client. */
export async function writePartySheet(workbook: Workbook, report: Report): Promise<void> {
  const sheet = workbook.addWorksheet("By party", { views: [{ showGridLines: false }] });
  sheet.columns = PARTY_COLUMNS.map(({ width }) => ({ width }));
  const blocks = report.parties.flatMap(blocksOf);
  let row = 1;
  for (const { title, lines } of blocks) row = writeBlock(sheet, row, title, lines) + 1;
  // The blocks have the same columns, so the first one's heads serve every page.
  await setUpPage(sheet, report, { landscape: true, titleRows: "2:2" });
}

function blocksOf(party: PartyReport): { title: string; lines: PartyLine[] }[] {
  const blocks = [
    { title: `${party.name} does`, lines: party.does },
    { title: `${party.name} answers for`, lines: party.answers },
  ];
  return party.kind === "client"
    ? [...blocks, { title: `What stays with ${party.name}: it does these and answers for them`, lines: party.stays }]
    : blocks;
}

function writeBlock(sheet: Worksheet, first: number, title: string, lines: PartyLine[]): number {
  put(sheet, first, 1, `${title} (${lines.length})`, STYLES.heading);
  sheet.getRow(first).height = 24;
  PARTY_COLUMNS.forEach((column, i) => put(sheet, first + 1, i + 1, column.title, STYLES.columnHead));
  let row = first + 2;
  if (lines.length === 0) put(sheet, row++, 2, "Nothing.", STYLES.value);
  for (const { code, text, roles, doneWhen, cadence, boundary } of lines) {
    put(sheet, row, 1, code, STYLES.quiet);
    put(sheet, row, 2, text, STYLES.cell);
    put(sheet, row, 3, roles, STYLES.cell);
    put(sheet, row, 4, doneWhen, STYLES.quiet);
    put(sheet, row, 5, cadence, STYLES.quiet);
    put(sheet, row, 6, boundary, STYLES.cell);
    sheet.getRow(row).height = heightFor([text, 42], [roles, 18], [doneWhen, 34], [cadence, 14], [boundary, 46]);
    row += 1;
  }
  return row;
}

/** What is agreed on duties besides their letters: decisions, tools, cover and standing. */
export async function writeTerms(workbook: Workbook, report: Report): Promise<void> {
  const rows = report.terms.flatMap(({ code, text, facts }) =>
    facts.map(({ label, value }, i) => (i === 0 ? [code, text, label, value] : ["", "", label, value])),
  );
  await writeTable(workbook, report, {
    name: "Terms",
    heading: "What else is agreed, duty by duty",
    columns: [
      ["Code", 9],
      ["Duty", 42],
      ["What", 20],
      ["Agreed", 62],
    ],
    rows,
  });
}

/** The warnings both sides live with, and why. */
export async function writeAccepted(workbook: Workbook, report: Report): Promise<void> {
  const rows = report.accepted.map(({ warning, about, reason, by, on }) => [warning, about, reason, `${by}, ${on}`]);
  await writeTable(workbook, report, {
    name: "Accepted warnings",
    heading: "Warnings accepted with a reason",
    columns: [
      ["Warning", 28],
      ["About", 38],
      ["Reason", 46],
      ["Accepted by", 22],
    ],
    rows,
  });
}

/** A chapter as a sheet of its own: its blocks one below the other. */
export async function writeChapter(workbook: Workbook, report: Report, { title, blocks }: PartChapter): Promise<void> {
  const sheet = workbook.addWorksheet(sheetName(title), { views: [{ showGridLines: false }] });
  const widths = CHAPTER_WIDTHS.slice(
    0,
    Math.max(2, ...blocks.map((block) => (block.kind === "table" ? block.columns.length : 2))),
  );
  sheet.columns = widths.map((width) => ({ width }));
  put(sheet, 1, 1, title, STYLES.heading);
  sheet.getRow(1).height = 24;
  let row = 2;
  const line = (cells: readonly string[], style: (typeof STYLES)[keyof typeof STYLES]) => {
    cells.forEach((text, i) => put(sheet, row, i + 1, text, style));
    sheet.getRow(row).height = heightFor(...cells.map((text, i) => [text, widths[i] ?? 30] as const));
    row += 1;
  };
  for (const block of blocks) {
    if (block.kind === "heading") line([block.text], STYLES.heading);
    else if (block.kind === "paragraph") line([block.text], STYLES.value);
    else if (block.kind === "list") for (const item of block.items) line([item], STYLES.cell);
    else if (block.kind === "facts") for (const { label, value } of block.facts) line([label, value], STYLES.cell);
    else {
      line(
        block.columns.map(({ title: head }) => head),
        STYLES.columnHead,
      );
      for (const cells of block.rows) line(cells, STYLES.cell);
    }
  }
  await setUpPage(sheet, report, { landscape: true });
}

const CHAPTER_WIDTHS = [42, 26, 62, 30, 30, 30];

/** A sheet's name has at most 31 characters and none of those that name cells and files. */
function sheetName(title: string): string {
  return title.replace(/[\\/?*[\]:]/g, " ").slice(0, 31);
}

/** The boundary notes on their own, where the matrix that shows them beside its duties is left out. */
export async function writeBoundaries(workbook: Workbook, report: Report): Promise<void> {
  const rows = report.boundaries.map(({ code, text, boundary }) => [code, text, boundary]);
  await writeTable(workbook, report, {
    name: "Boundary notes",
    heading: "Which part is whose, and where it is handed over",
    columns: [
      ["Code", 9],
      ["Duty", 42],
      ["Boundary note", 80],
    ],
    rows,
  });
}

/** What an amendment changes, before and after. */
export async function writeAmendment(
  workbook: Workbook,
  report: Report,
  { title, recitals, sections, frame }: Amendment,
): Promise<void> {
  const marks = { added: "New: ", removed: "No longer: ", changed: "" };
  const duties = sections.flatMap(({ domain, duties: changed }) =>
    changed.flatMap(({ code, text, how, clauses }) =>
      clauses.map(({ what, before, after }, i) =>
        i === 0 ? [code, `${marks[how]}${text}`, domain, what, before, after] : ["", "", "", what, before, after],
      ),
    ),
  );
  const others = frame.map((sentence, i) => ["", i === 0 ? "Beside the duties" : "", "", "", "", sentence]);
  await writeTable(workbook, report, {
    name: "Amendment",
    heading: title,
    notes: recitals,
    columns: [
      ["Code", 9],
      ["Duty", 36],
      ["Domain", 20],
      ["What", 18],
      ["As it was", 38],
      ["As amended", 38],
    ],
    rows: [...duties, ...others],
  });
}

/** Whom to reach. It stands apart from what is signed. */
export async function writeContacts(workbook: Workbook, report: Report): Promise<void> {
  const rows = report.contacts.map(({ party, name, title, roles, email, phones, hours }) => [
    party,
    name,
    title,
    roles,
    email,
    phones,
    hours,
  ]);
  await writeTable(workbook, report, {
    name: "Contacts",
    heading: "Contacts, which are no part of what is signed",
    columns: [
      ["Party", 20],
      ["Name", 22],
      ["Title", 20],
      ["Roles", 24],
      ["E-mail", 30],
      ["Phones", 24],
      ["Hours", 20],
    ],
    rows,
  });
}

type Table = {
  name: string;
  heading: string;
  notes?: readonly string[];
  columns: readonly (readonly [title: string, width: number])[];
  rows: readonly (readonly string[])[];
};

async function writeTable(
  workbook: Workbook,
  report: Report,
  { name, heading, notes = [], columns, rows }: Table,
): Promise<void> {
  const head = notes.length + 2;
  const sheet = workbook.addWorksheet(name, { views: [{ showGridLines: false, state: "frozen", ySplit: head }] });
  sheet.columns = columns.map(([, width]) => ({ width }));
  const whole = columns.reduce((sum, [, width]) => sum + width, 0);
  put(sheet, 1, 1, heading, STYLES.heading);
  sheet.getRow(1).height = 24;
  notes.forEach((note, i) => {
    put(sheet, i + 2, 1, note, STYLES.value);
    sheet.mergeCells(i + 2, 1, i + 2, columns.length);
    sheet.getRow(i + 2).height = heightFor([note, whole]);
  });
  columns.forEach(([title], i) => put(sheet, head, i + 1, title, STYLES.columnHead));
  rows.forEach((row, r) => {
    row.forEach((text, c) => put(sheet, r + head + 1, c + 1, text, STYLES.cell));
    sheet.getRow(r + head + 1).height = heightFor(...row.map((text, c) => [text, columns[c]?.[1] ?? 20] as const));
  });
  await setUpPage(sheet, report, { landscape: true, titleRows: `${head}:${head}` });
}

/** What the letters and the words of the matrix mean. */
export async function writeDefinitions(workbook: Workbook, report: Report): Promise<void> {
  const sheet = workbook.addWorksheet("Definitions", { views: [{ showGridLines: false }] });
  sheet.columns = [{ width: 24 }, { width: 72 }];
  put(sheet, 1, 1, "What the letters and words mean here", STYLES.heading);
  report.definitions.forEach(({ label, value }, i) => {
    put(sheet, i + 2, 1, label, STYLES.columnHead);
    put(sheet, i + 2, 2, value, STYLES.cell);
    sheet.getRow(i + 2).height = heightFor([label, 24], [value, 72]);
  });
  await setUpPage(sheet, report, { landscape: false });
}

/** One sentence a row under a heading, for the changes and for what is still to settle. */
export async function writeSentences(
  workbook: Workbook,
  report: Report,
  { name, heading, sentences, none }: { name: string; heading: string; sentences: string[]; none: string },
): Promise<void> {
  const sheet = workbook.addWorksheet(name, { views: [{ showGridLines: false }] });
  sheet.columns = [{ width: 5 }, { width: 92 }];
  put(sheet, 1, 1, heading, STYLES.heading);
  if (sentences.length === 0) put(sheet, 2, 2, none, STYLES.value);
  sentences.forEach((sentence, i) => {
    put(sheet, i + 2, 1, String(i + 1), STYLES.quiet);
    put(sheet, i + 2, 2, sentence, STYLES.cell);
    sheet.getRow(i + 2).height = heightFor([sentence, 92]);
  });
  await setUpPage(sheet, report, { landscape: false });
}
