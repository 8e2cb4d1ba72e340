import type { FieldChanges } from "./diff-schema";
import { sameJson } from "../equal";
import type { Matrix } from "../matrix/matrix";
import { partsOfPath, type Entry, type EntryWords, type Field } from "../parts/field";

/** One thing that is said, under its label. */
export type Said = { field: string; label: string; text: string };
/** One thing that is said differently; empty where nothing is said. */
export type Change = { field: string; label: string; before: string; after: string };

type Described = Readonly<Record<string, Pick<Field<unknown>, "label" | "signed" | "entries" | "assumed" | "words">>>;
type Both = { before: Matrix; after: Matrix };

/** Everything agreed that a thing says, in words and in the order of its description; what goes without saying is left out. */
export function agreedWords(thing: object, fields: Described, matrix: Matrix): Said[] {
  const values = new Map<string, unknown>(Object.entries(thing));
  return Object.entries(fields).flatMap(([name, field]): Said[] => {
    const value = values.get(name);
    if (!field.signed || sameJson(value, field.assumed)) return [];
    const { entries } = field;
    if (entries?.each)
      return entries.each(value, matrix).flatMap(({ key, label, text }) => saidAs(`${name}/${key}`, label, text));
    if (!entries?.named) return saidAs(name, field.label, field.words(value, matrix));
    return Object.entries(entries.named).flatMap(([key, entry]) =>
      saidAs(`${name}/${key}`, entry.label, entryWords(entry, entryOf(value, key))),
    );
  });
}

function saidAs(field: string, label: string, text: string): Said[] {
  return text === "" ? [] : [{ field, label, text }];
}

/**
 * What changes of a thing's fields say, in the order of its description: each field once, but for the entries of a record
 * with fixed keys, which are told one by one. `old` and `thing` are the thing as it was and as it is.
 */
export function changedWords(
  { old, thing }: { old: object; thing: object },
  changes: FieldChanges,
  fields: Described,
  { before, after }: Both,
): Change[] {
  const touched = new Map<string, string[]>();
  for (const path of Object.keys(changes)) {
    const { name, key } = partsOfPath(path);
    touched.set(name, [...(touched.get(name) ?? []), ...(key === null ? [] : [key])]);
  }
  const [was, is] = [new Map<string, unknown>(Object.entries(old)), new Map<string, unknown>(Object.entries(thing))];
  return Object.entries(fields).flatMap(([name, field]): Change[] => {
    const keys = touched.get(name);
    if (!keys) return [];
    const { named, each } = field.entries ?? { named: null };
    if (each) return changedEntries(name, keys, each(was.get(name), before), each(is.get(name), after));
    if (!named)
      return [
        {
          field: name,
          label: field.label,
          before: field.words(was.get(name), before),
          after: field.words(is.get(name), after),
        },
      ];
    return Object.entries(named).flatMap(([key, entry]) =>
      keys.includes(key)
        ? [
            {
              field: `${name}/${key}`,
              label: entry.label,
              before: entryWords(entry, entryOf(was.get(name), key)),
              after: entryWords(entry, entryOf(is.get(name), key)),
            },
          ]
        : [],
    );
  });
}

/** The entries of a record that changed, in the order in which they are read after the change, and then those that went. */
function changedEntries(
  name: string,
  keys: readonly string[],
  before: readonly EntryWords[],
  after: readonly EntryWords[],
): Change[] {
  const [was, is] = [before, after].map((entries) => new Map(entries.map((entry) => [entry.key, entry])));
  const order = new Set([...after, ...before].map(({ key }) => key));
  return [...order].flatMap((key): Change[] => {
    const [old, now] = [was?.get(key), is?.get(key)];
    const label = (old ?? now)?.label;
    return label !== undefined && keys.includes(key)
      ? [{ field: `${name}/${key}`, label, before: old?.text ?? "", after: now?.text ?? "" }]
      : [];
  });
}

function entryOf(record: unknown, key: string): unknown {
  return typeof record === "object" && record !== null
    ? new Map<string, unknown>(Object.entries(record)).get(key)
    : undefined;
}

function entryWords({ words }: Entry, value: unknown): string {
  if (value === undefined || value === null) return "";
  return words ? words(value) : typeof value === "string" ? value : "";
}
