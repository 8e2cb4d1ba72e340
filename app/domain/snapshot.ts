import { sortedJson } from "./hash";
import { inOrder } from "./letters";
import type { Matrix } from "./matrix";

/** The fields of each part that the canonical text holds: what is agreed, and nothing else. */
export const CANONICAL_FIELDS = {
  terms: ["agreementReference", "effectiveDate", "exhibit", "precedence", "reviewDate"],
  settings: ["accountability", "answererShare", "manyAsked", "manyDoers", "personDuties", "ruler", "scheme"],
  parties: ["engagedBy", "id", "kind", "name"],
  roles: ["id", "lead", "name", "partyId"],
  domains: ["code", "id", "name"],
  duties: ["boundary", "cadence", "code", "cover", "coverPeriod", "decisions", "description", "domainId", "doneWhen", "id", "letters", "reserved", "standing", "text", "tools"],
} as const;

export type Edition = { matrix: Matrix; number: number; previous: string | null };

/**
 * The exact text that is fingerprinted: JSON without spaces, keys in alphabetical order, collections in the matrix's
 * order, letters in the order A R S C I. `previous` is the fingerprint of the version before, so that versions chain.
 */
export function canonicalText({ matrix, number, previous }: Edition): string {
  const { terms, settings, parties, roles, domains, duties } = matrix;
  const lettered = duties.map((duty) => ({
    ...duty,
    letters: Object.fromEntries(Object.entries(duty.letters).map(([roleId, letters]) => [roleId, inOrder(letters)])),
  }));
  return sortedJson({
    format: "demarc.version",
    schema: matrix.schema,
    number,
    previous,
    title: matrix.title,
    terms: only(terms, CANONICAL_FIELDS.terms),
    settings: only(settings, CANONICAL_FIELDS.settings),
    parties: parties.map((party) => only(party, CANONICAL_FIELDS.parties)),
    roles: roles.map((role) => only(role, CANONICAL_FIELDS.roles)),
    domains: domains.map((domain) => only(domain, CANONICAL_FIELDS.domains)),
    duties: lettered.map((duty) => only(duty, CANONICAL_FIELDS.duties)),
    accepted: matrix.accepted,
  });
}

/** The first twelve digits of a fingerprint in groups of four, for people to compare by eye. */
export function shortFingerprint(fingerprint: string): string {
  return fingerprint.slice(0, 12).replace(/(.{4})(?=.)/g, "$1 ");
}

function only(entity: Record<string, unknown>, fields: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(fields.map((field) => [field, entity[field]]));
}
