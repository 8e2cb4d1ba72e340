import type { Matrix } from "../matrix/matrix";
import type { MarkedName, MarkedThing } from "../parts/marks";
import { PARTS } from "../parts/registry";
import { signedNames } from "../parts/signed";
import { hashOfTerms, markStates, validRulingOf } from "./marked";

type Structure = Pick<Matrix, "parties" | "roles">;

/** What both parties' marks and the ruling on a thing other than a duty come to. Derived, and never stored. */
type ThingAgreement = "proposed" | "agreed" | "disputed";

/** The hash of everything that is signed of a thing, which a mark on it covers. */
export function thingTerms(matrix: Structure, part: MarkedName, thing: MarkedThing): string {
  const { fields } = PARTS[part];
  return hashOfTerms(matrix, thing, fields, [...signedNames(fields), "id"]);
}

/** Whether both sides agree to the present terms of a thing, or one of them disputes these. */
export function thingAgreement(matrix: Structure, part: MarkedName, thing: MarkedThing): ThingAgreement {
  // The rules ask for every path after every edit, and hashing the terms is most of the work.
  if (thing.ruling === null && Object.keys(thing.marks).length === 0) return "proposed";
  const present = thingTerms(matrix, part, thing);
  const isPresent = (terms: string) => terms === present;
  if (validRulingOf(matrix, thing, isPresent)) return "agreed";
  const states = markStates(matrix, thing, isPresent);
  if (states.includes("disputed")) return "disputed";
  return states.every((state) => state === "agreed") ? "agreed" : "proposed";
}
