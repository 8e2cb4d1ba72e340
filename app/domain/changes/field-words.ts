import type { FieldChanges } from "./diff-schema";
import { sameJson } from "../equal";
import type { Matrix } from "../matrix/matrix";
import { partsOfPath, type Entry, type EntryWords, type Field } from "../parts/field";

/** The value of a field in words, with the field's label. */
type FieldText = { field: string; label: string; text: string };
/** A changed field in words, with its label. A text is empty when the field has no value. */
export type FieldTextChange = { field: string; label: string; before: string; after: string };

type Described = Readonly<Record<string, Pick<Field<unknown>, "label" | "signed" | "entries" | "assumed" | "words">>>;
type ComparedMatrices = { before: Matrix; after: Matrix };

/**
 * The agreed fields of a thing in words, in the order of their descriptions. Empty fields and usual values are left
 * out.
 */
export function agreedWords(thing: object, fields: Described, matrix: Matrix): FieldText[] {
  const values = new Map<string, unknown>(Object.entries(thing));
  return Object.entries(fields).flatMap(([name, field]): FieldText[] => {
    const value = values.get(name);
    if (!field.signed || sameJson(value, field.assumed)) return [];
    const { entries } = field;
    if (entries?.each)
      return entries.each(value, matrix).flatMap(({ key, label, text }) => labelledText(`${name}/${key}`, label, text));
    if (!entries?.named) return labelledText(name, field.label, field.words(value, matrix));
    return Object.entries(entries.named).flatMap(([key, entry]) =>
      labelledText(`${name}/${key}`, entry.label, entryWords(entry, entryOf(value, key))),
    );
  });
}

function labelledText(field: string, label: string, text: string): FieldText[] {
  return text === "" ? [] : [{ field, label, text }];
}

/**
 * The changed fields of a thing in words, in the order of their descriptions. Each entry of a record with fixed keys is
 * listed by itself; any other field is listed once. `old` and `thing` are the thing before and after.
 */
export function changedWords(
  { old, thing }: { old: object; thing: object },
  changes: FieldChanges,
  fields: Described,
  { before, after }: ComparedMatrices,
): FieldTextChange[] {
  const changedKeys = new Map<string, string[]>();
  for (const path of Object.keys(changes)) {
    const { name, key } = partsOfPath(path);
    changedKeys.set(name, [...(changedKeys.get(name) ?? []), ...(key === null ? [] : [key])]);
  }
  const [valuesBefore, valuesAfter] = [
    new Map<string, unknown>(Object.entries(old)),
    new Map<string, unknown>(Object.entries(thing)),
  ];
  return Object.entries(fields).flatMap(([name, field]): FieldTextChange[] => {
    const keys = changedKeys.get(name);
    if (!keys) return [];
    const { named, each } = field.entries ?? { named: null };
    if (each)
      return changedEntries(name, keys, each(valuesBefore.get(name), before), each(valuesAfter.get(name), after));
    if (!named)
      return [
        {
          field: name,
          label: field.label,
          before: field.words(valuesBefore.get(name), before),
          after: field.words(valuesAfter.get(name), after),
        },
      ];
    return Object.entries(named).flatMap(([key, entry]) =>
      keys.includes(key)
        ? [
            {
              field: `${name}/${key}`,
              label: entry.label,
              before: entryWords(entry, entryOf(valuesBefore.get(name), key)),
              after: entryWords(entry, entryOf(valuesAfter.get(name), key)),
            },
          ]
        : [],
    );
  });
}

/** The changed entries of a record in words, in their order after the change; removed entries come last. */
function changedEntries(
  name: string,
  keys: readonly string[],
  before: readonly EntryWords[],
  after: readonly EntryWords[],
): FieldTextChange[] {
  const [entriesBefore, entriesAfter] = [before, after].map(
    (entries) => new Map(entries.map((entry) => [entry.key, entry])),
  );
  const order = new Set([...after, ...before].map(({ key }) => key));
  return [...order].flatMap((key): FieldTextChange[] => {
    const [old, current] = [entriesBefore?.get(key), entriesAfter?.get(key)];
    const label = (old ?? current)?.label;
    return label !== undefined && keys.includes(key)
      ? [{ field: `${name}/${key}`, label, before: old?.text ?? "", after: current?.text ?? "" }]
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
