import { Suspense, useId, useRef, useState, type KeyboardEvent, type ReactNode, type RefObject } from "react";
import { pressOf } from "../keys";
import { lazily } from "../lazily";
import type { MenuItem } from "./menu-item";

/** Props that the trigger must spread onto its button. */
export type MenuTriggerProps = {
  ref: RefObject<HTMLButtonElement>;
  id: string;
  "aria-haspopup": "menu";
  "aria-expanded": boolean;
  "aria-controls": string | undefined;
  onClick: () => void;
  onKeyDown: (event: KeyboardEvent) => void;
};

type MenuProps = {
  trigger: (props: MenuTriggerProps) => ReactNode;
  items: readonly MenuItem[];
  align?: "start" | "end";
  onOpenChange?: (open: boolean) => void;
};

/** The list of an open menu, which is loaded later, since no page needs it for its first render. */
const list = lazily(async () => (await import("./menu-list")).MenuList);
const MenuList = list.Component;
export const MENU_PARTS = [list];

/** A button with a menu. The list is in the top layer, so nothing clips it, and it isn't rendered while closed. */
export function Menu({ trigger, items, align = "start", onOpenChange }: MenuProps) {
  const [open, setOpen] = useState<"first" | "last" | null>(null);
  const button = useRef<HTMLButtonElement>(null);
  const id = useId();

  function show(at: "first" | "last" | null) {
    setOpen(at);
    onOpenChange?.(at !== null);
  }

  function close(refocus: boolean) {
    show(null);
    if (refocus) button.current?.focus();
  }

  const props: MenuTriggerProps = {
    ref: button,
    id: `${id}-trigger`,
    "aria-haspopup": "menu",
    "aria-expanded": open !== null,
    "aria-controls": open ? `${id}-menu` : undefined,
    onClick: () => show(open ? null : "first"),
    onKeyDown: (event) => {
      const { key } = pressOf(event);
      if (key !== "ArrowDown" && key !== "ArrowUp") return;
      event.preventDefault();
      show(key === "ArrowDown" ? "first" : "last");
    },
  };

  return (
    <>
      {trigger(props)}
      {open && (
        <Suspense>
          <MenuList id={id} items={items} align={align} focus={open} button={button} onClose={close} />
        </Suspense>
      )}
    </>
  );
}
