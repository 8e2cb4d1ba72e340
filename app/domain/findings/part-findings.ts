import type { Matrix } from "../matrix/matrix";
import type { CollectionName } from "../parts/part";
import { findInAuthorities, findInConversations, findInPaths } from "./escalation-rules";
import type { Finding } from "./finding";

/** What is found in things of each kind, beside what is found in duties, the matrix as a whole and its people. A finding's key names the thing after its rule. */
export const PART_FINDINGS: { [Name in CollectionName]?: (matrix: Matrix) => readonly Finding[] } = {
  paths: findInPaths,
  authorities: findInAuthorities,
  conversations: findInConversations,
};
