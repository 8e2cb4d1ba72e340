import { isStruck } from "../agreement/agreement";
import { whileWords } from "../agreement/who-words";
import type { Fact } from "../blocks";
import type { Amendment } from "./amendment";
import {
  certificateOf,
  signatoriesOf,
  type Certificate,
  type SignatureBlock,
  type Signer,
  type StatusEvent,
} from "./certificate";
import type { ContactRow } from "../people/contacts";
import { dayWords, momentWords } from "../day-words";
import { disputeRows, type DisputeRow } from "./disputes";
import { scheduleFrame, type ScheduleFrame } from "./schedule-frame";
import { dayOf } from "../days";
import { KIND_WORDS, pressureWords } from "../matrix/kinds";
import { cellText, holdsLetter, lettersOf } from "../matrix/letters";
import type { Matrix } from "../matrix/matrix";
import type { Domain, Duty, Letter, Party, PartyKind, Role } from "../matrix/shapes";
import { indexOf, ownerOf, partiesHolding } from "../matrix/owner";
import { SETTINGS } from "../parts/frame";
import { printedClauses } from "../schedule/clauses";
import { coverSentence, standingWords } from "../parts/duties";
import { partChapters, type PartChapter } from "./part-chapters";
import {
  isExtract,
  PART_WORDS,
  WHOLE_PACK,
  wholeParts,
  type PackChoice,
  type Paper,
  type ReportPart,
} from "./report-parts";
import { acceptedRows, definitions, termsRow, type AcceptedRow, type TermsRow } from "./report-terms";
import type { SignatureFact } from "../signing/sign-off";
import { shortFingerprint } from "../version/snapshot";
import { CURRENT_WRITER, type WriterNumber } from "../version/writer";

/** The edition that a report is about: a draft or a published version. Times are in ISO 8601, UTC. */
export type ReportEdition =
  | {
      kind: "draft";
      differsFrom: number | null;
      exportedAt: string;
      fingerprint: string;
      previousFingerprint: string | null;
      canonicalText: string;
    }
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
      /** When everybody had signed; null while it isn't agreed. */ agreedAt?: string | null;
    };

export type ReportColumn = { role: Role; party: Party };
export type ReportRow = {
  dutyId: string;
  code: string;
  text: string;
  description: string;
  cells: readonly (readonly Letter[])[];
  /** Whether it is struck from who does what: its letters rest, and stand in brackets. */
  struck: boolean;
  /** Its standing with the reason and until when; empty where it applies. */
  standing: string;
  /** Who covers it for a while, from when to when; empty where nobody does. */
  covered: string;
  doneWhen: string;
  cadence: string;
  boundary: string;
  owner: string;
  reserved: boolean;
  cover: Duty["cover"];
  /** The numbers of CIS safeguards and the codes of NIST categories, which aren't signed. */
  cis: readonly string[];
  csf: readonly string[];
  /** Whether it defends or invests, and its pressures in words, which aren't signed either. */
  kind: string;
  pressures: string;
};
type ReportSection = { domain: Domain; rows: ReportRow[] };
export type PartyLine = {
  code: string;
  text: string;
  roles: string;
  doneWhen: string;
  cadence: string;
  boundary: string;
};
export type PartyReport = {
  name: string;
  kind: PartyKind;
  does: PartyLine[];
  answers: PartyLine[];
  stays: PartyLine[];
  /** The duties that it covers for a while, with the days in place of roles. */
  covers: PartyLine[];
};

/** A duty that is struck from who does what, and why. */
export type StruckLine = { code: string; text: string; standing: string };

/** The boundary note of a duty that has one. */
export type BoundaryRow = { code: string; text: string; boundary: string };

/**
 * The content of an export, independent of its format. Every file writer renders this and nothing else, so that formats
 * can't disagree. It is plain data that can be sent to a worker thread.
 */
