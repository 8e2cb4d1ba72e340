import { sameJson } from "../equal";
import { sortedJson } from "../hash";
import type { Matrix } from "../matrix/matrix";
import { FRAME } from "../parts/frame";
import { PART_LIST } from "../parts/registry";
import { laterFields, signedNames, signedValues, type AnyFields } from "../parts/signed";

export type Edition = { matrix: Matrix; number: number; previous: string | null };

/** The schema number of a text that uses no kind of thing added later. */
const BASE = 2;
/** The highest schema number of a canonical text that this release reads. */
export const NEWEST_TEXT = Math.max(
  BASE,
  ...PART_LIST.flatMap(({ since, fields }) => [since, ...laterFields(fields).map((field) => field.since)]),
);

/**
 * The canonical text, whose SHA-256 is the fingerprint of a version: JSON without spaces, with keys in alphabetical
 * order, collections in the matrix's order and letters in the order A R S C I. `previous` is the fingerprint of the
 * previous version, which chains the versions. An empty collection and an unset field that were added later are left out, and `schema` is
 * the lowest number that the content allows, so that the text of a matrix doesn't change when a release adds something it
 * doesn't use.
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

/** The schema numbers of the later fields that are set in at least one of the things. */
function sinceOf(things: readonly object[], fields: AnyFields): number[] {
  return laterFields(fields).flatMap(({ name, since, assumed }) =>
    things.some((thing) => !sameJson(new Map<string, unknown>(Object.entries(thing)).get(name), assumed))
      ? [since]
      : [],
  );
}

/** The first twelve digits of a fingerprint in groups of four, so that people can compare it by eye. */
export function shortFingerprint(fingerprint: string): string {
  return fingerprint.slice(0, 12).replace(/(.{4})(?=.)/g, "$1 ");
}

/** The names of the agreed fields in alphabetical order, for each collection and each record of the frame. */
export function signedOutline(): { name: string; fields: readonly string[] }[] {
  const records = Object.entries(FRAME).flatMap(([name, { signed, entries }]) =>
    signed && entries?.named ? [{ name, fields: Object.keys(entries.named).sort() }] : [],
  );
  return [
    ...records,
    ...PART_LIST.map(({ name, fields }) => ({ name, fields: ["id", ...signedNames(fields)].sort() })),
  ];
}
