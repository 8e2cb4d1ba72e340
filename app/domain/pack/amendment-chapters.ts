import type { TextBlock, TextTable } from "../blocks";
import type { AmendedDuty, Amendment } from "./amendment";
import { headingText, quietText } from "./chapters";

const HOW_WORDS: Record<AmendedDuty["how"], { before: string; after: string }> = {
  added: { before: "New: ", after: ", a new duty" },
  restored: { before: "Restored: ", after: ", restored after it was deleted" },
  removed: { before: "No longer: ", after: ", which no longer applies" },
  deleted: { before: "Deleted: ", after: ", deleted" },
  changed: { before: "", after: "" },
};

/** A changed duty's heading: its domain, what it is, and whether it came or went. */
export function amendedTitle(domain: string, { code, text, how }: AmendedDuty): string {
  return `${domain}: ${code} “${text}”${HOW_WORDS[how].after}`;
}

/** The changed duties of an amendment, each under its heading. */
export function amendedBlocks({ sections }: Amendment): TextBlock[] {
  const duties = sections.flatMap(({ domain, duties: changed }) =>
    changed.flatMap((duty): TextBlock[] => [
      headingText(amendedTitle(domain, duty)),
      {
        kind: "table",
        label: `${duty.code} before and after`,
        columns: [
          { title: "What", share: 20 },
          { title: "As it was", share: 40 },
          { title: "As amended", share: 40 },
        ],
        rows: duty.clauses.map(({ what, before, after }) => [what, before, after]),
      },
    ]),
  );
  return duties.length > 0 ? duties : [quietText("No duty is changed.")];
}

/**
 * What an amendment changes as one table, which can be sorted and searched: a row for each clause, then what changes
 * beside the duties.
 */
export function amendmentTable({ title, sections, frame }: Amendment): TextTable {
  const duties = sections.flatMap(({ domain, duties: changed }) =>
    changed.flatMap(({ code, text, how, clauses }) =>
      clauses.map(({ what, before, after }, i) =>
        i === 0
          ? [code, `${HOW_WORDS[how].before}${text}`, domain, what, before, after]
          : ["", "", "", what, before, after],
      ),
    ),
  );
  return {
    kind: "table",
    label: title,
    columns: [
      { title: "Code", share: 6 },
      { title: "Duty", share: 23 },
      { title: "Domain", share: 13 },
      { title: "What", share: 10 },
      { title: "As it was", share: 24 },
      { title: "As amended", share: 24 },
    ],
    rows: [...duties, ...frame.map((sentence, i) => ["", i === 0 ? "Beside the duties" : "", "", "", "", sentence])],
  };
}