export type Report = {
  /** "matrix" for the whole matrix, "amendment" for only the changes of an amendment. */
  kind: "matrix" | "amendment";
  title: string;
  /** The short name of the edition, such as "Version 3, proposed", "Draft" or "Amendment 2 (version 3, proposed)". */
  editionName: string;
  draft: boolean;
  /** The mark on every page: DRAFT, EXTRACT or both; empty for the whole text of a version. */
  mark: string;
  /** A sentence on the cover of an extract that names its edition and parts; null for the whole text. */
  extractOf: string | null;
  parts: readonly ReportPart[];
  paper: Paper;
  edition: ReportEdition;
  /** The number of the writer whose wording, order and formats the report uses. */
  writer: WriterNumber;
  client: string;
  provider: string;
  facts: Fact[];
  blockers: string[];
  signatories: SignatureBlock[];
  columns: ReportColumn[];
  sections: ReportSection[];
  parties: PartyReport[];
  /** The duties that nobody does or answers for: those that don't apply, are declined or parked. */
  struck: StruckLine[];
  boundaries: BoundaryRow[];
  definitions: Fact[];
  /** The duties with agreed facts of this kind. */
  terms: TermsRow[];
  accepted: AcceptedRow[];
  /** The open disputes and the rulings, which stand in no canonical text. */
  disputes: DisputeRow[];
  /** The chapters about agreed things other than parties, roles, domains and duties. */
  chapters: PartChapter[];
  /** What a schedule says beside its duties; null for the first two writers, who wrote none. */
  frame: ScheduleFrame | null;
  changes: string[];
  changesFrom: string;
  /** The amendment of an earlier version; null when there is no version to amend. */
  amendment: Amendment | null;
  /** The certificate of the signatures; null when nobody has signed. */
  certificate: Certificate | null;
  /** The contacts, which aren't signed; empty unless they were requested. */
  contacts: ContactRow[];
};

type ReportInput = {
  matrix: Matrix;
  edition: ReportEdition;
  /** The changes since the previous version, as sentences. */
  changes: string[];
  /** The blockers, as sentences. */
  blockers: string[];
  /** The parts and the paper size; by default the whole pack of the writer, on A4. */
  choice?: PackChoice;
  /** The signatories, in order. */
  signers?: readonly Signer[];
  signatures?: readonly SignatureFact[];
  /** The events in the history of the version. */
  history?: readonly StatusEvent[];
  amendment?: Amendment | null;
  contacts?: readonly ContactRow[];
  /** The disputes and rulings; by default those of the matrix. */
  disputes?: readonly DisputeRow[];
  /**
   * The number of the writer to imitate; by default the current one. Earlier ones are used to verify a file that they
   * wrote. The first one, for example, wrote days without a time and zone.
   */
  writer?: WriterNumber;
};

/** The report of a matrix in one edition. */
export function buildReport({
  matrix,
  edition,
  changes,
  blockers,
  writer = CURRENT_WRITER,
  choice = { ...WHOLE_PACK, parts: wholeParts(writer) },
  signers = [],
  signatures = [],
  history = [],
  amendment = null,
  contacts = [],
  disputes = disputeRows(matrix),
}: ReportInput): Report {
  const when = (at: string) => momentWords(writer === 1 ? dayOf(at) : at);
  const { client, provider } = indexOf(matrix);
  const columns = matrix.parties.flatMap((party) =>
    (indexOf(matrix).rolesOf.get(party.id) ?? []).map((role) => ({ role, party })),
  );
  const before = edition.kind === "draft" ? edition.differsFrom : edition.number > 1 ? edition.number - 1 : null;
  const editionName = edition.kind === "draft" ? "Draft" : `Version ${edition.number}, ${edition.status}`;
  const extract = isExtract(choice.parts, writer);
  const draft = edition.kind === "draft";
  const has = (part: ReportPart) => !extract || choice.parts.includes(part);
  return {
    kind: "matrix",
    title: matrix.title,
    editionName,
    draft,
    mark: [draft && "DRAFT", extract && "EXTRACT"].filter(Boolean).join(" · "),
    extractOf: extract
      ? `This is an extract of ${draft ? "the draft" : `version ${edition.number}`} with these parts: ${choice.parts.map((part) => PART_WORDS[part]).join(", ")}. The whole text has more.`
      : null,
    parts: choice.parts,
    paper: choice.paper,
    edition,
    writer,
    client: client?.name ?? "",
    provider: provider?.name ?? "",
    facts: coverFacts(matrix, edition, writer, when),
    blockers,
    signatories: signatoriesOf(
      [client, provider].filter((party) => party !== null),
      signers,
      signatures,
      when,
    ),
    columns,
    sections: sectionsOf(matrix, columns, writer),
    parties: matrix.parties.map((party) => partyReport(matrix, party, writer)),
    struck: showsStanding(writer)
      ? matrix.duties.flatMap(({ code, text, standing }) =>
          standing ? [{ code, text, standing: standingWords(standing) }] : [],
        )
      : [],
    boundaries: matrix.duties.flatMap((duty) => {
      const { code, boundary } = duty;
      return boundary ? [{ code, text: dutyText(matrix, duty, writer), boundary }] : [];
    }),
    definitions: definitions(matrix, writer),
    terms: matrix.duties.flatMap((duty) => termsRow(matrix, duty, writer)),
    accepted: acceptedRows(matrix, writer),
    disputes: isSchedule(writer) && has("duties") ? [...disputes] : [],
    chapters: has(isSchedule(writer) ? "escalation" : "decisions") ? partChapters(matrix, writer) : [],
    frame: isSchedule(writer) ? scheduleFrame(matrix) : null,
    changes,
    changesFrom:
      before === null
        ? "This is the first version: there is none before it to compare with."
        : `What changed since version ${before}.`,
    amendment,
    certificate: certificateOf(writer, signatures, history),
    contacts: choice.parts.includes("contacts") ? [...contacts] : [],
  };
}

