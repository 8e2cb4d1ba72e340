import { useEffect, useRef, useState, type MouseEvent, type PointerEvent, type RefObject } from "react";
import { pressOf } from "../../primitives/keys";

/** A mouse that moves less than this has pressed, not dragged. */
const THRESHOLD_PX = 6;
/** A finger picks a card up after resting on it for this long, since one that moves at once scrolls. */
const REST_MS = 250;
/** Within this distance of an edge the ladder scrolls. */
const EDGE_PX = 48;
const SCROLL_PX = 14;

export type Dragged = { roleId: string; fromId: string; overId: string | null };
type DragOptions = {
  frame: RefObject<HTMLElement>;
  /** Null where nothing can be moved. */
  onDrop: ((roleId: string, fromId: string, toId: string) => void) | null;
};

/** Drags the cards of a ladder from level to level, with a mouse, a pen or a finger. Keys and menus do the same. */
export function useCardDrag({ frame, onDrop }: DragOptions) {
  const [dragged, setDragged] = useState<Dragged | null>(null);
  const chip = useRef<HTMLDivElement>(null);
  const hand = useRef({ x: 0, y: 0 });
  const now = useRef(onDrop);
  now.current = onDrop;
  const stop = useRef<(() => void) | null>(null);
  const carrying = useRef(false);
  const justDropped = useRef(false);

  useEffect(() => {
    const element = frame.current;
    // A browser asks before a finger moves whether it may scroll, so the listener is there from the beginning.
    const hold = (event: Event) => carrying.current && event.preventDefault();
    element?.addEventListener("touchmove", hold, { passive: false });
    element?.addEventListener("contextmenu", hold);
    return () => {
      element?.removeEventListener("touchmove", hold);
      element?.removeEventListener("contextmenu", hold);
      stop.current?.();
    };
  }, [frame]);

  useEffect(() => {
    moveChip();
  });

  function moveChip() {
    chip.current?.style.setProperty("translate", `${hand.current.x + 14}px ${hand.current.y + 10}px`);
  }

  function press(event: PointerEvent<HTMLElement>) {
    justDropped.current = false;
    const call =
      event.target instanceof Element ? event.target.closest("[data-call]")?.getAttribute("data-call") : null;
    const [fromId, roleId] = call?.split(" ") ?? [];
    const element = frame.current;
    if (!fromId || !roleId || !element || !onDrop || event.button !== 0 || !event.isPrimary) return;
    stop.current?.();
    stop.current = follow(element, event, { fromId, roleId });
  }

  function follow(
    element: HTMLElement,
    { pointerId, pointerType, clientX, clientY }: PointerEvent,
    card: { fromId: string; roleId: string },
  ): () => void {
    const byFinger = pointerType === "touch";
    const rest = byFinger ? setTimeout(pickUp, REST_MS) : undefined;
    let overId: string | null = null;
    hand.current = { x: clientX, y: clientY };

    function pickUp() {
      carrying.current = true;
      element.setPointerCapture(pointerId);
      place();
    }

    function place() {
      const { x, y } = hand.current;
      const level = document.elementFromPoint(x, y)?.closest("[data-level]");
      overId = level && element.contains(level) ? level.getAttribute("data-level") : null;
      const { left, right } = element.getBoundingClientRect();
      if (x > right - EDGE_PX) element.scrollLeft += SCROLL_PX;
      else if (x < left + EDGE_PX) element.scrollLeft -= SCROLL_PX;
      setDragged({ ...card, overId });
    }

    function move(event: globalThis.PointerEvent) {
      if (event.pointerId !== pointerId) return;
      const far = Math.hypot(event.clientX - clientX, event.clientY - clientY) >= THRESHOLD_PX;
      hand.current = { x: event.clientX, y: event.clientY };
      if (carrying.current) place();
      else if (far && byFinger) end();
      else if (far) pickUp();
    }

    function drop(event: globalThis.PointerEvent) {
      if (event.pointerId !== pointerId) return;
      const carried = carrying.current;
      end();
      justDropped.current = carried;
      if (carried && overId !== null && overId !== card.fromId) now.current?.(card.roleId, card.fromId, overId);
    }

    function cancel(event: KeyboardEvent) {
      if (pressOf(event).key !== "Escape" || !carrying.current) return;
      event.preventDefault();
      event.stopPropagation();
      end();
      justDropped.current = true;
    }

    function end() {
      stop.current = null;
      carrying.current = false;
      clearTimeout(rest);
      window.removeEventListener("pointermove", move);
      window.removeEventListener("pointerup", drop);
      window.removeEventListener("pointercancel", end);
      window.removeEventListener("keydown", cancel, true);
      window.removeEventListener("blur", end);
      if (element.hasPointerCapture(pointerId)) element.releasePointerCapture(pointerId);
      setDragged(null);
    }

    window.addEventListener("pointermove", move);
    window.addEventListener("pointerup", drop);
    window.addEventListener("pointercancel", end);
    window.addEventListener("keydown", cancel, true);
    window.addEventListener("blur", end);
    return end;
  }

  /** The click that follows a drop opens nothing. */
  function swallowClick(event: MouseEvent) {
    if (!justDropped.current) return;
    justDropped.current = false;
    event.preventDefault();
    event.stopPropagation();
  }

  return { dragged, chip, handlers: { onPointerDown: press, onClickCapture: swallowClick } };
}
