import { defaultRangeExtractor, useVirtualizer, type Range, type Virtualizer } from "@tanstack/react-virtual";
import { useEffect, type RefObject } from "react";
import type { GridRow } from "../matrix-view";
import { DOMAIN_PX, FOOT_PX, HEAD_PX, heightOf } from "./grid-geometry";

export type RowVirtualizer = Virtualizer<HTMLDivElement, Element>;

/**
 * Decides which rows are in the page: those in view, a few around them, and the active one, so that
 * `aria-activedescendant` finds it.
 */
export function useRowVirtualizer({
  frame,
  rows,
  left,
  activeIndex,
}: {
  frame: RefObject<HTMLDivElement>;
  rows: readonly GridRow[];
  left: number;
  activeIndex: number;
}): RowVirtualizer {
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => frame.current,
    estimateSize: (i) => heightOf(rows[i], left),
    getItemKey: (i) => rows[i]?.id ?? i,
    initialRect: { width: 1_200, height: 800 },
    overscan: 6,
    scrollMargin: HEAD_PX,
    scrollPaddingStart: HEAD_PX + DOMAIN_PX,
    scrollPaddingEnd: FOOT_PX + 8,
    rangeExtractor: (range: Range) =>
      [...new Set([...defaultRangeExtractor(range), ...(activeIndex >= 0 ? [activeIndex] : [])])].sort((a, b) => a - b),
  });
  useEffect(() => virtual.measure(), [virtual, left, rows]);
  return virtual;
}