/** The report as a separate document that lists only the changes of the amendment. */
export function amendmentReport(report: Report, amendment: Amendment): Report {
  const facts: Fact[] = [
    { label: "Amends", value: `Version ${amendment.amends.number}, fingerprint ${amendment.amends.fingerprint}` },
  ];
  return {
    ...report,
    kind: "amendment",
    amendment,
    editionName: `${amendment.title} (${report.editionName.toLowerCase()})`,
    mark: report.draft ? "DRAFT" : "",
    extractOf: null,
    contacts: [],
    disputes: [],
    chapters: [],
    facts: [...report.facts, ...facts],
  };
}

/** Whether a part is included and has any content. */
export function hasReportPart(report: Report, part: ReportPart): boolean {
  if (report.kind === "amendment" || !report.parts.includes(part)) return false;
  switch (part) {
    case "duties":
      return report.sections.length > 0;
    case "escalation":
      return report.chapters.length > 0;
    case "changes":
      return !isSchedule(report.writer) || report.changes.length > 0;
    case "boundaries":
      return report.boundaries.length > 0;
    case "decisions":
      return report.terms.length > 0;
    case "accepted-warnings":
      return isSchedule(report.writer) || report.accepted.length > 0;
    case "contacts":
      return report.contacts.length > 0;
    default:
      return true;
  }
}

function coverFacts(
  matrix: Matrix,
  edition: ReportEdition,
  writer: WriterNumber,
  when: (at: string) => string,
): Fact[] {
  const { terms } = matrix;
  const facts: Fact[] = [
    { label: "Agreement", value: terms.agreementReference || "Not named" },
    { label: "Exhibit", value: terms.exhibit || "Not numbered" },
    {
      label: "Version",
      value: edition.kind === "draft" ? "Draft, not published" : `${edition.number}, ${edition.status}`,
    },
    ...(isSchedule(writer) && edition.kind === "version"
      ? [{ label: "Agreed on", value: edition.agreedAt ? when(edition.agreedAt) : "Not agreed yet" }]
      : []),
    { label: "Effective from", value: dayWords(terms.effectiveDate) },
    { label: "Next review", value: dayWords(terms.reviewDate) },
    ...(isSchedule(writer) && isInClauses(matrix, terms.precedence)
      ? []
      : [{ label: "Order of precedence", value: terms.precedence || "Not stated" }]),
  ];
  if (showsStanding(writer))
    facts.push({ label: SETTINGS.ruler.label, value: matrix.settings.ruler || "Nobody is named" });
  if (edition.kind === "version") {
    facts.push(
      { label: "Reason for this version", value: edition.reason },
      { label: "Published", value: `${when(edition.publishedAt)} by ${edition.authorName}` },
    );
  } else facts.push({ label: "Exported", value: when(edition.exportedAt) });
  facts.push(
    { label: "Fingerprint (SHA-256)", value: edition.fingerprint },
    { label: "In short", value: shortFingerprint(edition.fingerprint) },
  );
  if (edition.previousFingerprint) facts.push({ label: "Version before", value: edition.previousFingerprint });
  return facts;
}

/** Whether the clauses of a matrix say a text, each of its lines. */
function isInClauses(matrix: Matrix, text: string): boolean {
  const said = printedClauses(matrix)
    .flatMap(({ paragraphs }) => paragraphs)
    .join("\n");
  return text !== "" && text.split("\n").every((line) => said.includes(line.trim()));
}

/**
 * Whether a writer marks duties that are struck or covered wherever they stand. The first two named them among terms
 * alone, and left the numbers of frameworks out.
 */
