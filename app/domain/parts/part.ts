import type { z } from "zod";
import type { TextBlock } from "../blocks";
import type { Matrix } from "../matrix/matrix";
import type { Fields } from "./field";
import type { Problem } from "./problem";
import type { COLLECTION_SCHEMAS } from "../matrix/schemas";

export type Thing = { id: string };
/** A thing of whichever kind, with its fields by name. */
export type AnyThing = Thing & { readonly [field: string]: unknown };

/** Every kind of agreed thing by the name of its collection in a matrix. */
export type Things = { [Name in keyof typeof COLLECTION_SCHEMAS]: z.output<(typeof COLLECTION_SCHEMAS)[Name]>[number] };
export type CollectionName = keyof Things;
/** The collections of a matrix. Order is array order. */
export type Collections = { [Name in CollectionName]: Things[Name][] };

/** What a thing refers to in another collection, and what happens to it when that goes. */
export type Reference<T> = {
  to: CollectionName;
  /** The ids it refers to. */
  ids(thing: T): readonly string[];
  /** The thing without a reference to what went; null takes it away too; "refuse" keeps what it refers to. */
  gone: "refuse" | Without<T>["without"];
};

/** Declared as a method, so that the reference of a duty may stand among those of any thing. */
type Without<T> = { without(thing: T, id: string): T | null };

/** Everything agreed that a thing says, in words, in the order of its description. `field` is the name or path of the field. */
export type WordsOf<T> = (thing: T) => readonly { field: string; label: string; text: string }[];

/** Everything that is said about one kind of agreed thing. */
export type Part<T extends Thing> = {
  name: CollectionName;
  one: string;
  many: string;
  /** How many of them a matrix holds at most. */
  limit: number;
  /** The schema number of the first canonical text that can hold it. */
  since: number;
  fields: Fields<Omit<T, "id">> & Partial<Fields<T>>;
  /** How a thing is named in sentences. */
  title(thing: T, matrix: Matrix): string;
  /** The fields that its title says. */
  titled: readonly (keyof T)[];
  references: readonly Reference<T>[];
  /** Whether it is edited by the commands that every kind of thing has (`thing.add` and the like), or by its own. */
  editing: "common" | "own";
  /** A thing of which nothing is known but what every thing of its kind has. */
  blank(thing: T): T;
  /** What is wrong in one thing by itself, beyond the rules of its fields; `at` is where it stands. */
  formProblems?(thing: T, at: string): Iterable<Problem>;
  /** What is wrong with these things beyond the rules of their fields, lazily. */
  problems?(matrix: Matrix): Iterable<Problem>;
  /** Its chapter of a report, where that isn't the table of what each thing says. Parties, roles, domains and duties have chapters of their own. */
  chapter?: { title: string; blocks(matrix: Matrix, wordsOf: WordsOf<T>): TextBlock[] };
};
