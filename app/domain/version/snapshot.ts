import { sameJson } from "../equal";
import { sortedJson } from "../hash";
import type { Matrix } from "../matrix/matrix";
import { FRAME } from "../parts/frame";
import { PART_LIST } from "../parts/registry";
import { laterFields, signedNames, signedValues, type AnyFields } from "../parts/signed";

export type Edition = { matrix: Matrix; number: number; previous: string | null };

/** The schema number of a text that says nothing which came later. */
const BASE = 2;
/** The highest schema number of a canonical text that this Demarc reads. */
export const NEWEST_TEXT = Math.max(
  BASE,
  ...PART_LIST.flatMap(({ since, fields }) => [since, ...laterFields(fields).map((field) => field.since)]),
);

/**
 * The exact text that is fingerprinted: JSON without spaces, keys in alphabetical order, collections in the matrix's
 * order, letters in the order A R S C I. `previous` is the fingerprint of the version before, so that versions chain.
 * A collection that came later is left out as long as it is empty, a field that came later as long as nothing is said in
 * it, and `schema` is the lowest number that can say what is said, so that the text of a matrix which doesn't use them
 * stays the same.
 */
export function canonicalText({ matrix, number, previous }: Edition): string {
  const parts = PART_LIST.filter(({ name, since }) => since <= BASE || matrix[name].length > 0);
  return sortedJson({
    format: "demarc.version",
    schema: Math.max(BASE, ...parts.flatMap(({ name, since, fields }) => [since, ...sinceOf(matrix[name], fields)])),
    number,
    previous,
    ...signedValues(matrix, FRAME, signedNames(FRAME)),
    ...Object.fromEntries(
      parts.map(({ name, fields }) => {
        const names = ["id", ...signedNames(fields)];
        return [name, matrix[name].map((thing) => signedValues(thing, fields, names))];
      }),
    ),
  });
}

/** The schema numbers of the later fields in which one of the things says something. */
function sinceOf(things: readonly object[], fields: AnyFields): number[] {
  return laterFields(fields).flatMap(({ name, since, assumed }) =>
    things.some((thing) => !sameJson(new Map<string, unknown>(Object.entries(thing)).get(name), assumed))
      ? [since]
      : [],
  );
}

/** The first twelve digits of a fingerprint in groups of four, for people to compare by eye. */
export function shortFingerprint(fingerprint: string): string {
  return fingerprint.slice(0, 12).replace(/(.{4})(?=.)/g, "$1 ");
}

/** What is agreed, collection by collection and record by record of the frame, as the names of fields in alphabetical order. */
export function signedOutline(): { name: string; fields: readonly string[] }[] {
  const records = Object.entries(FRAME).flatMap(([name, { signed, entries }]) =>
    signed && entries?.named ? [{ name, fields: Object.keys(entries.named).sort() }] : [],
  );
  return [
    ...records,
    ...PART_LIST.map(({ name, fields }) => ({ name, fields: ["id", ...signedNames(fields)].sort() })),
  ];
}
