import { useMemo } from "react";
import type { Matrix } from "~/domain/matrix/matrix";
import { useChanges } from "../changes/use-changes";
import { useDutyFilter } from "../duty/use-duty-filter";
import { boardColumns, isNarrowed, readingOrder } from "./board-view";

/** The columns with the duties that the filter in the URL lets through, and what of them is marked as changed. */
export function useVisibleDuties(matrix: Matrix) {
  const { filter, since, changed, ...url } = useDutyFilter();
  const marking = useChanges(matrix, since);
  const changes = marking.kind === "ready" ? marking.changes : null;
  const among = changed ? changes?.of : null;
  const columns = useMemo(() => boardColumns(matrix, { ...filter, among }), [matrix, filter, among]);
  const visibleIds = useMemo(() => columns.flatMap(readingOrder), [columns]);
  const filtered = Boolean(filter.query || filter.domainId || filter.owner || isNarrowed(filter.kind) || among);
  return { ...url, filter, filtered, changed, marking, changes, columns, visibleIds };
}
