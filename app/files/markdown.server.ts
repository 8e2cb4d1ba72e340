import { reportCell, type PartyLine, type Report } from "~/domain/report";

/** The whole report as Markdown with tables. Texts are escaped: they can be neither markup nor HTML. */
export function writeMarkdown(report: Report): string {
  const lines = [
    `# ${escape(report.title)}: ${escape(report.client)} and ${escape(report.provider)}`,
    ...(report.draft ? ["", "**DRAFT. Not published, not for signature.**"] : []),
    "",
    ...table(["", ""], report.facts.map(({ label, value }) => [label, value])),
    ...(report.blockers.length > 0 ? ["", "## Not ready to sign", "", ...report.blockers.map((blocker) => `- ${escape(blocker)}`)] : []),
    "",
    "## Responsibility matrix",
    ...report.sections.flatMap(({ domain, rows }) => [
      "",
      `### ${escape(domain.name)}`,
      "",
      ...table(
        ["Code", "Duty", ...report.columns.map(({ role, party }) => `${party.name}: ${role.name}`), "Boundary note", "Done when"],
        rows.map((row) => [row.code, row.text, ...row.cells.map(reportCell), row.boundary, row.doneWhen]),
      ),
    ]),
    ...report.parties.flatMap((party) => [
      ...list(`${party.name} does`, party.does),
      ...list(`${party.name} answers for`, party.answers),
      ...(party.stays.length > 0 ? list(`What stays with ${party.name}`, party.stays) : []),
    ]),
    "",
    ...(report.terms.length > 0 ? ["## Terms", "", ...table(["Code", "Duty", "What", "Agreed"], report.terms.flatMap(({ code, text, facts }) => facts.map(({ label, value }) => [code, text, label, value]))), ""] : []),
    ...(report.accepted.length > 0 ? ["## Accepted warnings", "", ...table(["Warning", "About", "Reason", "Accepted by"], report.accepted.map(({ warning, about, reason, by, on }) => [warning, about, reason, `${by}, ${on}`])), ""] : []),
    "## Definitions",
    "",
    ...table(["Word", "Meaning"], report.definitions.map(({ label, value }) => [label, value])),
    "",
    "## Changes",
    "",
    escape(report.changesFrom),
    "",
    ...report.changes.map((change) => `- ${escape(change)}`),
  ];
  return `${lines.join("\n")}\n`;
}

function list(title: string, lines: PartyLine[]): string[] {
  const rows = lines.map(({ code, text, roles, doneWhen, boundary }) => [code, text, roles, doneWhen, boundary]);
  return ["", `## ${escape(title)}`, "", ...(rows.length > 0 ? table(["Code", "Duty", "Role", "Done when", "Boundary note"], rows) : ["Nothing."])];
}

function table(header: string[], rows: string[][]): string[] {
  const row = (cells: string[]) => `| ${cells.map((cell) => escape(cell)).join(" | ")} |`;
  return [row(header), `|${header.map(() => "---").join("|")}|`, ...rows.map(row)];
}

function escape(text: string): string {
  return text.replace(/[\\`*_{}[\]<>#|~]/g, "\\$&").replaceAll("&", "&amp;").replace(/\s*\n\s*/g, " ");
}
