import { useState } from "react";

const NONE: ReadonlySet<string> = new Set();

/** The selected cards. `visibleIds` are the duties on screen in reading order. */
export function useBoardSelection(visibleIds: readonly string[]) {
  const [ids, setIds] = useState(NONE);
  const [anchor, setAnchor] = useState<string | null>(null);

  function toggle(id: string) {
    setAnchor(id);
    setIds((current) => {
      const next = new Set(current);
      if (!next.delete(id)) next.add(id);
      return next;
    });
  }

  /** Adds every card between the anchor and this one. */
  function extendTo(id: string) {
    setAnchor(id);
    const [from, to] = [visibleIds.indexOf(anchor ?? id), visibleIds.indexOf(id)].sort((a, b) => a - b);
    setIds((current) => new Set([...current, ...visibleIds.slice(from, (to ?? 0) + 1)]));
  }

  return {
    ids,
    /** The card from which a click with Shift selects. */
    setAnchor,
    toggle,
    extendTo,
    add: (...more: string[]) => setIds((current) => new Set([...current, ...more])),
    selectAll: () => setIds(new Set(visibleIds)),
    clear: () => setIds(NONE),
    /** The cards that move when this one is moved: the whole selection if the card is in it. */
    movedWith: (id: string) => (ids.has(id) ? visibleIds.filter((other) => ids.has(other)) : [id]),
  };
}

export type BoardSelection = ReturnType<typeof useBoardSelection>;
