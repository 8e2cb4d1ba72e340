import type { Matrix } from "../matrix/matrix";
import type { TextRule } from "../text";

/**
 * What a preset does with a field: "keep" copies it, "blank" empties it, "neutral" copies its text and replaces the
 * names of the client and provider, "fields" does so with the fields of clauses, which stay in what begins from it.
 */
type InPreset = "keep" | "blank" | "neutral" | "fields";

/**
 * Describes a field whose value is a record. Each entry counts as a field of its own in diffs and in the log, under the
 * path `<field>/<key>`. `named` describes the entries of a record with fixed keys; it is null when the keys are ids.
 */
export type Entries = {
  named: Readonly<Record<string, Entry>> | null;
  /** Whether null is a value that an entry can have. Otherwise null means that the entry is absent. */
  holdsNull: boolean;
  /**
   * Whether the fields of an entry are edited one by one, under the path `<field>/<key>/<field of the entry>`, and taken
   * back one by one, so that two people can change two fields of one entry. A diff still names the entry.
   */
  byField?: boolean;
  /** The entries of a record whose keys are ids in words, in the order in which they are read; without it the record is told as a whole. */
  each?(record: unknown, matrix: Matrix): EntryWords[];
};

/** One entry of a record whose keys are ids, in words. */
export type EntryWords = { key: string; label: string; text: string };

/** One entry of a record with fixed keys. */
export type Entry = {
  label: string;
  rule: TextRule | null;
  /** The value in words, for values that aren't texts; empty when there is nothing to say. */
  words?(value: unknown): string;
};

/** A text inside a value: its path in the value, the text, and the rule that checks it. */
export type TextAt = { at: string; text: string; rule: TextRule };

export type TextEntry = Entry & { rule: TextRule };

/** The description of one field of an agreed thing. No other place repeats any of it. */
export type Field<Value> = {
  /** The label of the field, used on every screen and in every file. */
  label: string;
  /**
   * Whether the field is agreed: part of the canonical text, of the hash that a mark refers to, of comparisons and of
   * amendments.
   */
  signed: boolean;
  /** Whether a read-only link shows the field. */
  shared: boolean;
  /** Whether an undo may set the field. An undo applies a diff that a client sent. */
  undoable: boolean;
  /** Whether restoring a version restores the field. By default, signed fields are restored and the others aren't. */
  restored: boolean;
  preset: InPreset;
  /** Whether it holds what the parties say of the thing: only the commands for that set it, never those that set fields. */
  stated?: boolean;
  /**
   * The schema number of the first canonical text that can hold it, where that is later than the number of its kind. The
   * text leaves such a field out as long as it says what goes without saying (`assumed`).
   */
  since?: number;
  entries: Entries | null;
  /** The usual value of the field. Texts mention it only when the value changes from or to another one. */
  assumed?: Value;
  /** The rule for the field's text; null when its value isn't a text. */
  rule: TextRule | null;
  /** The value in words; empty when there is nothing to say. */
  words(value: Value, matrix: Matrix): string;
  /** The texts inside a value that isn't a text itself. */
  texts?(value: Value): readonly TextAt[];
  /** The value with each of its texts rewritten: in stored form, or neutral for a preset. Needed by fields whose value holds texts. */
  rewritten?(value: Value, write: (text: string, rule: TextRule) => string): Value;
  /** The value as it stands in the canonical text, if that differs from the stored value. */
  canonical?(value: Value): Value;
  /** The data that goes into the hash a party's mark refers to, if that isn't the value alone. */
  marked?(value: Value, matrix: Pick<Matrix, "parties" | "roles">): unknown;
};

/** A description for each field of a thing. A field without a description doesn't compile. */
export type Fields<Thing> = { readonly [Name in keyof Thing]-?: Field<Thing[Name]> };

type FieldSettings<Value> = Pick<Field<Value>, "label" | "words"> & Partial<Field<Value>>;

/** The description of a field that is signed and shared, unless its own settings say otherwise. */
export function agreed<Value>(field: FieldSettings<Value>): Field<Value> {
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

/** The description of a field that is neither signed nor shared, such as a working note. */
export function unsigned<Value>(field: FieldSettings<Value>): Field<Value> {
  return agreed({ signed: false, shared: false, restored: false, ...field });
}

type TextFieldSettings = Partial<Field<string>> & Pick<TextRule, "max"> & Partial<TextRule>;

export type TextField = Field<string> & { rule: TextRule };

/**
 * The description of a text field. Sentences of its rule call the text by the field's label unless `called` is given.
 */
export function textField(
  label: string,
  {
    max,
    lines = false,
    optional = true,
    called = `The ${label.charAt(0).toLowerCase()}${label.slice(1)}`,
    ...settings
  }: TextFieldSettings,
): TextField {
  const rule = { called, max, lines, optional };
  const field = agreed<string>({
    label,
    preset: "neutral",
    words: (text) => text,
    rewritten: (text, write) => write(text, rule),
    ...settings,
  });
  return { ...field, rule };
}

type FieldFlags = Pick<Field<never>, "signed" | "shared" | "restored" | "preset">;

/** A copy of `thing` in which the fields whose description passes the test have the values of `from`. */
export function takeFields<T extends object>(
  thing: T,
  from: T,
  fields: Partial<Fields<T>>,
  isTaken: (field: FieldFlags) => boolean,
): T {
  const values: Partial<T> = {};
  for (const name in fields) {
    const field = fields[name];
    if (field && isTaken(field)) values[name] = from[name];
  }
  return { ...thing, ...values };
}

/**
 * Splits a path into the name of the field, the key of the entry and the field of that entry; `key` and `field` are null
 * where the path names the whole.
 */
export function partsOfPath(path: string): { name: string; key: string | null; field: string | null } {
  const [name = "", key = null, ...inside] = path.split("/");
  return { name, key, field: inside.length > 0 ? inside.join("/") : null };
}
