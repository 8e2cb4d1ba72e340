import { DECISION_FIELDS, DECISION_TEXT, DUTY_TEXTS } from "./apply-duty";
import { NAME_RULES } from "./apply-structure";
import { blankDuty } from "./blank-duty";
import { issuedBy } from "./issued";
import type { Decisions, Duty, Matrix, Party } from "./matrix";
import { indexOf } from "./owner";
import { normaliseText, type TextRule } from "./text";

/** What stands in a preset where a matrix names its parties. */
export const PLACEHOLDERS = { client: "Client", provider: "Provider", thirdParty: "Third party" } as const;
const TITLE = "Responsibility matrix";

/** The two sides and the contract facts of an engagement that begins from a preset. */
export type PresetNames = { client: string; provider: string; agreementReference: string; precedence: string };

/**
 * A matrix without what is one client's own: names of parties, contract facts, marks, rulings, how it is done today,
 * dates, standing, acceptances, people, documentation and who holds the knowledge. Texts that name the client or the
 * provider say "the client" and "the provider" instead. What isn't named here begins blank.
 */
export function presetFrom(matrix: Matrix): Matrix {
  const { client, provider } = indexOf(matrix);
  const neutral = neutralWords([
    [client?.name ?? "", "the client"],
    [provider?.name ?? "", "the provider"],
  ]);
  const duties = matrix.duties.map((duty) => withoutClient(duty, neutral));
  return {
    schema: matrix.schema,
    title: TITLE,
    terms: { agreementReference: "", exhibit: "", precedence: "", effectiveDate: null, reviewDate: null },
    settings: { ...matrix.settings, ruler: "" },
    parties: named(matrix.parties, PLACEHOLDERS.client, PLACEHOLDERS.provider),
    roles: matrix.roles.map(({ id, partyId, name, lead }) => ({ id, partyId, name: neutral(name, NAME_RULES.role), lead })),
    domains: matrix.domains.map(({ id, code, name }) => ({ id, code, name: neutral(name, NAME_RULES.domain) })),
    duties,
    // Numbers begin anew in each engagement: what a client deleted leaves no gap.
    issued: issuedBy(duties),
    accepted: {},
    deleted: {},
  };
}

/** A new draft from a preset: its duties as they are, between two named sides, with the contract facts given. */
export function matrixFromPreset(preset: Matrix, { client, provider, agreementReference, precedence }: PresetNames): Matrix {
  return {
    ...preset,
    title: TITLE,
    terms: { agreementReference: normaliseText(agreementReference, false), exhibit: "", precedence, effectiveDate: null, reviewDate: null },
    parties: named(preset.parties, normaliseText(client, false), normaliseText(provider, false)),
  };
}

/** The parties under other names; third parties are told apart by a number. */
function named(parties: readonly Party[], client: string, provider: string): Party[] {
  const taken = new Set([client.toLowerCase(), provider.toLowerCase()]);
  return parties.map(({ id, kind, engagedBy }) => {
    const name = kind === "client" ? client : kind === "provider" ? provider : freeName(taken);
    taken.add(name.toLowerCase());
    return { id, kind, name, engagedBy };
  });
}

function freeName(taken: ReadonlySet<string>): string {
  for (let number = 1; ; number += 1) {
    const name = number === 1 ? PLACEHOLDERS.thirdParty : `${PLACEHOLDERS.thirdParty} ${number}`;
    if (!taken.has(name.toLowerCase())) return name;
  }
}

type Neutral = (text: string, rule: TextRule) => string;

function withoutClient(duty: Duty, neutral: Neutral): Duty {
  const { id, code, domainId, letters, suggestions, reserved, cover, stance, oftenDisputed, firstWorkshop, cis, csf } = duty;
  return {
    ...blankDuty({ id, code, domainId, text: neutral(duty.text, DUTY_TEXTS.text) }),
    description: neutral(duty.description, DUTY_TEXTS.description),
    doneWhen: neutral(duty.doneWhen, DUTY_TEXTS.doneWhen),
    cadence: neutral(duty.cadence, DUTY_TEXTS.cadence),
    workshopQuestion: neutral(duty.workshopQuestion, DUTY_TEXTS.workshopQuestion),
    letters,
    boundary: neutral(duty.boundary, DUTY_TEXTS.boundary),
    suggestions,
    reserved,
    cover,
    stance,
    oftenDisputed,
    firstWorkshop,
    cis,
    csf,
    tools: neutral(duty.tools, DUTY_TEXTS.tools),
    searchWords: neutral(duty.searchWords, DUTY_TEXTS.searchWords),
    decisions: neutralDecisions(duty.decisions, neutral),
  };
}

function neutralDecisions(decisions: Decisions, neutral: Neutral): Decisions {
  const kept: Decisions = {};
  for (const field of DECISION_FIELDS) {
    const text = decisions[field];
    if (text !== undefined) kept[field] = neutral(text, DECISION_TEXT);
  }
  return kept;
}

/** From this length on a name is found inside longer words too: shorter ones are too often part of ordinary words. */
const LONG = 5;

/** Replaces names, with an article before them, by neutral words, whatever their case, and keeps the text within its rule. */
function neutralWords(pairs: readonly (readonly [name: string, word: string])[]): Neutral {
  const words = new Map(pairs.filter(([name]) => name !== "").map(([name, word]) => [name.toLowerCase(), word]));
  if (words.size === 0) return (text) => text;
  const longestFirst = pairs.map(([name]) => name).filter((name) => name !== "").sort((a, b) => b.length - a.length);
  const names = longestFirst.map((name) => (name.length < LONG ? `(?<![\\p{L}\\p{N}])${literal(name)}(?![\\p{L}\\p{N}])` : literal(name))).join("|");
  const pattern = new RegExp(`((?<![\\p{L}\\p{N}])the +)?(${names})`, "giu");
  return (text, { max, lines }) => {
    const said = text.replace(pattern, (_, article: string | undefined, name: string, at: number) => {
      const word = words.get(name.toLowerCase()) ?? "them";
      const begins = article?.startsWith("T") || /(^|[.!?:]\s+|\n)$/.test(text.slice(0, at));
      return begins ? `${word.charAt(0).toUpperCase()}${word.slice(1)}` : word;
    });
    return said === text ? text : normaliseText(cut(normaliseText(said, lines), max), lines);
  };
}

const literal = (text: string) => text.replace(/[.*+?^${}()|[\]\\/]/gu, "\\$&");

/** Never in the middle of a character of two code units. */
function cut(text: string, max: number): string {
  if (text.length <= max) return text;
  return text.slice(0, max).replace(/[\uD800-\uDBFF]$/, "");
}
