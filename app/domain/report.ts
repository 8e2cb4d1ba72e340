import { RULE_LABELS } from "./findings/finding";
import { cellText, holds, LETTER_ORDER, LETTER_WORDS, lettersOf } from "./letters";
import type { Domain, Duty, Letter, Matrix, Party, PartyKind, Role } from "./matrix";
import { indexOf, ownerOf, partiesHolding } from "./owner";
import { shortFingerprint } from "./snapshot";

/** What a report is of: the draft, or one published version. Times are ISO 8601 in UTC. */
export type ReportEdition =
  | { kind: "draft"; differsFrom: number | null; exportedAt: string; fingerprint: string; previousFingerprint: string | null; canonicalText: string }
  | {
      kind: "version";
      number: number;
      status: "proposed" | "agreed" | "superseded" | "withdrawn";
      reason: string;
      authorName: string;
      publishedAt: string;
      fingerprint: string;
      previousFingerprint: string | null;
      canonicalText: string;
    };

export type ReportColumn = { role: Role; party: Party };
export type ReportRow = { dutyId: string; code: string; text: string; description: string; cells: readonly (readonly Letter[])[]; doneWhen: string; cadence: string; boundary: string; owner: string; reserved: boolean; cover: Duty["cover"] };
export type ReportSection = { domain: Domain; rows: ReportRow[] };
export type PartyLine = { code: string; text: string; roles: string; doneWhen: string; boundary: string };
export type PartyReport = { name: string; kind: PartyKind; does: PartyLine[]; answers: PartyLine[]; stays: PartyLine[] };
export type Fact = { label: string; value: string };
/** What is agreed on a duty besides its letters, boundary note and done-when: decisions, tools, a cover period, its standing. */
export type TermsRow = { code: string; text: string; facts: Fact[] };
/** A warning accepted as it is: what it is about, why, by whom and on which day. */
export type AcceptedRow = { warning: string; about: string; reason: string; by: string; on: string };

/** Everything an export shows, in no format: every writer renders this and nothing else, so that they can't disagree. */
export type Report = {
  title: string;
  /** Short name of the edition, such as "Version 3, proposed" or "Draft". */
  editionName: string;
  draft: boolean;
  edition: ReportEdition;
  client: string;
  provider: string;
  facts: Fact[];
  blockers: string[];
  signatories: string[];
  columns: ReportColumn[];
  sections: ReportSection[];
  parties: PartyReport[];
  definitions: Fact[];
  /** Only duties of which something is said. */
  terms: TermsRow[];
  accepted: AcceptedRow[];
  changes: string[];
  changesFrom: string;
};

/** Builds the report of a matrix as it stood. `changes` are the sentences since the version before, `blockers` those of what stops signing. */
export function buildReport({ matrix, edition, changes, blockers }: { matrix: Matrix; edition: ReportEdition; changes: string[]; blockers: string[] }): Report {
  const { client, provider } = indexOf(matrix);
  const columns = matrix.parties.flatMap((party) => (indexOf(matrix).rolesOf.get(party.id) ?? []).map((role) => ({ role, party })));
  const before = edition.kind === "draft" ? edition.differsFrom : edition.number > 1 ? edition.number - 1 : null;
  return {
    title: matrix.title,
    editionName: edition.kind === "draft" ? "Draft" : `Version ${edition.number}, ${edition.status}`,
    draft: edition.kind === "draft",
    edition,
    client: client?.name ?? "",
    provider: provider?.name ?? "",
    facts: coverFacts(matrix, edition),
    blockers,
    signatories: [client, provider].flatMap((party) => (party ? [party.name] : [])),
    columns,
    sections: sectionsOf(matrix, columns),
    parties: matrix.parties.map((party) => partyReport(matrix, party)),
    definitions: definitions(matrix),
    terms: matrix.duties.flatMap((duty) => termsRow(matrix, duty)),
    accepted: acceptedRows(matrix),
    changes,
    changesFrom: before === null ? "This is the first version: there is none before it to compare with." : `What changed since version ${before}.`,
  };
}

function coverFacts(matrix: Matrix, edition: ReportEdition): Fact[] {
  const { terms } = matrix;
  const facts: Fact[] = [
    { label: "Agreement", value: terms.agreementReference || "Not named" },
    { label: "Exhibit", value: terms.exhibit || "Not numbered" },
    { label: "Version", value: edition.kind === "draft" ? "Draft, not published" : `${edition.number}, ${edition.status}` },
    { label: "Effective from", value: dayWords(terms.effectiveDate) },
    { label: "Next review", value: dayWords(terms.reviewDate) },
    { label: "Order of precedence", value: terms.precedence || "Not stated" },
  ];
  if (edition.kind === "version") {
    facts.push({ label: "Reason for this version", value: edition.reason }, { label: "Published", value: `${dayWords(edition.publishedAt.slice(0, 10))} by ${edition.authorName}` });
  } else facts.push({ label: "Exported", value: dayWords(edition.exportedAt.slice(0, 10)) });
  facts.push({ label: "Fingerprint (SHA-256)", value: edition.fingerprint }, { label: "In short", value: shortFingerprint(edition.fingerprint) });
  if (edition.previousFingerprint) facts.push({ label: "Version before", value: edition.previousFingerprint });
  return facts;
}

const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/** A calendar day as 3 Mar 2026. */
export function dayWords(day: string | null): string {
  if (!day) return "Not set";
  const [year = "", month = "", date = ""] = day.split("-");
  return `${Number(date)} ${MONTHS[Number(month) - 1] ?? month} ${year}`;
}

