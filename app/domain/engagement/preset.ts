import { issuedBy } from "../matrix/issued";
import type { Matrix } from "../matrix/matrix";
import { indexOf } from "../matrix/owner";
import type { Fields } from "../parts/field";
import type { CollectionName, Collections, Thing, Things } from "../parts/part";
import { COLLECTIONS, PARTS } from "../parts/registry";
import type { Party } from "../matrix/shapes";
import { takeFields } from "../parts/take-fields";
import { normaliseText, type TextRule } from "../text";

/** What stands in a preset where a matrix names its parties. */
const PLACEHOLDERS = { client: "Client", provider: "Provider", thirdParty: "Third party" } as const;
const TITLE = "Responsibility matrix";

/** The two sides and the contract facts of an engagement that begins from a preset. */
type PresetNames = { client: string; provider: string; agreementReference: string; precedence: string };

/**
 * A matrix without what is one client's own, as each field's description says: what a preset leaves blank is blank, and
 * texts that name the client or the provider say "the client" and "the provider" instead.
 */
export function presetFrom(matrix: Matrix): Matrix {
  const { client, provider } = indexOf(matrix);
  const neutral = neutralWords([
    [client?.name ?? "", "the client"],
    [provider?.name ?? "", "the provider"],
  ]);
  const collections: Partial<Collections> = {};
  for (const name of COLLECTIONS) keepInPreset(collections, name, matrix, neutral);
  const { duties = [] } = collections;
  return {
    ...matrix,
    title: TITLE,
    terms: { agreementReference: "", exhibit: "", precedence: "", effectiveDate: null, reviewDate: null },
    settings: { ...matrix.settings, ruler: "" },
    ...collections,
    parties: named(matrix.parties, PLACEHOLDERS.client, PLACEHOLDERS.provider),
    // Numbers begin anew in each engagement: what a client deleted leaves no gap.
    issued: issuedBy(duties),
    accepted: {},
    deleted: {},
  };
}

function keepInPreset<Name extends CollectionName>(
  kept: { [One in Name]?: Things[One][] },
  name: Name,
  matrix: { [One in Name]: Things[One][] },
  neutral: Neutral,
): void {
  const { fields, blank } = PARTS[name];
  kept[name] = matrix[name].map((thing) => inPreset<Things[Name]>(thing, blank(thing), fields, neutral));
}

/** A thing with what a preset keeps of it, from a blank one. */
function inPreset<T extends Thing>(thing: T, blank: T, fields: Partial<Fields<T>>, neutral: Neutral): T {
  const kept = takeFields(blank, thing, fields, ({ preset }) => preset !== "blank");
  const texts: Partial<T> = {};
  for (const name in fields) {
    const text = fields[name]?.rewritten?.(kept[name], neutral);
    if (text !== undefined) texts[name] = text;
  }
  return { ...kept, ...texts };
}

/** A new draft from a preset: its duties as they are, between two named sides, with the contract facts given. */
export function matrixFromPreset(
  preset: Matrix,
  { client, provider, agreementReference, precedence }: PresetNames,
): Matrix {
  return {
    ...preset,
    title: TITLE,
    terms: {
      agreementReference: normaliseText(agreementReference, false),
      exhibit: "",
      precedence,
      effectiveDate: null,
      reviewDate: null,
    },
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

/** From this length on a name is found inside longer words too: shorter ones are too often part of ordinary words. */
const LONG = 5;

/** Replaces names, with an article before them, by neutral words, whatever their case, and keeps the text within its rule. */
function neutralWords(pairs: readonly (readonly [name: string, word: string])[]): Neutral {
  const words = new Map(pairs.filter(([name]) => name !== "").map(([name, word]) => [name.toLowerCase(), word]));
  if (words.size === 0) return (text) => text;
  const longestFirst = pairs
    .map(([name]) => name)
    .filter((name) => name !== "")
    .sort((a, b) => b.length - a.length);
  const names = longestFirst
    .map((name) => (name.length < LONG ? `(?<![\\p{L}\\p{N}])${literal(name)}(?![\\p{L}\\p{N}])` : literal(name)))
    .join("|");
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
