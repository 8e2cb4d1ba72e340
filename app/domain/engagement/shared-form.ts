import type { Matrix } from "../matrix/matrix";
import { FRAME } from "../parts/frame";
import type { CollectionName, Collections, Things } from "../parts/part";
import { COLLECTIONS, PARTS } from "../parts/registry";
import { takeFields } from "../parts/field";

/**
 * The matrix that read-only links and signatories' pages show. It contains only the fields whose description marks them
 * as shared; all others are blank.
 */
export function sharedForm(matrix: Matrix): Matrix {
  const blank: Matrix = { ...matrix, title: "", issued: {}, accepted: {}, deleted: {} };
  const collections: Partial<Collections> = {};
  for (const name of COLLECTIONS) shareCollection(collections, name, matrix);
  return { ...takeFields(blank, matrix, FRAME, ({ shared }) => shared), ...collections };
}

function shareCollection<Name extends CollectionName>(
  sharedCollections: { [One in Name]?: Things[One][] },
  name: Name,
  matrix: { [One in Name]: Things[One][] },
): void {
  const { fields, blank } = PARTS[name];
  sharedCollections[name] = matrix[name].map((thing) =>
    takeFields<Things[Name]>(blank(thing), thing, fields, (field) => field.shared),
  );
}
