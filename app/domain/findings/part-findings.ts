import type { Matrix } from "../matrix/matrix";
import type { CollectionName } from "../parts/part";
import type { Finding } from "./finding";
import { findDispute } from "./path-dispute";

/**
 * The findings about other kinds of agreed thing that stop signing, which every page of a matrix shows; the other rules are
 * loaded after it. The id of the thing follows the dot in a finding's key.
 */
export const PART_BLOCKERS: { [Name in CollectionName]?: (matrix: Matrix) => readonly Finding[] } = {
  paths: (matrix) => matrix.paths.flatMap((path) => findDispute(matrix, path)),
};
