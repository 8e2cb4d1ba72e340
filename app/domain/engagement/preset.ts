import { issuedNumbers } from "../matrix/issued";
import type { Matrix } from "../matrix/matrix";
import { indexOf } from "../matrix/owner";
import type { CollectionName, Collections, Thing, Things } from "../parts/part";
import { COLLECTIONS, PARTS } from "../parts/registry";
import type { Party } from "../matrix/shapes";
import { takeFields, type Fields } from "../parts/field";
import { normaliseText, type TextRule } from "../text";

/** The names of the parties in a preset. */
const PLACEHOLDERS = { client: "Client", provider: "Provider", thirdParty: "Third party" } as const;
const TITLE = "Responsibility matrix";

/** The names of the two sides and the contract facts for an engagement that starts from a preset. */
type PresetNames = { client: string; provider: string; agreementReference: string; precedence: string };

/**
 * A preset from a matrix: a copy without data of one client. Each field's description says whether it is copied, left
 * blank, or made neutral; neutral texts say "the client" and "the provider" instead of the names.
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
    parties: renamedParties(matrix.parties, PLACEHOLDERS.client, PLACEHOLDERS.provider),
    // Codes are numbered afresh, so that duties a client deleted leave no gap.
    issued: issuedNumbers(duties),
    accepted: {},
    deleted: {},
  };
}

function keepInPreset<Name extends CollectionName>(
  presetCollections: { [One in Name]?: Things[One][] },
  name: Name,
  matrix: { [One in Name]: Things[One][] },
  neutral: Neutral,
): void {
  const { fields, blank } = PARTS[name];
  presetCollections[name] = matrix[name].map((thing) => inPreset<Things[Name]>(thing, blank(thing), fields, neutral));
}

/** A blank thing with the fields that a preset keeps. */
function inPreset<T extends Thing>(thing: T, blank: T, fields: Partial<Fields<T>>, neutral: Neutral): T {
  const presetThing = takeFields(blank, thing, fields, ({ preset }) => preset !== "blank");
  const texts: Partial<T> = {};
  for (const name in fields) {
    const field = fields[name];
    const text = field?.preset === "neutral" ? field.rewritten?.(presetThing[name], neutral) : undefined;
    if (text !== undefined) texts[name] = text;
  }
  return { ...presetThing, ...texts };
}

/** A new draft with the duties of a preset, the names of two sides, and the given contract facts. */
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
    parties: renamedParties(preset.parties, normaliseText(client, false), normaliseText(provider, false)),
  };
}

/** The parties with new names. Third parties are numbered. */
function renamedParties(parties: readonly Party[], client: string, provider: string): Party[] {
  const usedNames = new Set([client.toLowerCase(), provider.toLowerCase()]);
  return parties.map(({ id, kind, engagedBy }) => {
    const name = kind === "client" ? client : kind === "provider" ? provider : unusedName(usedNames);
    usedNames.add(name.toLowerCase());
    return { id, kind, name, engagedBy };
  });
}

function unusedName(usedNames: ReadonlySet<string>): string {
  for (let number = 1; ; number += 1) {
    const name = number === 1 ? PLACEHOLDERS.thirdParty : `${PLACEHOLDERS.thirdParty} ${number}`;
    if (!usedNames.has(name.toLowerCase())) return name;
  }
}

type Neutral = (text: string, rule: TextRule) => string;

/**
 * Names of at least this length are also replaced inside longer words. Shorter ones occur too often in ordinary words.
 */
const LONG_NAME = 5;

/**
 * Replaces names by neutral words, ignoring case and including an article before the name. The text still fits its
 * rule.
 */
function neutralWords(pairs: readonly (readonly [name: string, word: string])[]): Neutral {
  const words = new Map(pairs.filter(([name]) => name !== "").map(([name, word]) => [name.toLowerCase(), word]));
  if (words.size === 0) return (text) => text;
  const longestFirst = pairs
    .map(([name]) => name)
    .filter((name) => name !== "")
    .sort((a, b) => b.length - a.length);
  const names = longestFirst
    .map((name) =>
      name.length < LONG_NAME ? `(?<![\\p{L}\\p{N}])${escapedPattern(name)}(?![\\p{L}\\p{N}])` : escapedPattern(name),
    )
    .join("|");
  const pattern = new RegExp(`((?<![\\p{L}\\p{N}])the +)?(${names})`, "giu");
  return (text, { max, lines }) => {
    const replaced = text.replace(pattern, (_, article: string | undefined, name: string, at: number) => {
      const word = words.get(name.toLowerCase()) ?? "them";
      const begins = article?.startsWith("T") || /(^|[.!?:]\s+|\n)$/.test(text.slice(0, at));
      return begins ? `${word.charAt(0).toUpperCase()}${word.slice(1)}` : word;
    });
    return replaced === text ? text : normaliseText(cut(normaliseText(replaced, lines), max), lines);
  };
}

const escapedPattern = (text: string) => text.replace(/[.*+?^${}()|[\]\\/]/gu, "\\$&");

/** Cuts a text to `max` code units without splitting a surrogate pair. */
function cut(text: string, max: number): string {
  if (text.length <= max) return text;
  return text.slice(0, max).replace(/[\uD800-\uDBFF]$/, "");
}
