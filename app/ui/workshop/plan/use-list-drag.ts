import { useEffect, useRef, useState, type PointerEvent, type RefObject } from "react";
import { pressOf } from "../../primitives/keys";

/** A pointer that moves less than this has pressed, not dragged. */
const THRESHOLD_PX = 5;
/** Within this distance of the window's edges the page scrolls. */
const EDGE_PX = 72;
const SCROLL_PX = 10;

/** An item that is carried, and the place before which it would land; the number of items for the end. */
export type Dragged = { itemId: string; place: number };

type DragOptions = { list: RefObject<HTMLElement>; onDrop: (itemId: string, place: number) => void };

/** Drags the items of a list by their grips, with a mouse, a pen or a finger. Keys and menus do the same. */
export function useListDrag({ list, onDrop }: DragOptions) {
  const [dragged, setDragged] = useState<Dragged | null>(null);
  const chip = useRef<HTMLDivElement>(null);
  const hand = useRef({ x: 0, y: 0 });
  const drop = useRef(onDrop);
  drop.current = onDrop;
  const stop = useRef<(() => void) | null>(null);
  useEffect(() => () => stop.current?.(), []);
  useEffect(() => {
    moveChip();
  });

  function moveChip() {
    chip.current?.style.setProperty("translate", `${hand.current.x + 14}px ${hand.current.y + 10}px`);
  }

  function grip(event: PointerEvent<HTMLElement>) {
    const held = event.target instanceof Element ? event.target.closest("[data-grip]") : null;
    const itemId = held?.closest("[data-item]")?.getAttribute("data-item");
    const element = list.current;
    if (!itemId || !element || event.button !== 0 || !event.isPrimary) return;
    // Otherwise the browser marks the text between.
    event.preventDefault();
    stop.current?.();
    stop.current = follow(element, event, itemId);
  }

  function follow(element: HTMLElement, { pointerId, clientX, clientY }: PointerEvent, itemId: string): () => void {
    let carrying = false;
    let place = 0;
    let frame = 0;
    hand.current = { x: clientX, y: clientY };

    function find() {
      moveChip();
      const next = placeAt(element, hand.current.y);
      if (carrying && next === place) return;
      place = next;
      setDragged({ itemId, place });
    }

    function roll() {
      const { y } = hand.current;
      const scroller = element.closest("main");
      if (y > window.innerHeight - EDGE_PX) scroller?.scrollBy(0, SCROLL_PX);
      else if (scroller && y < scroller.getBoundingClientRect().top + EDGE_PX) scroller.scrollBy(0, -SCROLL_PX);
      find();
      frame = requestAnimationFrame(roll);
    }

    function move(event: globalThis.PointerEvent) {
      if (event.pointerId !== pointerId) return;
      if (!carrying && Math.hypot(event.clientX - clientX, event.clientY - clientY) < THRESHOLD_PX) return;
      hand.current = { x: event.clientX, y: event.clientY };
      if (carrying) return;
      find();
      carrying = true;
      element.setPointerCapture(pointerId);
      frame = requestAnimationFrame(roll);
    }

    function release(event: globalThis.PointerEvent) {
      if (event.pointerId !== pointerId) return;
      const landed = carrying ? placeAt(element, hand.current.y) : null;
      end();
      if (landed !== null) drop.current(itemId, landed);
    }

    function cancel(event: KeyboardEvent) {
      if (pressOf(event).key !== "Escape" || !carrying) return;
      event.preventDefault();
      event.stopPropagation();
      end();
    }

    function end() {
      stop.current = null;
      cancelAnimationFrame(frame);
      window.removeEventListener("pointermove", move);
      window.removeEventListener("pointerup", release);
      window.removeEventListener("pointercancel", end);
      window.removeEventListener("keydown", cancel, true);
      window.removeEventListener("blur", end);
      if (element.hasPointerCapture(pointerId)) element.releasePointerCapture(pointerId);
      setDragged(null);
    }

    window.addEventListener("pointermove", move);
    window.addEventListener("pointerup", release);
    window.addEventListener("pointercancel", end);
    window.addEventListener("keydown", cancel, true);
    window.addEventListener("blur", end);
    return end;
  }

  return { dragged, chip, grip };
}

/** The place before which something at this height would land. */
function placeAt(list: HTMLElement, y: number): number {
  const rows = [...list.children];
  const below = rows.findIndex((row) => {
    const { top, height } = row.getBoundingClientRect();
    return y < top + height / 2;
  });
  return below < 0 ? rows.length : below;
}
