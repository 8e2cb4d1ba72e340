import type { MouseEvent } from "react";
import { useFollow } from "../primitives/use-follow";
import type { BoardSelection } from "./use-board-selection";

type ClickOptions = {
  readOnly: boolean;
  selection: BoardSelection;
  onOpen: (dutyId: string) => void;
  onMenu: (dutyId: string) => void;
};

/**
 * One listener for the clicks on all cards: on a link, on the menu button, or on the card, which opens it or, with
 * Shift or Ctrl, selects it.
 */
export function useCardClicks({ readOnly, selection, onOpen, onMenu }: ClickOptions): (event: MouseEvent) => void {
  const follow = useFollow();
  return (event) => {
    const target = event.target instanceof Element ? event.target : null;
    if (follow(event)) return;
    const id = target?.closest("[data-duty]")?.getAttribute("data-duty");
    if (!id) return;
    if (target?.closest("[data-menu]")) return onMenu(id);
    if (!readOnly && event.shiftKey) return selection.extendTo(id);
    if (!readOnly && (event.ctrlKey || event.metaKey)) return selection.toggle(id);
    selection.setAnchor(id);
    onOpen(id);
  };
}
