import type { Matrix } from "../../matrix/matrix";
import { indexOf } from "../../matrix/owner";
import { dayWords } from "../../day-words";
import { nameList } from "../../name-list";
import type { Party } from "../../matrix/shapes";
import { hoursWords, weekInRuns, weekWords } from "../hours";
import { withFieldValues, type WordingField } from "./field-names";

/** What a field is filled with: a name, or a phrase, which begins with a capital where a sentence begins. */
type Value = { name: string } | { phrase: string };

const PRECEDENCE =
  "where this schedule and the agreement differ on who does or answers for a duty, this schedule stands; in everything else the agreement stands.";

/** A text with its fields filled in from a matrix. What the matrix doesn't say is put in general words. */
export function filledIn(text: string, matrix: Matrix): string {
  return text.includes("{")
    ? withFieldValues(text, (field, at) => {
        const value = VALUES[field](matrix);
        if ("name" in value) return value.name;
        return beginsSentence(text.slice(0, at)) ? capital(value.phrase) : value.phrase;
      })
    : text;
}

const beginsSentence = (before: string) => /(^|[.!?]\s|\n)$/.test(before);
const capital = (text: string) => `${text.charAt(0).toUpperCase()}${text.slice(1)}`;

const VALUES: Readonly<Record<WordingField, (matrix: Matrix) => Value>> = {
  client: (matrix) => ({ name: sideName(matrix, "client") }),
  provider: (matrix) => ({ name: sideName(matrix, "provider") }),
  clientLegalName: (matrix) => ({ name: legalName(matrix, "client") }),
  providerLegalName: (matrix) => ({ name: legalName(matrix, "provider") }),
  clientLead: (matrix) => leadOf(matrix, "client"),
  providerLead: (matrix) => leadOf(matrix, "provider"),
  clientRoles: (matrix) => rolesOf(matrix, "client"),
  providerRoles: (matrix) => rolesOf(matrix, "provider"),
  desk: deskOf,
  agreement: agreementOf,
  exhibit: ({ terms }) => (terms.exhibit === "" ? { phrase: "a schedule" } : { name: terms.exhibit }),
  precedence: ({ terms }) => (terms.precedence === "" ? { phrase: PRECEDENCE } : { name: terms.precedence }),
  effective: ({ terms }) =>
    terms.effectiveDate === null
      ? { phrase: "the day on which both parties have signed it" }
      : { name: dayWords(terms.effectiveDate) },
  review: ({ terms }) => ({
    phrase: terms.reviewDate === null ? "at least once a year" : `on ${dayWords(terms.reviewDate)}`,
  }),
  disagreement: disagreementOf,
  settlement: settlementOf,
  workingDays: (matrix) => ({
    phrase:
      ofEachParty(matrix, ({ week }) =>
        weekInRuns(week)
          .flatMap(({ days, hours }) => (hours === "" ? [] : [days]))
          .join(", "),
      ) ?? "Monday to Friday, other than public holidays where the party that acts is at work",
  }),
  workingHours: (matrix) => ({
    phrase:
      ofEachParty(matrix, ({ week, timeZone }) => `${weekWords(week)} (${timeZone})`) ??
      "the usual hours of the party that acts, on a working day",
  }),
};

type Side = "client" | "provider";

function sideOf(matrix: Matrix, side: Side): Party | null {
  return indexOf(matrix)[side];
}

const sideName = (matrix: Matrix, side: Side) => sideOf(matrix, side)?.name ?? `the ${side}`;
const legalName = (matrix: Matrix, side: Side) => sideOf(matrix, side)?.legal.name ?? sideName(matrix, side);

function leadOf(matrix: Matrix, side: Side): Value {
  const partyId = sideOf(matrix, side)?.id;
  const lead = matrix.roles.find((role) => role.lead && role.partyId === partyId);
  return lead ? { name: lead.name } : { phrase: `the lead of ${sideName(matrix, side)}` };
}

function rolesOf(matrix: Matrix, side: Side): Value {
  const names = matrix.roles.filter(({ partyId }) => partyId === sideOf(matrix, side)?.id).map(({ name }) => name);
  return names.length === 0 ? { phrase: `the people of ${sideName(matrix, side)}` } : { name: nameList(names) };
}

/** The role that takes calls first: one called a desk, otherwise one called support, of the provider before others. */
function deskOf(matrix: Matrix): Value {
  const index = indexOf(matrix);
  const rank = (partyId: string) => (partyId === index.provider?.id ? 0 : partyId === index.client?.id ? 1 : 2);
  const roles = [...matrix.roles].sort((a, b) => rank(a.partyId) - rank(b.partyId));
  const sides = roles.filter(({ partyId }) => rank(partyId) < 2);
  const role = [/\bdesk\b|\bhelpdesk\b/i, /\bsupport\b/i].flatMap((called) =>
    sides.filter(({ name }) => called.test(name)),
  )[0];
  return role
    ? { phrase: `the role ${role.name} of ${index.party.get(role.partyId)?.name ?? "its party"}` }
    : { phrase: "whoever takes calls first" };
}

function agreementOf(matrix: Matrix): { phrase: string } {
  const { agreementReference } = matrix.terms;
  return {
    phrase:
      agreementReference === ""
        ? `the agreement between ${sideName(matrix, "client")} and ${sideName(matrix, "provider")}`
        : `the agreement ${agreementReference}`,
  };
}

function disagreementOf(matrix: Matrix): Value {
  const paths = matrix.paths.filter(({ kind }) => kind === "disagreement").map(({ name }) => name);
  if (paths.length > 0)
    return { phrase: `follow the escalation ${paths.length === 1 ? "path" : "paths"} ${nameList(paths)}` };
  const names = (["client", "provider"] as const).map((side) => {
    const lead = leadOf(matrix, side);
    return "name" in lead ? `${lead.name} of ${sideName(matrix, side)}` : lead.phrase;
  });
  return { phrase: `talk it over between ${nameList(names)}` };
}

function settlementOf(matrix: Matrix): Value {
  const { ruler } = matrix.settings;
  const { phrase: agreement } = agreementOf(matrix);
  return {
    phrase:
      ruler === ""
        ? `is settled as ${agreement} provides for disputes`
        : `is put to ${ruler}, whose ruling counts once both parties have confirmed it. Failing that, it is settled as ${agreement} provides for disputes`,
  };
}

/** What is said of each party that has working hours; null where none has. */
function ofEachParty(matrix: Matrix, say: (hours: Matrix["hours"][number]) => string): string | null {
  const { party } = indexOf(matrix);
  const said = matrix.hours.flatMap((hours) => {
    const works = Object.values(hours.week).some((day) => hoursWords(day) !== "");
    return works ? [`for ${party.get(hours.partyId)?.name ?? "another party"} ${say(hours)}`] : [];
  });
  return said.length === 0 ? null : said.join("; ");
}
