import type { Matrix } from "../matrix/matrix";
import type { CollectionName } from "../parts/part";
import { findInLimits } from "./limit-rules";
import { findInAuthorities, findInConversations, findInPaths } from "./escalation-rules";
import type { Finding } from "./finding";

/**
 * The rules of other kinds of agreed thing; duties, the matrix as a whole and people have rules of their own. The id of
 * the thing follows the dot in a finding's key.
 */
export const PART_FINDINGS: { [Name in CollectionName]?: (matrix: Matrix) => readonly Finding[] } = {
  paths: findInPaths,
  authorities: (matrix) => [...findInAuthorities(matrix), ...findInLimits(matrix)],
  conversations: findInConversations,
};
