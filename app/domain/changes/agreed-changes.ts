import { diffMatrices } from "./diff";
import type { CollectionDiff, FieldChanges, MatrixDiff } from "./diff-schema";
import type { Matrix } from "../matrix/matrix";
import { FRAME } from "../parts/frame";
import type { CollectionName, Things } from "../parts/part";
import { COLLECTIONS, PARTS } from "../parts/registry";
import { isSignedPath, type AnyFields } from "../parts/signed";

/** The diffs of some collections by name. */
type DiffsOf<Name extends CollectionName> = { [One in Name]?: CollectionDiff<Things[One]> };

/**
 * The agreed changes between two matrices. The count in the header, the compare page, the check for something to
 * publish, the amendment and the list of changes all use this one comparison. Unsigned fields such as marks and
 * suggestions are left out. Applied to `before`, the diff gives a matrix with the canonical text of `after`.
 */
export function agreedChanges(before: Matrix, after: Matrix): MatrixDiff {
  return onlyAgreed(diffMatrices(before, after));
}

/** The part of a diff that changes the canonical text. */
function onlyAgreed(diff: MatrixDiff): MatrixDiff {
  const agreed: MatrixDiff = { fields: signedFields(diff.fields, FRAME) };
  for (const name of COLLECTIONS) addAgreed(agreed, name, diff);
  return agreed;
}

function addAgreed<Name extends CollectionName>(agreed: DiffsOf<Name>, name: Name, diff: DiffsOf<Name>): void {
  const part = diff[name];
  if (!part) return;
  const changed = part.changed.flatMap(({ id, fields }) => {
    const signed = signedFields(fields, PARTS[name].fields);
    return Object.keys(signed).length > 0 ? [{ id, fields: signed }] : [];
  });
  if (changed.length > 0 || part.placedBefore.length > 0 || part.placedAfter.length > 0)
    agreed[name] = { ...part, changed };
}

function signedFields(changes: FieldChanges, fields: AnyFields): FieldChanges {
  return Object.fromEntries(Object.entries(changes).filter(([path]) => isSignedPath(fields, path)));
}
