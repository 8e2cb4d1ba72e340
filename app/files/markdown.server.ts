import { signatureFacts } from "~/domain/pack/certificate";
import { momentWords } from "~/domain/day-words";
import type { TextBlock } from "~/domain/blocks";
import { reportCell, hasReportPart, type PartyLine, type Report } from "~/domain/pack/report";

/** The whole report as Markdown with tables. Texts are escaped: they can be neither markup nor HTML. */
export function writeMarkdown(report: Report): string {
  const chosen = (part: Parameters<typeof hasReportPart>[1], lines: () => string[]) =>
    hasReportPart(report, part) ? lines() : [];
  const lines = [
    `# ${escape(report.title)}: ${escape(report.client)} and ${escape(report.provider)}`,
    ...(report.draft ? ["", "**DRAFT. Not published, not for signature.**"] : []),
    ...(report.extractOf ? ["", `**EXTRACT. ${escape(report.extractOf)}**`] : []),
    "",
    ...table(
      ["", ""],
      report.facts.map(({ label, value }) => [label, value]),
    ),
    ...(report.blockers.length > 0
      ? ["", "## Not ready to sign", "", ...report.blockers.map((blocker) => `- ${escape(blocker)}`)]
      : []),
    ...chosen("matrix", () => matrixLines(report)),
    ...chosen("by-party", () =>
      report.parties.flatMap((party) => [
        ...list(`${party.name} does`, party.does),
        ...list(`${party.name} answers for`, party.answers),
        ...(party.stays.length > 0 ? list(`What stays with ${party.name}`, party.stays) : []),
      ]),
    ),
    ...(hasReportPart(report, "boundaries") && !hasReportPart(report, "matrix")
      ? [
          "",
          "## Boundary notes",
          "",
          ...table(
            ["Code", "Duty", "Boundary note"],
            report.boundaries.map(({ code, text, boundary }) => [code, text, boundary]),
          ),
        ]
      : []),
    ...chosen("decisions", () => [
      "",
      "## Terms",
      "",
      ...table(
        ["Code", "Duty", "What", "Agreed"],
        report.terms.flatMap(({ code, text, facts }) => facts.map(({ label, value }) => [code, text, label, value])),
      ),
    ]),
    ...report.chapters.flatMap(({ title, blocks }) => [
      "",
      `## ${escape(title)}`,
      ...blocks.flatMap((block) => ["", ...blockLines(block)]),
    ]),
    ...chosen("accepted-warnings", () => [
      "",
      "## Accepted warnings",
      "",
      ...table(
        ["Warning", "About", "Reason", "Accepted by"],
        report.accepted.map(({ warning, about, reason, by, on }) => [warning, about, reason, `${by}, ${on}`]),
      ),
    ]),
    ...chosen("definitions", () => [
      "",
      "## Definitions",
      "",
      ...table(
        ["Word", "Meaning"],
        report.definitions.map(({ label, value }) => [label, value]),
      ),
    ]),
    ...chosen("changes", () => [
      "",
      "## Changes",
      "",
      escape(report.changesFrom),
      "",
      ...report.changes.map((change) => `- ${escape(change)}`),
    ]),
    ...certificateLines(report),
    ...chosen("contacts", () => [
      "",
      "## Contacts, which are no part of what is signed",
      "",
      ...table(
        ["Party", "Name", "Title", "Roles", "E-mail", "Phones", "Hours"],
        report.contacts.map(({ party, name, title, roles, email, phones, hours }) => [
          party,
          name,
          title,
          roles,
          email,
          phones,
          hours,
        ]),
      ),
    ]),
  ];
  return `${lines.join("\n")}\n`;
}

function blockLines(block: TextBlock): string[] {
  switch (block.kind) {
    case "heading":
      return [`### ${escape(block.text)}`];
    case "paragraph":
      return [escape(block.text)];
    case "list":
      return block.items.map((item) => `- ${escape(item)}`);
    case "facts":
      return table(
        ["", ""],
        block.facts.map(({ label, value }) => [label, value]),
      );
    case "table":
      return table(
        block.columns.map(({ title }) => title),
        block.rows,
      );
  }
}

function matrixLines(report: Report): string[] {
  return [
    "",
    "## Responsibility matrix",
    ...report.sections.flatMap(({ domain, rows }) => [
      "",
      `### ${escape(domain.name)}`,
      "",
      ...table(
        [
          "Code",
          "Duty",
          ...report.columns.map(({ role, party }) => `${party.name}: ${role.name}`),
          "Boundary note",
          "Done when",
        ],
        rows.map((row) => [row.code, row.text, ...row.cells.map(reportCell), row.boundary, row.doneWhen]),
      ),
    ]),
  ];
}

function certificateLines({ certificate }: Report): string[] {
  if (!certificate) return [];
  return [
    "",
    "## Certificate",
    ...certificate.signatures.flatMap((signature, i) => [
      "",
      `### Signature ${i + 1}: ${escape(signature.name)} for ${escape(signature.partyName)}`,
      "",
      ...table(
        ["", ""],
        signatureFacts(signature).map(({ label, value }) => [label, value]),
      ),
    ]),
    ...(certificate.history.length > 0
      ? [
          "",
          "### What happened, in order",
          "",
          ...table(
            ["", ""],
            certificate.history.map(({ at, what, by }) => [momentWords(at), by ? `${what}, ${by}` : what]),
          ),
        ]
      : []),
  ];
}

function list(title: string, lines: PartyLine[]): string[] {
  const rows = lines.map(({ code, text, roles, doneWhen, boundary }) => [code, text, roles, doneWhen, boundary]);
  return [
    "",
    `## ${escape(title)}`,
    "",
    ...(rows.length > 0 ? table(["Code", "Duty", "Role", "Done when", "Boundary note"], rows) : ["Nothing."]),
  ];
}

function table(header: string[], rows: string[][]): string[] {
  const row = (cells: string[]) => `| ${cells.map((cell) => escape(cell)).join(" | ")} |`;
  return [row(header), `|${header.map(() => "---").join("|")}|`, ...rows.map(row)];
}

function escape(text: string): string {
  return text
    .replace(/[\\`*_{}[\]<>#|~]/g, "\\$&")
    .replaceAll("&", "&amp;")
    .replace(/\s*\n\s*/g, " ");
}
