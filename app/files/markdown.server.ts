import type { TextBlock, TextTable } from "~/domain/blocks";
import { reportCell, rowStanding, STANDING_COLUMN, type Report } from "~/domain/pack/report";
import { textChaptersOf, type Sheet } from "~/domain/pack/sheets";

/** The whole report as Markdown with tables. Texts are escaped: they can be neither markup nor HTML. */
export function writeMarkdown(report: Report): string {
  const lines = [
    ...headLines(report),
    ...textChaptersOf(report).flatMap(({ name, blocks }) => [
      "",
      `## ${escape(name)}`,
      ...blocks.flatMap((block) => textBlocks(block, report)).flatMap((block) => ["", ...blockLines(block)]),
    ]),
  ];
  return `${lines.join("\n")}\n`;
}

/** What stands on the cover in other formats. */
function headLines({ title, client, provider, draft, extractOf, facts, blockers }: Report): string[] {
  return [
    `# ${escape(title)}: ${escape(client)} and ${escape(provider)}`,
    ...(draft ? ["", "**DRAFT. Not published, not for signature.**"] : []),
    ...(extractOf ? ["", `**EXTRACT. ${escape(extractOf)}**`] : []),
    "",
    ...blockLines({ kind: "facts", label: "Terms", facts }),
    ...(blockers.length > 0 ? ["", "## Not ready to sign", "", ...blockLines({ kind: "list", items: blockers })] : []),
  ];
}

/** A block as blocks of text: the grid is a table for each domain, and a drawing can't be text. */
function textBlocks(block: Sheet["blocks"][number], { columns, sections }: Report): TextBlock[] {
  if (block.kind === "drawing") return [];
  if (block.kind !== "matrix") return [block];
  const titles = ["Code", "Duty", ...columns.map(({ role, party }) => `${party.name}: ${role.name}`), STANDING_COLUMN];
  return sections.flatMap(({ domain, rows }): TextBlock[] => [
    { kind: "heading", text: domain.name },
    {
      kind: "table",
      label: domain.name,
      columns: titles.map((title) => ({ title, share: 1 })),
      rows: rows.map((row) => [
        row.code,
        row.text,
        ...row.cells.map((letters) => reportCell(letters, row)),
        rowStanding(row),
      ]),
    },
  ]);
}

function blockLines(block: TextBlock): string[] {
  switch (block.kind) {
    case "heading":
      return [`${block.rank === 2 ? "####" : "###"} ${escape(block.text)}`];
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
      return tableLines(block);
  }
}

/** A table, or one for each of its groups under a heading. */
function tableLines({ columns, rows, groups = [] }: TextTable): string[] {
  const header = columns.map(({ title }) => title);
  if (groups.length === 0) return table(header, rows);
  return groups.flatMap(({ at, title }, i) => [
    ...(i > 0 ? [""] : []),
    `### ${escape(title)}`,
    "",
    ...table(header, rows.slice(at, groups[i + 1]?.at)),
  ]);
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
