import type { Fact } from "../blocks";
import type { Matrix } from "../matrix/matrix";
import type { Party } from "../matrix/shapes";
import { SETTINGS } from "../parts/frame";
import { legalWords, PARTY_FIELDS } from "../parts/parties";
import { printedClauses, printedDefinitions, type PrintedClause } from "../schedule/clauses";

/** A party with what it is by law, and its roles. */
type PartyRow = { name: string; what: string; roles: string };

/** What a schedule says beside its duties: the parties, the clauses, the words it defines, and how it is set. */
export type ScheduleFrame = {
  agreement: string;
  exhibit: string;
  parties: PartyRow[];
  clauses: PrintedClause[];
  definitions: Fact[];
  /** Above which numbers a warning is given. */
  thresholds: Fact[];
  /** The domains without a duty, which no list of duties names. */
  emptyDomains: string[];
};

const THRESHOLDS = ["manyDoers", "manyAsked", "answererShare", "personDuties"] as const;

/** The frame of a matrix in words. */
export function scheduleFrame(matrix: Matrix): ScheduleFrame {
  const { parties, domains, duties, terms } = matrix;
  const used = new Set(duties.map(({ domainId }) => domainId));
  return {
    agreement: terms.agreementReference,
    exhibit: terms.exhibit,
    parties: parties.map((party) => partyRow(matrix, party)),
    clauses: printedClauses(matrix),
    definitions: printedDefinitions(matrix).map(({ term, meaning }) => ({ label: term, value: meaning })),
    thresholds: thresholdFacts(matrix),
    emptyDomains: domains.filter(({ id }) => !used.has(id)).map(({ code, name }) => `${name} (${code})`),
  };
}

function partyRow(matrix: Matrix, party: Party): PartyRow {
  const { id, name, kind, engagedBy, legal } = party;
  const engaged = PARTY_FIELDS.engagedBy.words(engagedBy, matrix);
  return {
    name,
    what: [
      `${PARTY_FIELDS.kind.words(kind, matrix)}${engaged === "" ? "" : `, engaged by ${engaged}`}`,
      ...legalWords(legal),
    ].join("\n"),
    roles: matrix.roles
      .filter(({ partyId }) => partyId === id)
      .map(({ name: role, lead }) => (lead ? `${role} (lead)` : role))
      .join(", "),
  };
}

function thresholdFacts({ settings }: Matrix): Fact[] {
  return THRESHOLDS.map((name) => ({ label: SETTINGS[name].label, value: String(settings[name]) }));
}