function showsStanding(writer: WriterNumber): boolean {
  return writer > 2;
}

/**
 * Whether a writer writes a schedule: clauses that are signed, then annexes, each duty once. The first two wrote a
 * chapter for each list.
 */
export function isSchedule(writer: WriterNumber): boolean {
  return writer > 2;
}

/** A duty's text in a list, with its standing and who covers it below. */
function dutyText(matrix: Matrix, duty: Duty, writer: WriterNumber): string {
  return showsStanding(writer)
    ? [duty.text, ...whileWords(matrix, duty).map((sentence) => `(${sentence})`)].join("\n")
    : duty.text;
}

function sectionsOf(matrix: Matrix, columns: ReportColumn[], writer: WriterNumber): ReportSection[] {
  const sections = new Map<string, ReportSection>(matrix.domains.map((domain) => [domain.id, { domain, rows: [] }]));
  for (const duty of matrix.duties) {
    const { id: dutyId, code, text, description, doneWhen, cadence, boundary, reserved, cover, cis, csf } = duty;
    const struck = showsStanding(writer) && isStruck(duty);
    const cells = columns.map(({ role }) => lettersOf(duty, role.id));
    sections.get(duty.domainId)?.rows.push({
      dutyId,
      code,
      text,
      description,
      cells,
      struck,
      standing: struck ? standingWords(duty.standing) : "",
      covered: showsStanding(writer) && duty.coverPeriod ? coverSentence(duty.coverPeriod, matrix) : "",
      doneWhen,
      cadence,
      boundary,
      owner: struck ? "Nobody meanwhile" : (ownerOf(matrix, duty)?.name ?? "Nobody yet"),
      reserved,
      cover,
      cis: showsStanding(writer) ? cis : [],
      csf: showsStanding(writer) ? csf : [],
      kind: showsStanding(writer) ? KIND_WORDS[duty.stance] : "",
      pressures: showsStanding(writer) ? pressureWords(duty.pressures) : "",
    });
  }
  return [...sections.values()].filter(({ rows }) => rows.length > 0);
}

function partyReport(matrix: Matrix, party: Party, writer: WriterNumber): PartyReport {
  const roles = indexOf(matrix).rolesOf.get(party.id) ?? [];
  const duties = showsStanding(writer) ? matrix.duties.filter((duty) => !isStruck(duty)) : matrix.duties;
  const line = (duty: Duty, said: string): PartyLine => ({
    code: duty.code,
    text: dutyText(matrix, duty, writer),
    roles: said,
    doneWhen: duty.doneWhen,
    cadence: duty.cadence,
    boundary: duty.boundary,
  });
  const lines = (letter: Letter, among: readonly Duty[] = duties) =>
    among.flatMap((duty) => {
      const letterRoles = roles.filter(({ id }) => holdsLetter(duty, id, letter));
      return letterRoles.length === 0 ? [] : [line(duty, letterRoles.map(({ name }) => name).join(", "))];
    });
  // The duties that stay with this party entirely: it alone does them and it answers for them.
  const ownDuties = duties.filter((duty) => {
    const doing = partiesHolding(matrix, duty, "R");
    return doing.length === 1 && doing[0]?.id === party.id && ownerOf(matrix, duty)?.id === party.id;
  });
  return {
    name: party.name,
    kind: party.kind,
    does: lines("R"),
    answers: lines("A"),
    stays: party.kind === "client" ? lines("R", ownDuties) : [],
    covers: duties.flatMap((duty) => {
      const { coverPeriod } = duty;
      return showsStanding(writer) && coverPeriod?.partyId === party.id
        ? [line(duty, `${dayWords(coverPeriod.from)} to ${dayWords(coverPeriod.to)}`)]
        : [];
    }),
  };
}

/** The text of a matrix cell in a report. Letters that rest stand in brackets, in every format alike. */
export function reportCell(letters: readonly Letter[], { struck }: Pick<ReportRow, "struck">): string {
  return struck && letters.length > 0 ? `(${cellText(letters)})` : cellText(letters);
}

/** What stands below a duty's text in its row: its standing, and who covers it. */
export function rowText({ text, standing, covered }: ReportRow): string {
  return [text, standing, covered].filter(Boolean).join("\n");
}

/** The same beside the duty's text, in formats with a column for it. */
export function rowStanding({ standing, covered }: ReportRow): string {
  return [standing, covered].filter(Boolean).join("\n");
}

/** The head of that column. */
export const STANDING_COLUMN = "Standing and cover";
