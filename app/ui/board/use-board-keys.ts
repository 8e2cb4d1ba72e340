import { useEffect, useRef } from "react";
import { isTyping, pressOf, type Press } from "../primitives/keys";
import type { BoardColumn } from "./board-view";
import { readingOrder } from "./board-view";

type BoardActions = {
  columns: readonly BoardColumn[];
  carrying: boolean;
  readOnly: boolean;
  lift: (dutyId: string) => void;
  aim: (step: -1 | 1) => void;
  drop: () => void;
  cancel: () => void;
  open: (dutyId: string) => void;
  chooseTarget: (dutyId: string) => void;
  remove: (dutyId: string) => void;
  extend: (from: string, to: string) => void;
  selectAll: () => void;
  clearSelection: () => void;
  help: () => void;
  search: () => void;
};

/** The card that has the focus, if one has. */
export function focusedCard(): string | null {
  const element = document.activeElement;
  return element instanceof HTMLElement ? (element.dataset.duty ?? null) : null;
}

/** Puts the focus on a card once it is drawn where it belongs. */
function focusCard(dutyId: string): void {
  const element = document.querySelector(`[data-duty="${CSS.escape(dutyId)}"]`);
  if (!(element instanceof HTMLElement)) return;
  element.focus({ preventScroll: true });
  element.scrollIntoView({ block: "nearest", inline: "nearest" });
}

/** Returns a function that names the card which takes the focus after the next render. */
export function useFocusAfterRender(): (dutyId: string | null) => void {
  const next = useRef<string | null>(null);
  useEffect(() => {
    if (next.current) focusCard(next.current);
    next.current = null;
  });
  return (dutyId) => {
    next.current = dutyId;
  };
}

/**
 * The board's keyboard commands. They are ignored while somebody types, while a dialog is open, and on controls other
 * than cards.
 */
export function useBoardKeys(actions: BoardActions): void {
  const now = useRef(actions);
  now.current = actions;
  useEffect(() => {
    const hear = (event: KeyboardEvent) => {
      const press = pressOf(event);
      if (event.defaultPrevented || press.alt || isTyping(event.target) || document.querySelector("dialog[open]"))
        return;
      const dutyId = focusedCard();
      const handled = press.control
        ? withControl(press, now.current)
        : boardKey(press, now.current) || (dutyId !== null && cardKey(press, dutyId, now.current));
      if (handled) event.preventDefault();
    };
    window.addEventListener("keydown", hear);
    return () => window.removeEventListener("keydown", hear);
  }, []);
}

function withControl({ key }: Press, { readOnly, selectAll }: BoardActions): boolean {
  if (key !== "a" || readOnly || focusedCard() === null) return false;
  selectAll();
  return true;
}

function boardKey(press: Press, actions: BoardActions): boolean {
  if (actions.carrying) return carryKey(press, actions);
  const keys: Record<string, () => void> = { "/": actions.search, "?": actions.help, Escape: actions.clearSelection };
  const act = Object.hasOwn(keys, press.key) ? keys[press.key] : undefined;
  act?.();
  return act !== undefined;
}

function carryKey({ key }: Press, { aim, drop, cancel }: BoardActions): boolean {
  const keys: Record<string, () => void> = {
    ArrowLeft: () => aim(-1),
    ArrowRight: () => aim(1),
    ArrowUp: () => undefined,
    ArrowDown: () => undefined,
    " ": drop,
    Enter: drop,
    Escape: cancel,
    Tab: cancel,
  };
  const act = Object.hasOwn(keys, key) ? keys[key] : undefined;
  act?.();
  return act !== undefined && key !== "Tab";
}

function cardKey({ key, shift }: Press, dutyId: string, actions: BoardActions): boolean {
  const neighbour = neighbourOf(actions.columns, dutyId, key);
  if (neighbour !== undefined) {
    if (neighbour) {
      if (shift && !actions.readOnly && key !== "ArrowLeft" && key !== "ArrowRight") actions.extend(dutyId, neighbour);
      focusCard(neighbour);
    }
    return true;
  }
  if (key === "Enter") actions.open(dutyId);
  else if (actions.readOnly) return false;
  else if (key === " ") actions.lift(dutyId);
  else if (key === "m") actions.chooseTarget(dutyId);
  else if (key === "Delete" || key === "Backspace") actions.remove(dutyId);
  else return false;
  return true;
}

/**
 * The card that an arrow key leads to: undefined for other keys, null at an edge. Left and right go to the same row of
 * the next column, or its last.
 */
function neighbourOf(columns: readonly BoardColumn[], dutyId: string, key: string): string | null | undefined {
  const orders = columns.map(readingOrder).filter((order) => order.length > 0);
  const at = orders.findIndex((order) => order.includes(dutyId));
  const order = orders[at] ?? [];
  const row = order.indexOf(dutyId);
  switch (key) {
    case "ArrowUp":
      return order[row - 1] ?? null;
    case "ArrowDown":
      return order[row + 1] ?? null;
    case "Home":
      return order[0] ?? null;
    case "End":
      return order.at(-1) ?? null;
    case "ArrowLeft":
    case "ArrowRight": {
      const next = orders[key === "ArrowLeft" ? at - 1 : at + 1];
      return next?.[Math.min(row, next.length - 1)] ?? null;
    }
    default:
      return undefined;
  }
}
