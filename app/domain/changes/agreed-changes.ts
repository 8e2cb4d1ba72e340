import { diffMatrices } from "./diff";
import type { CollectionDiff, FieldChanges, MatrixDiff } from "./diff-schema";
import type { Matrix } from "../matrix/matrix";
import { FRAME } from "../parts/frame";
import type { CollectionName, Things } from "../parts/part";
import { COLLECTIONS, PARTS } from "../parts/registry";
import { isSignedPath, type AnyFields } from "../parts/signed";

/** Of the collections named, what changed in each. */
type DiffsOf<Name extends CollectionName> = { [One in Name]?: CollectionDiff<Things[One]> };

/**
 * What two matrices agree differently: the one comparison behind the count in the header, the compare page, whether there
 * is anything to publish, the amendment and the list of changes. Marks, suggestions and whatever else is not signed are no
 * part of it. Applied to the first matrix, it gives one with the canonical text of the second.
 */
export function agreedChanges(before: Matrix, after: Matrix): MatrixDiff {
  return onlyAgreed(diffMatrices(before, after));
}

/** Of a diff, what changes the canonical text. */
function onlyAgreed(diff: MatrixDiff): MatrixDiff {
  const agreed: MatrixDiff = { fields: signedFields(diff.fields, FRAME) };
  for (const name of COLLECTIONS) keepAgreed(agreed, name, diff);
  return agreed;
}

function keepAgreed<Name extends CollectionName>(agreed: DiffsOf<Name>, name: Name, diff: DiffsOf<Name>): void {
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
