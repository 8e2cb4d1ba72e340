import type { Fact, TextBlock } from "../blocks";
import { LETTER_ORDER } from "../matrix/letters";
import type { Letter } from "../matrix/shapes";
import { DUTY_FIELDS } from "../parts/duties";
import { LOOKED_UP, tableOf, type Column, type ReportForm } from "./chapters";
import { rowStanding, STANDING_COLUMN, type Report, type ReportRow } from "./report";

/** A duty as its annex lists it: everything that is agreed of it, in one row. */
type DutyLine = { row: ReportRow; domain: string; who: string; terms: readonly Fact[] };

/** The fields of a duty that have a place of their own in its row. */
const PLACED: readonly string[] = [
  DUTY_FIELDS.description.label,
  DUTY_FIELDS.standing.label,
  DUTY_FIELDS.coverPeriod.label,
];

/** What a role does by a letter, in a word or two. */
const VERBS: Readonly<Record<Letter, string>> = {
  A: "answers",
  R: "does",
  S: "supports",
  C: "asked",
  I: "told",
};

const lines = (...texts: readonly string[]) => texts.filter(Boolean).join("\n");
const labelled = (label: string, text: string) => (text === "" ? "" : `${label}: ${text}`);
const sentence = (text: string) => (text === "" || /[.!?…]$/.test(text) ? text : `${text}.`);
const termsText = ({ terms }: DutyLine) => terms.map(({ label, value }) => labelled(label, value)).join("\n");

const DUTY_COLUMNS: readonly Column<DutyLine>[] = [
  { title: "Code", share: 8, text: ({ row }) => row.code },
  {
    title: "Duty and what is agreed of it",
    share: 57,
    named: true,
    text: (line) => {
      const { row } = line;
      return lines(
        row.text,
        rowStanding(row),
        row.description,
        [sentence(row.cadence), labelled(DUTY_FIELDS.doneWhen.label, row.doneWhen)].filter(Boolean).join(" "),
        labelled("Boundary", row.boundary),
        termsText(line),
      );
    },
    forms: ["document"],
  },
  { title: "Who", share: 35, text: ({ who }) => who, forms: ["document"] },
  { title: "Duty", share: 24, text: ({ row }) => row.text, forms: LOOKED_UP },
  { title: "Domain", share: 11, text: ({ domain }) => domain, forms: ["workbook"] },
  { title: STANDING_COLUMN, share: 14, text: ({ row }) => rowStanding(row), forms: LOOKED_UP },
  { title: "Who", share: 20, text: ({ who }) => who, forms: LOOKED_UP },
  { title: DUTY_FIELDS.doneWhen.label, share: 18, text: ({ row }) => row.doneWhen, forms: LOOKED_UP },
  { title: "How often", share: 9, text: ({ row }) => row.cadence, forms: LOOKED_UP },
  { title: DUTY_FIELDS.description.label, share: 26, text: ({ row }) => row.description, forms: LOOKED_UP },
  { title: DUTY_FIELDS.boundary.label, share: 24, text: ({ row }) => row.boundary, forms: LOOKED_UP },
  { title: "What else is agreed", share: 24, text: termsText, forms: LOOKED_UP },
];

/** The annex of duties: each once, with everything that is agreed of it, in groups by domain. */
export function dutiesBlock(label: string, report: Report, form: ReportForm): TextBlock {
  const terms = new Map(report.terms.map(({ code, facts }) => [code, facts]));
  let listed: DutyLine[] = [];
  const groups = report.sections.map(({ domain, rows }) => {
    const at = listed.length;
    listed = listed.concat(
      rows.map((row) => ({
        row,
        domain: domain.name,
        who: whoText(row, report),
        terms: (terms.get(row.code) ?? []).filter((fact) => !PLACED.includes(fact.label)),
      })),
    );
    return { at, title: `${domain.name} (${domain.code})` };
  });
  const table = tableOf(label, DUTY_COLUMNS, listed, form);
  return form === "workbook" ? table : { ...table, groups };
}

/** Which roles of which party do what on a duty, a line for each party. */
function whoText({ cells, struck }: ReportRow, { columns }: Report): string {
  const byParty = new Map<string, string[]>();
  columns.forEach(({ role, party }, i) => {
    const letters = cells[i] ?? [];
    if (letters.length === 0) return;
    const verbs = LETTER_ORDER.filter((letter) => letters.includes(letter)).map((letter) => VERBS[letter]);
    byParty.set(party.name, [...(byParty.get(party.name) ?? []), `${role.name} ${verbs.join(" and ")}`]);
  });
  const said = [...byParty].map(([party, roles]) => `${party}: ${roles.join("; ")}`);
  if (!struck) return said.length === 0 ? "Nobody yet" : said.join("\n");
  return lines("Nobody meanwhile.", said.length === 0 ? "" : "Once it applies:", ...said);
}