function sectionsOf(matrix: Matrix, columns: ReportColumn[]): ReportSection[] {
  const sections = new Map<string, ReportSection>(matrix.domains.map((domain) => [domain.id, { domain, rows: [] }]));
  for (const duty of matrix.duties) {
    const { id: dutyId, code, text, description, doneWhen, cadence, boundary, reserved, cover } = duty;
    const cells = columns.map(({ role }) => lettersOf(duty, role.id));
    sections.get(duty.domainId)?.rows.push({ dutyId, code, text, description, cells, doneWhen, cadence, boundary, owner: ownerOf(matrix, duty)?.name ?? "Nobody yet", reserved, cover });
  }
  return [...sections.values()].filter(({ rows }) => rows.length > 0);
}

function partyReport(matrix: Matrix, party: Party): PartyReport {
  const roles = indexOf(matrix).rolesOf.get(party.id) ?? [];
  const lines = (letter: Letter, among: readonly Duty[] = matrix.duties) =>
    among.flatMap((duty) => {
      const held = roles.filter(({ id }) => holds(duty, id, letter));
      return held.length === 0 ? [] : [{ code: duty.code, text: duty.text, roles: held.map(({ name }) => name).join(", "), doneWhen: duty.doneWhen, boundary: duty.boundary }];
    });
  // What the provider asks the client to keep: all of it is the client's, from doing it to answering for it.
  const staying = matrix.duties.filter((duty) => {
    const doing = partiesHolding(matrix, duty, "R");
    return doing.length === 1 && doing[0]?.id === party.id && ownerOf(matrix, duty)?.id === party.id;
  });
  return { name: party.name, kind: party.kind, does: lines("R"), answers: lines("A"), stays: party.kind === "client" ? lines("R", staying) : [] };
}

function definitions(matrix: Matrix): Fact[] {
  const { client, provider } = indexOf(matrix);
  return [
    ...LETTER_ORDER.filter((letter) => letter !== "S" || matrix.settings.scheme === "RASCI").map((letter) => ({ label: `${letter} – ${LETTER_WORDS[letter].verb}`, value: LETTER_WORDS[letter].meaning })),
    { label: "A/R", value: "The same role answers for the duty and does it." },
    { label: "Owner", value: `The party whose role holds the A: ${client?.name ?? "the client"} or ${provider?.name ?? "the provider"}. Exactly one owns each duty.` },
    { label: "Shared duty", value: "A duty that roles of more than one party do. Its boundary note says which part is whose." },
    { label: "Boundary note", value: "For a shared duty: which part is whose, and where the work passes from one side to the other." },
    { label: "Reserved", value: `Direction, priorities, budget or the acceptance of risk. ${client?.name ?? "The client"} answers for it, whoever does the work.` },
    { label: "Third party", value: "A vendor or another provider. It can do, be asked and be told; whoever engages it answers for its work." },
    { label: "Fingerprint", value: "A number computed from the whole text of a version. Any change to the text gives another number." },
    { label: "Accountability", value: matrix.settings.accountability === "stays-with-client" ? `${client?.name ?? "The client"} keeps answering, whoever does the work.` : "Who does a duty answers for it, unless the duty is reserved or the letters say otherwise." },
  ];
}

function termsRow(matrix: Matrix, duty: Duty): TermsRow[] {
  const { decisions, coverPeriod, standing } = duty;
  const covering = coverPeriod ? indexOf(matrix).party.get(coverPeriod.partyId)?.name : undefined;
  const facts: [string, string | undefined][] = [
    ["Standing", standingFact(standing)],
    ["Who decides", decisions.decides],
    ["Asked first", decisions.asked],
    ["Told afterwards", decisions.told],
    ["Up to", decisions.limit],
    ["Without an answer", decisions.silence],
    ["Tools and standards", duty.tools],
    ["Covered for a while", coverPeriod ? `${covering ?? "Another party"}, ${dayWords(coverPeriod.from)} to ${dayWords(coverPeriod.to)}` : undefined],
  ];
  const said = facts.flatMap(([label, value]) => (value ? [{ label, value }] : []));
  return said.length > 0 ? [{ code: duty.code, text: duty.text, facts: said }] : [];
}

/** A duty's standing in words; nothing where it applies like any other. */
export function standingFact(standing: Duty["standing"]): string | undefined {
  if (!standing) return undefined;
  if (standing.kind === "parked") return `Parked until ${dayWords(standing.until)} with ${standing.owner}`;
  if (standing.kind === "declined") return `Declined until ${dayWords(standing.until)} at the risk of ${standing.riskOwner}: ${standing.reason}`;
  return `Doesn't apply: ${standing.reason || "no reason given"}`;
}

function acceptedRows(matrix: Matrix): AcceptedRow[] {
  const labels = new Map<string, string>(Object.entries(RULE_LABELS));
  return Object.entries(matrix.accepted).map(([key, { reason, by, on }]) => {
    const [rule = "", subject] = key.split(".", 2);
    const duty = matrix.duties.find(({ id }) => id === subject);
    const role = matrix.roles.find(({ id }) => id === subject);
    return { warning: labels.get(rule) ?? rule, about: duty ? `${duty.code} ${duty.text}` : (role?.name ?? "The matrix"), reason, by, on: dayWords(on) };
  });
}

/** A row's cell as it is written. */
export function reportCell(letters: readonly Letter[]): string {
  return cellText(letters);
}
