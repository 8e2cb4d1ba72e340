import { useEffect, useLayoutEffect, useRef, type KeyboardEvent, type RefObject } from "react";
import { classNames } from "../class-names";
import { pressOf } from "../keys";
import type { MenuItem } from "./menu-item";
import styles from "./menu.module.css";
import { Link } from "../router";

const useLayoutEffectInBrowser = typeof window === "undefined" ? useEffect : useLayoutEffect;

type MenuListProps = {
  id: string;
  items: readonly MenuItem[];
  align: "start" | "end";
  focus: "first" | "last";
  button: RefObject<HTMLButtonElement>;
  onClose: (refocus: boolean) => void;
};

/** The entries of an open menu, and its keyboard control. */
export function MenuList({ id, items, align, focus, button, onClose }: MenuListProps) {
  const list = useRef<HTMLDivElement>(null);
  const closing = useRef(onClose);
  closing.current = onClose;

  useLayoutEffectInBrowser(() => {
    const menu = list.current;
    if (!menu) return;
    menu.showPopover?.();
    if (button.current) standBeside(menu, button.current, align);
    const entries = entriesOf(menu);
    entries.at(focus === "first" ? 0 : -1)?.focus({ preventScroll: true });
  }, [align, button, focus]);

  useEffect(() => {
    const leave = (event: Event) => {
      const inside =
        event.target instanceof Node &&
        (list.current?.contains(event.target) || button.current?.contains(event.target));
      if (!inside) closing.current(false);
    };
    document.addEventListener("pointerdown", leave, true);
    document.addEventListener("scroll", leave, true);
    window.addEventListener("resize", leave);
    return () => {
      document.removeEventListener("pointerdown", leave, true);
      document.removeEventListener("scroll", leave, true);
      window.removeEventListener("resize", leave);
    };
  }, [button]);

  return (
    <div
      ref={list}
      id={`${id}-menu`}
      role="menu"
      aria-labelledby={`${id}-trigger`}
      className={styles.menu}
      onKeyDown={(event) => moveInside(event, onClose)}
      {...{ popover: "manual" }}
    >
      {items.map((item) => (
        <MenuEntry key={item.key} item={item} onClose={onClose} />
      ))}
    </div>
  );
}

function MenuEntry({ item, onClose }: { item: MenuItem; onClose: (refocus: boolean) => void }) {
  const face = (
    <>
      {item.icon}
      <span className={styles.label}>{item.label}</span>
      {item.hint && <span className={styles.hint}>{item.hint}</span>}
    </>
  );
  const className = classNames(styles.item, item.separated && styles.separated, item.tone === "alert" && styles.alert);
  if (item.href !== undefined) {
    return item.download ? (
      <a role="menuitem" tabIndex={-1} href={item.href} download className={className} onClick={() => onClose(true)}>
        {face}
      </a>
    ) : (
      <Link role="menuitem" tabIndex={-1} to={item.href} className={className} onClick={() => onClose(true)}>
        {face}
      </Link>
    );
  }
  const { onSelect } = item;
  function select() {
    if (item.disabled) return;
    onClose(true);
    onSelect();
  }
  return (
    <button
      type="button"
      role="menuitem"
      tabIndex={-1}
      aria-disabled={item.disabled || undefined}
      className={className}
      onClick={select}
    >
      {face}
    </button>
  );
}

function entriesOf(menu: HTMLElement): HTMLElement[] {
  return [...menu.querySelectorAll<HTMLElement>('[role="menuitem"]')];
}

function moveInside(event: KeyboardEvent<HTMLElement>, onClose: (refocus: boolean) => void) {
  event.stopPropagation();
  const entries = entriesOf(event.currentTarget);
  const at = entries.findIndex((entry) => entry === document.activeElement);
  const to: Record<string, number> = {
    ArrowDown: (at + 1) % entries.length,
    ArrowUp: (at - 1 + entries.length) % entries.length,
    Home: 0,
    End: entries.length - 1,
  };
  const { key } = pressOf(event);
  const next = Object.hasOwn(to, key) ? to[key] : undefined;
  if (next !== undefined) {
    event.preventDefault();
    entries[next]?.focus();
  } else if (key === "Escape") {
    event.preventDefault();
    onClose(true);
  } else if (key === "Tab") onClose(true);
}

const GAP = 4;
const EDGE = 8;

/** Places the menu below its button if there is room, otherwise above, and always inside the window. */
function standBeside(menu: HTMLElement, button: HTMLElement, align: "start" | "end") {
  const anchor = button.getBoundingClientRect();
  const { width, height } = menu.getBoundingClientRect();
  const left = align === "start" ? anchor.left : anchor.right - width;
  const below = anchor.bottom + GAP;
  const top =
    below + height + EDGE > window.innerHeight && anchor.top - GAP - height > EDGE ? anchor.top - GAP - height : below;
  menu.style.left = `${Math.max(EDGE, Math.min(left, window.innerWidth - width - EDGE))}px`;
  menu.style.top = `${Math.max(EDGE, Math.min(top, window.innerHeight - height - EDGE))}px`;
}
