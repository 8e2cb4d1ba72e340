import { useEffect, useRef, useState, type PointerEvent, type RefObject } from "react";
import type { MatrixEditor } from "../../editor/editor-types";
import { pressOf } from "../../primitives/keys";
import { DOMAIN_PX, FOOT_PX, HEAD_PX } from "../grid/grid-geometry";
import type { GridRow } from "../matrix-view";
import { landingAt, movedWords, moveCommands, sameLanding, type Landing } from "./row-drag";
import type { RowVirtualizer } from "../grid/use-row-virtualizer";

/** A pointer that moves less than this has pressed, not dragged. */
const THRESHOLD_PX = 5;
/** Within this distance of an edge the rows scroll, faster the nearer the pointer is, fastest beyond the edge. */
const EDGE_PX = 48;
const SLOWEST_PX_MS = 0.12;
const FASTEST_PX_MS = 2.4;

export type Carried = { dutyIds: readonly string[]; landing: Landing | null };

type DragOptions = {
  frame: RefObject<HTMLElement>;
  virtual: RowVirtualizer;
  rows: readonly GridRow[];
  editor: MatrixEditor | null;
  /** The duties that move with the dragged one. */
  movedWith: (dutyId: string) => readonly string[];
  /** A press without a drag. */
  onPress: (dutyId: string) => void;
  onDropped: (dutyId: string, landing: Landing) => void;
  say: (words: string) => void;
};

/**
 * Dragging rows by their grips. The rows are virtualised, so the landing is computed from the known offsets of all rows
 * and not from the elements in the page. The frame captures the pointer, since the dragged row may scroll out of the
 * page.
 */
export function useRowDrag(options: DragOptions) {
  const [carried, setCarried] = useState<Carried | null>(null);
  const chip = useRef<HTMLDivElement | null>(null);
  const hand = useRef({ x: 0, y: 0 });
  const now = useRef(options);
  now.current = options;
  const stop = useRef<(() => void) | null>(null);
  useEffect(() => () => stop.current?.(), []);

  function grip(event: PointerEvent<HTMLElement>) {
    const target = event.target instanceof Element ? event.target.closest("[data-grip]") : null;
    const dutyId = target?.getAttribute("data-grip");
    const element = options.frame.current;
    if (!dutyId || !element || !options.editor || event.button !== 0 || !event.isPrimary) return;
    event.preventDefault();
    stop.current?.();
    stop.current = follow(element, event, dutyId);
  }

  function follow(element: HTMLElement, { pointerId, clientX, clientY }: PointerEvent, dutyId: string): () => void {
    const last = { x: clientX, y: clientY };
    hand.current = last;
    const dutyIds = options.movedWith(dutyId);
    let landing: Landing | null = null;
    let dragging = false;
    let frameId = 0;
    let tick = 0;

    function place() {
      moveChip();
      const next = landingUnder(element, last.y, now.current);
      if (dragging && sameLanding(next, landing)) return;
      if (next && next.domain.id !== landing?.domain.id) now.current.say(`Over ${next.domain.name}.`);
      landing = next;
      setCarried({ dutyIds, landing });
    }

    function roll(time: number) {
      const passed = Math.min(50, time - tick);
      tick = time;
      const before = element.scrollTop;
      element.scrollTop += speedAt(element, last.y) * passed;
      if (element.scrollTop !== before) place();
      frameId = requestAnimationFrame(roll);
    }

    function move(event: globalThis.PointerEvent) {
      if (event.pointerId !== pointerId) return;
      if (!dragging && Math.hypot(event.clientX - clientX, event.clientY - clientY) < THRESHOLD_PX) return;
      last.x = event.clientX;
      last.y = event.clientY;
      place();
      if (dragging) return;
      dragging = true;
      tick = performance.now();
      frameId = requestAnimationFrame(roll);
    }

    function drop(event: globalThis.PointerEvent) {
      if (event.pointerId !== pointerId) return;
      const { editor, onPress, onDropped, say } = now.current;
      const target = dragging ? landing : null;
      end();
      if (!dragging) return onPress(dutyId);
      const commands = editor && target ? moveCommands(editor.matrix, dutyIds, target) : [];
      if (!editor || !target || commands.length === 0) return say("Put back.");
      if (editor.run(commands, movedWords(editor.matrix, dutyIds, target)).ok) onDropped(dutyId, target);
    }

    function cancel() {
      end();
      if (dragging) now.current.say("Put back.");
    }

    function press(event: KeyboardEvent) {
      if (pressOf(event).key !== "Escape") return;
      event.preventDefault();
      event.stopPropagation();
      cancel();
    }

    function end() {
      stop.current = null;
      cancelAnimationFrame(frameId);
      element.removeEventListener("pointermove", move);
      element.removeEventListener("pointerup", drop);
      element.removeEventListener("pointercancel", cancel);
      window.removeEventListener("keydown", press, true);
      window.removeEventListener("blur", cancel);
      if (element.hasPointerCapture(pointerId)) element.releasePointerCapture(pointerId);
      setCarried(null);
    }

    element.setPointerCapture(pointerId);
    element.addEventListener("pointermove", move);
    element.addEventListener("pointerup", drop);
    element.addEventListener("pointercancel", cancel);
    window.addEventListener("keydown", press, true);
    window.addEventListener("blur", cancel);
    return end;
  }

  function moveChip() {
    chip.current?.style.setProperty("translate", `${hand.current.x + 14}px ${hand.current.y + 10}px`);
  }

  /** The ref callback of the label beside the pointer. */
  function holdChip(element: HTMLDivElement | null) {
    chip.current = element;
    moveChip();
  }

  return { carried, holdChip, grip };
}

/**
 * The landing under the pointer, kept within the visible rows: below the head and its sticky heading, above the foot.
 */
function landingUnder(element: HTMLElement, clientY: number, { rows, virtual, editor }: DragOptions): Landing | null {
  const { top } = element.getBoundingClientRect();
  const firstPx = element.scrollTop + HEAD_PX;
  const sticking = rows[0] && element.scrollTop > 0 ? DOMAIN_PX : 0;
  const offset = Math.max(
    firstPx + sticking,
    Math.min(clientY - top + element.scrollTop, element.scrollTop + element.clientHeight - FOOT_PX - 1),
  );
  const item = virtual.getVirtualItemForOffset(offset);
  const domains = new Map((editor?.matrix.domains ?? []).map((domain) => [domain.id, domain]));
  return item ? landingAt(rows, domains, item.index, offset > item.start + item.size / 2) : null;
}

/** The scroll speed for a pointer at this height, in pixels a millisecond; negative scrolls up. */
function speedAt(element: HTMLElement, clientY: number): number {
  const { top, bottom } = element.getBoundingClientRect();
  const above = top + HEAD_PX + EDGE_PX - clientY;
  const below = clientY - (bottom - FOOT_PX - EDGE_PX);
  const depth = Math.max(above, below);
  if (depth <= 0) return 0;
  const speed = SLOWEST_PX_MS + (FASTEST_PX_MS - SLOWEST_PX_MS) * Math.min(1, depth / (EDGE_PX * 2)) ** 2;
  return above > below ? -speed : speed;
}
