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
 * blank, or made neutral; where a text names one of the two sides, a neutral text has a word in braces for the name.
 */
export function presetFrom(matrix: Matrix): Matrix {
  const { client, provider } = indexOf(matrix);
  const neutral = neutralWords([
    [client?.name ?? "", "{client}"],
    [provider?.name ?? "", "{provider}"],
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

type Rewriting<Name extends CollectionName> = { [One in Name]?: Things[One][] };

function keepInPreset<Name extends CollectionName>(
  presetCollections: Rewriting<Name>,
  name: Name,
  matrix: { [One in Name]: Things[One][] },
  neutral: Rewrite,
): void {
  const { fields, blank } = PARTS[name];
  presetCollections[name] = matrix[name].map((thing) => {
    const kept = takeFields<Things[Name]>(blank(thing), thing, fields, ({ preset }) => preset !== "blank");
    return rewritten<Things[Name]>(kept, fields, neutral, ["neutral", "fields"]);
  });
}

function rewriteIn<Name extends CollectionName>(
  collections: Rewriting<Name>,
  name: Name,
  preset: { [One in Name]: Things[One][] },
  write: Rewrite,
): void {
  collections[name] = preset[name].map((thing) =>
    rewritten<Things[Name]>(thing, PARTS[name].fields, write, ["neutral"]),
  );
}

/** A thing with those of its texts rewritten that a preset treats in one of these ways. */
function rewritten<T extends Thing>(thing: T, fields: Partial<Fields<T>>, write: Rewrite, ways: readonly string[]): T {
  const texts: Partial<T> = {};
  for (const name in fields) {
    const field = fields[name];
    const text = field && ways.includes(field.preset) ? field.rewritten?.(thing[name], write) : undefined;
    if (text !== undefined) texts[name] = text;
  }
  return { ...thing, ...texts };
}

/** A new draft with the duties of a preset, the names of two sides in it, and the given contract facts. */
export function matrixFromPreset(
  preset: Matrix,
  { client, provider, agreementReference, precedence }: PresetNames,
): Matrix {
  const parties = renamedParties(preset.parties, normaliseText(client, false), normaliseText(provider, false));
  const index = indexOf({ parties, roles: preset.roles });
  const withNames: Rewrite = (text, rule) =>
    fitted(
      text.replace(/\{(client|provider)\}/g, (_, side: "client" | "provider") => index[side]?.name ?? `the ${side}`),
      text,
      rule,
    );
  const collections: Partial<Collections> = {};
  for (const name of COLLECTIONS) rewriteIn(collections, name, preset, withNames);
  return {
    ...preset,
    ...collections,
    title: TITLE,
    terms: {
      agreementReference: normaliseText(agreementReference, false),
      exhibit: "",
      precedence,
      effectiveDate: null,
      reviewDate: null,
    },
    parties,
  };
}

/** The parties with new names. Third parties are numbered. */
function renamedParties(parties: readonly Party[], client: string, provider: string): Party[] {
  const usedNames = new Set([client.toLowerCase(), provider.toLowerCase()]);
  return parties.map(({ id, kind, engagedBy }) => {
    const name = kind === "client" ? client : kind === "provider" ? provider : unusedName(usedNames);
    usedNames.add(name.toLowerCase());
    return { id, kind, name, engagedBy, legal: {} };
  });
}

function unusedName(usedNames: ReadonlySet<string>): string {
  for (let number = 1; ; number += 1) {
    const name = number === 1 ? PLACEHOLDERS.thirdParty : `${PLACEHOLDERS.thirdParty} ${number}`;
    if (!usedNames.has(name.toLowerCase())) return name;
  }
}

type Rewrite = (text: string, rule: TextRule) => string;

/**
 * Names of at least this length are also replaced inside longer words. Shorter ones occur too often in ordinary words.
 */
const LONG_NAME = 5;

/** Replaces names by neutral words, ignoring case. The text still fits its rule. */
function neutralWords(pairs: readonly (readonly [name: string, word: string])[]): Rewrite {
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
  const pattern = new RegExp(names, "giu");
  return (text, rule) =>
    fitted(
      text.replace(pattern, (name) => words.get(name.toLowerCase()) ?? name),
      text,
      rule,
    );
}

/** A text that was rewritten, in stored form and no longer than its rule lets; one that is as it was stays untouched. */
function fitted(rewrittenText: string, text: string, { max, lines }: TextRule): string {
  return rewrittenText === text ? text : normaliseText(cut(normaliseText(rewrittenText, lines), max), lines);
}

const escapedPattern = (text: string) => text.replace(/[.*+?^${}()|[\]\\/]/gu, "\\$&");

/** Cuts a text to `max` code units without splitting a surrogate pair. */
function cut(text: string, max: number): string {
  if (text.length <= max) return text;
  return text.slice(0, max).replace(/[\uD800-\uDBFF]$/, "");
}
