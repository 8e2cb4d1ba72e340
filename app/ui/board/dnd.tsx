import { Accessibility, defaultPreset, PointerActivationConstraints, PointerSensor } from "@dnd-kit/dom";
import { DragDropProvider, DragOverlay, useDraggable, useDroppable } from "@dnd-kit/react";
import type { ReactNode } from "react";

/**
 * The only file that imports dnd-kit. It drags cards by pointer; the keyboard moves cards from column to column by the
 * board's own code.
 */

export type DragHandlers = {
  onStart: (dutyId: string) => void;
  onEnd: (dutyId: string, columnKey: string | null) => void;
};

const SENSORS = [
  PointerSensor.configure({
    // A finger picks a card up after resting on it, since one that moves at once scrolls. A mouse picks up after moving
    // a little.
    activationConstraints: (event) =>
      event.pointerType === "touch"
        ? [new PointerActivationConstraints.Delay({ value: 250, tolerance: 8 })]
        : [new PointerActivationConstraints.Distance({ value: 6 })],
    preventActivation: (event) => event.target instanceof Element && event.target.closest("button, a, input") !== null,
  }),
];
/** The library's announcements read ids aloud, so the board announces in words instead. */
const PLUGINS = defaultPreset.plugins.filter((plugin) => plugin !== Accessibility);

const idOf = (thing: { id: string | number } | null | undefined) => (thing ? String(thing.id) : null);

/** Lets the cards inside be dragged onto the columns inside. `overlay` is what follows the pointer. */
export function DragArea({
  handlers,
  overlay,
  children,
}: {
  handlers: DragHandlers;
  overlay: (dutyId: string) => ReactNode;
  children: ReactNode;
}) {
  return (
    <DragDropProvider
      sensors={SENSORS}
      plugins={PLUGINS}
      onDragStart={({ operation }) => handlers.onStart(idOf(operation.source) ?? "")}
      onDragEnd={({ operation, canceled }) =>
        handlers.onEnd(idOf(operation.source) ?? "", canceled ? null : idOf(operation.target))
      }
    >
      {children}
      <DragOverlay dropAnimation={null}>{(source) => overlay(String(source.id))}</DragOverlay>
    </DragDropProvider>
  );
}

/** Makes an element a card that can be dragged. */
export function useDragCard(dutyId: string, disabled: boolean) {
  return useDraggable({ id: dutyId, disabled });
}

/** Makes an element a column that takes cards. */
export function useDropColumn(key: string, disabled: boolean) {
  return useDroppable({ id: key, disabled });
}
