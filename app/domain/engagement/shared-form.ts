import type { Matrix } from "../matrix/matrix";
import { FRAME } from "../parts/frame";
import type { CollectionName, Collections, Things } from "../parts/part";
import { COLLECTIONS, PARTS } from "../parts/registry";
import { takeFields } from "../parts/take-fields";

/**
 * A matrix as a read-only link and the page of a signatory show it: the fields whose description says that they are
 * shared, and the rest blank. A field that doesn't say so is never shown.
 */
export function sharedForm(matrix: Matrix): Matrix {
  const blank: Matrix = { ...matrix, title: "", issued: {}, accepted: {}, deleted: {} };
  const collections: Partial<Collections> = {};
  for (const name of COLLECTIONS) shareCollection(collections, name, matrix);
  return { ...takeFields(blank, matrix, FRAME, ({ shared }) => shared), ...collections };
}

function shareCollection<Name extends CollectionName>(
  shared: { [One in Name]?: Things[One][] },
  name: Name,
  matrix: { [One in Name]: Things[One][] },
): void {
  const { fields, blank } = PARTS[name];
  shared[name] = matrix[name].map((thing) =>
    takeFields<Things[Name]>(blank(thing), thing, fields, (field) => field.shared),
  );
}
