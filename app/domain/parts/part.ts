import type { z } from "zod";
import type { Matrix } from "../matrix/matrix";
import type { Fields } from "./field";
import type { Problem } from "./problem";
import type { COLLECTION_SCHEMAS } from "../matrix/schemas";

export type Thing = { id: string };
/** A thing of any kind, with its fields by name. */
export type AnyThing = Thing & { readonly [field: string]: unknown };

/** The type of each kind of agreed thing, by the name of its collection in a matrix. */
export type Things = { [Name in keyof typeof COLLECTION_SCHEMAS]: z.output<(typeof COLLECTION_SCHEMAS)[Name]>[number] };
export type CollectionName = keyof Things;
/** The collections of a matrix. The order of things is the order of the arrays. */
export type Collections = { [Name in CollectionName]: Things[Name][] };

/** A reference from a thing to things of another collection, and what happens when one of those is deleted. */
export type Reference<T> = {
  to: CollectionName;
  /** The ids that the thing refers to. */
  ids(thing: T): readonly string[];
  /**
   * What happens when the thing with this id is deleted: "refuse" rejects the deletion; a function gives the referring
   * thing without the reference, or null to delete it as well.
   */
  gone: "refuse" | Without<T>["without"];
};

/**
 * Declared as a method because methods are checked bivariantly: this lets a reference of duties stand in a list of
 * references of any thing.
 */
type Without<T> = { without(thing: T, id: string): T | null };

/** The description of one kind of agreed thing. */
export type Part<T extends Thing> = {
  name: CollectionName;
  one: string;
  many: string;
  /** The most things of this kind that a matrix may hold. */
  limit: number;
  /** The schema number of the first canonical text that can contain this kind. */
  since: number;
  fields: Fields<Omit<T, "id">> & Partial<Fields<T>>;
  /** The name of a thing in sentences. */
  title(thing: T, matrix: Matrix): string;
  /** The fields that the title already contains. */
  titled: readonly (keyof T)[];
  references: readonly Reference<T>[];
  /** Whether the generic commands (`thing.add` and the like) edit this kind, or commands of its own. */
  editing: "common" | "own";
  /**
   * A thing with only the fields that every thing of its kind must have, taken from `thing`. All other fields are
   * blank.
   */
  blank(thing: T): T;
  /** Problems of one thing by itself that the rules of its fields can't find; `at` is its path in the matrix. */
  formProblems?(thing: T, at: string): Iterable<Problem>;
  /** Problems of these things within their matrix that the rules of their fields can't find. */
  problems?(matrix: Matrix): Iterable<Problem>;
};
