import type { Block, Chapter } from "../blocks";
import type { AmendedDuty } from "./amendment";
import { hasReportPart, type PartyLine, type Report } from "./report";
import { PART_WORDS } from "./report-parts";

const plain = (text: string): Block => ({ kind: "paragraph", text, look: "plain" });
const quiet = (text: string): Block => ({ kind: "paragraph", text, look: "quiet" });
const heading = (text: string): Block => ({ kind: "heading", text });

/** The chapters of a report. DOCX and PDF both write exactly these, in this order. */
export function outlineOf(report: Report): Chapter[] {
  const chapter = (title: string, blocks: Block[], { landscape = false, own = false } = {}): Chapter => ({
    title,
    landscape,
    own,
    blocks,
  });
  const chapters: Chapter[] = [
    chapter(report.kind === "amendment" ? "About this amendment" : "About this schedule", about(report)),
  ];
  if (report.kind === "amendment" && report.amendment) chapters.push(...amendmentChapters(report));
  if (hasReportPart(report, "definitions"))
    chapters.push(
      chapter(PART_WORDS.definitions, [
        plain("In this schedule these letters and words mean:"),
        { kind: "facts", label: "Definitions", facts: report.definitions },
      ]),
    );
  if (hasReportPart(report, "matrix"))
    chapters.push(chapter(PART_WORDS.matrix, matrixBlocks(report), { landscape: true, own: true }));
  if (hasReportPart(report, "by-party")) chapters.push(chapter(PART_WORDS["by-party"], byParty(report)));
  if (hasReportPart(report, "boundaries")) {
    const columns = [
      { title: "Code", share: 12 },
      { title: "Duty", share: 34 },
      { title: "Which part is whose, and where it is handed over", share: 54 },
    ];
    chapters.push(
      chapter(PART_WORDS.boundaries, [
        {
          kind: "table",
          label: PART_WORDS.boundaries,
          columns,
          rows: report.boundaries.map(({ code, text, boundary }) => [code, text, boundary]),
        },
      ]),
    );
  }
  if (hasReportPart(report, "decisions")) {
    const columns = [
      { title: "Code", share: 12 },
      { title: "Duty", share: 32 },
      { title: "What", share: 18 },
      { title: "Agreed", share: 38 },
    ];
    const rows = report.terms.flatMap(({ code, text, facts }) =>
      facts.map(({ label, value }, i) => (i === 0 ? [code, text, label, value] : ["", "", label, value])),
    );
    chapters.push(
      chapter(PART_WORDS.decisions, [
        plain(
          "What else is agreed, duty by duty: who decides and up to what limit, tools and standards, cover, and duties that stand outside the ordinary.",
        ),
        { kind: "table", label: PART_WORDS.decisions, columns, rows },
      ]),
    );
  }
  for (const { title, blocks } of report.chapters) chapters.push(chapter(title, blocks));
  if (hasReportPart(report, "accepted-warnings")) {
    const columns = [
      { title: "Warning", share: 26 },
      { title: "About", share: 26 },
      { title: "Reason", share: 28 },
      { title: "Accepted by", share: 20 },
    ];
    chapters.push(
      chapter(PART_WORDS["accepted-warnings"], [
        plain("Both parties know of these and live with them for the reason given."),
        {
          kind: "table",
          label: PART_WORDS["accepted-warnings"],
          columns,
          rows: report.accepted.map(({ warning, about, reason, by, on }) => [warning, about, reason, `${by}, ${on}`]),
        },
      ]),
    );
  }
  if (hasReportPart(report, "changes"))
    chapters.push(
      chapter(PART_WORDS.changes, [
        plain(report.changesFrom),
        ...(report.changes.length > 0 ? [{ kind: "list" as const, items: report.changes }] : []),
      ]),
    );
  chapters.push(
    chapter("Signatures", [
      plain("Both parties sign the same text, which its fingerprint identifies. Later edits go into a new version."),
      { kind: "signatures" },
    ]),
  );
  if (report.certificate) chapters.push(chapter("Certificate", [{ kind: "certificate" }], { own: true }));
  if (hasReportPart(report, "contacts")) chapters.push(chapter(PART_WORDS.contacts, contacts(report), { own: true }));
  return chapters;
}

