import type { Matrix } from "../matrix/matrix";
import type { TextRule } from "../text";

/** What a preset does with a field: keeps it, leaves it blank, or keeps its text without the names of the two sides. */
type InPreset = "keep" | "blank" | "neutral";

/**
 * The entries of a field whose value is a record: each is a field of its own in diffs and in the log, under the path
 * `<field>/<key>`. `named` describes the entries of a record with fixed keys; null where the keys are ids.
 */
export type Entries = {
  named: Readonly<Record<string, Entry>> | null;
  /** Whether null is the value of an entry that is there, and not its absence. */
  holdsNull: boolean;
  /** The entries of a record whose keys are ids in words, in the order in which they are read; without it the record is told as a whole. */
  each?(record: unknown, matrix: Matrix): EntryWords[];
};

/** One entry of a record whose keys are ids, in words. */
export type EntryWords = { key: string; label: string; text: string };

/** One entry of a record with fixed keys. */
export type Entry = {
  label: string;
  rule: TextRule | null;
  /** The value in words, where it isn't its own text; empty where nothing is said. */
  words?(value: unknown): string;
};

/** A text inside a value: where it stands, and how it is judged. */
export type TextAt = { at: string; text: string; rule: TextRule };

export type TextEntry = Entry & { rule: TextRule };

/** Everything that is said about one field of an agreed thing. Nothing about a field is written down anywhere else. */
export type Field<Value> = {
  /** Its one name, on screen and in files. */
  label: string;
  /** Whether it is agreed: part of the canonical text, of what a mark holds to, of comparisons and amendments. */
  signed: boolean;
  /** Whether a read-only link shows it. */
  shared: boolean;
  /** Whether an undo, which applies a diff that comes from outside, may set it. */
  undoable: boolean;
  /** Whether restoring a version brings its value back. What is signed comes back, unless the field says otherwise. */
  restored: boolean;
  preset: InPreset;
  /**
   * The schema number of the first canonical text that can hold it, where that is later than the number of its kind. The
   * text leaves such a field out as long as it says what goes without saying (`assumed`).
   */
  since?: number;
  entries: Entries | null;
  /** The value that goes without saying: it is told only where it changed from or to another one. */
  assumed?: Value;
  /** How its text is judged; null where it is no text. */
  rule: TextRule | null;
  /** The value in words; empty where nothing is said. */
  words(value: Value, matrix: Matrix): string;
  /** The texts inside a value that is no text itself, each with where it stands and how it is judged. */
  texts?(value: Value): readonly TextAt[];
  /** The value with each of its texts written another way: as it is stored, or neutral where a preset keeps it. */
  rewritten?(value: Value, write: (text: string, rule: TextRule) => string): Value;
  /** The value as the canonical text holds it, where that isn't the value as it is stored. */
  canonical?(value: Value): Value;
  /** What of the value, and of what it refers to, a party's mark holds to, where that isn't the value alone. */
  marked?(value: Value, matrix: Pick<Matrix, "parties" | "roles">): unknown;
};

/** The fields of a thing, each described: a field without a description doesn't compile. */
export type Fields<Thing> = { readonly [Name in keyof Thing]-?: Field<Thing[Name]> };

type Described<Value> = Pick<Field<Value>, "label" | "words"> & Partial<Field<Value>>;

/** A field that is agreed and shown to everybody, unless it says otherwise. */
export function agreed<Value>(field: Described<Value>): Field<Value> {
  return {
    signed: true,
    shared: true,
    undoable: true,
    restored: field.signed ?? true,
    preset: "keep",
    entries: null,
    rule: null,
    ...field,
  };
}

/** A field that helps one's own work: neither agreed nor shown through a link. */
export function unsigned<Value>(field: Described<Value>): Field<Value> {
  return agreed({ signed: false, shared: false, restored: false, ...field });
}

type TextFacts = Partial<Field<string>> & Pick<TextRule, "max"> & Partial<TextRule>;

export type TextField = Field<string> & { rule: TextRule };

/** A text field: its rule is named as the field is. */
export function textField(
  label: string,
  {
    max,
    lines = false,
    optional = true,
    called = `The ${label.charAt(0).toLowerCase()}${label.slice(1)}`,
    ...facts
  }: TextFacts,
): TextField {
  const rule = { called, max, lines, optional };
  const field = agreed<string>({
    label,
    preset: "neutral",
    words: (text) => text,
    rewritten: (text, write) => write(text, rule),
    ...facts,
  });
  return { ...field, rule };
}

/** The parts of a path of a diff: the field's name, and the key of the entry where it names one. */
export function partsOfPath(path: string): { name: string; key: string | null } {
  const at = path.indexOf("/");
  return at < 0 ? { name: path, key: null } : { name: path.slice(0, at), key: path.slice(at + 1) };
}