/** The most roles that fit side by side on a page and stay readable. */
const ROLES_ACROSS = 30;

/** The matrix as one table, or as several tables with part of the roles each when there are too many for one page. */
function matrixBlocks({ columns }: Report): Block[] {
  const tables = Math.max(1, Math.ceil(columns.length / ROLES_ACROSS));
  const each = Math.ceil(columns.length / tables);
  return Array.from({ length: tables }, (_, i): [number, number] => [
    i * each,
    Math.min(columns.length, (i + 1) * each),
  ]).flatMap(([from, to]) => {
    const block: Block = { kind: "matrix", columns: [from, to] };
    return tables === 1 ? [block] : [heading(`Roles ${from + 1} to ${to} of ${columns.length}`), block];
  });
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
    ...(report.kind === "amendment" && amendment ? amendment.recitals.map(plain) : []),
    { kind: "facts", label: "Terms", facts },
    ...(blockers.length > 0
      ? [
          heading(
            `Not ready to sign: ${blockers.length} ${blockers.length === 1 ? "point" : "points"} to settle first`,
          ),
          { kind: "list" as const, items: blockers },
        ]
      : []),
  ];
}

function byParty({ parties }: Report): Block[] {
  const list = (title: string, lines: PartyLine[]): Block[] => {
    const columns = [
      { title: "Code", share: 11 },
      { title: "Duty", share: 32 },
      { title: "Role", share: 18 },
      { title: "Done when", share: 27 },
      { title: "How often", share: 12 },
    ];
    if (lines.length === 0) return [heading(`${title} (0)`), quiet("Nothing.")];
    return [
      heading(`${title} (${lines.length})`),
      {
        kind: "table",
        label: title,
        columns,
        rows: lines.map(({ code, text, roles, doneWhen, cadence }) => [code, text, roles, doneWhen, cadence]),
      },
    ];
  };
  return parties.flatMap(({ name, kind, does, answers, stays }) => [
    ...list(`${name} does`, does),
    ...list(`${name} answers for`, answers),
    ...(kind === "client" ? list(`What stays with ${name}: it does these and answers for them`, stays) : []),
  ]);
}

function amendmentChapters({ amendment }: Report): Chapter[] {
  if (!amendment) return [];
  const columns = [
    { title: "What", share: 20 },
    { title: "As it was", share: 40 },
    { title: "As amended", share: 40 },
  ];
  const duties = amendment.sections.flatMap(({ domain, duties: changed }) =>
    changed.flatMap((duty): Block[] => [
      heading(amendedTitle(domain, duty)),
      {
        kind: "table",
        label: `${duty.code} before and after`,
        columns,
        rows: duty.clauses.map(({ what, before, after }) => [what, before, after]),
      },
    ]),
  );
  return [
    {
      title: "Amended duties",
      landscape: false,
      own: false,
      blocks: duties.length > 0 ? duties : [quiet("No duty is changed.")],
    },
    ...(amendment.frame.length > 0
      ? [
          {
            title: "Other changes",
            landscape: false,
            own: false,
            blocks: [{ kind: "list" as const, items: amendment.frame }],
          },
        ]
      : []),
  ];
}

/** The heading of a changed duty: its domain, code and text, and whether it was added or removed. */
export function amendedTitle(domain: string, { code, text, how }: AmendedDuty): string {
  return `${domain}: ${code} “${text}”${how === "changed" ? "" : how === "added" ? ", a new duty" : ", which no longer applies"}`;
}

function contacts(report: Report): Block[] {
  const columns = [
    { title: "Name", share: 22 },
    { title: "Party and roles", share: 24 },
    { title: "E-mail", share: 24 },
    { title: "Phones", share: 16 },
    { title: "Hours", share: 14 },
  ];
  const rows = report.contacts.map(({ name, title, party, roles, email, phones, hours }) => [
    [name, title].filter(Boolean).join("\n"),
    [party, roles].filter(Boolean).join(": "),
    email,
    phones,
    hours,
  ]);
  return [
    quiet("Contacts are no part of what is signed. They change without a new signature."),
    { kind: "table", label: PART_WORDS.contacts, columns, rows },
  ];
}
