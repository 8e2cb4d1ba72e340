import { useEffect, useRef } from "react";
import { isTyping, pressOf } from "../../primitives/keys";

/** What each key does on the stage: a letter, a digit, an arrow's name, a space, or `Control z`. */
export type StageKeys = Readonly<Record<string, () => void>>;

/**
 * The keys of the stage. Nobody's typing is taken for a command, nor what is pressed in a dialog. A control that the
 * keyboard has reached keeps its space; one that was clicked doesn't, so that space goes on with the workshop. Without
 * `singles`, letters, digits and signs do nothing.
 */
export function useStageKeys(keys: StageKeys, singles: boolean): void {
  const now = useRef({ keys, singles });
  now.current = { keys, singles };
  useEffect(() => {
    const hear = (event: KeyboardEvent) => {
      const { key: pressed, control, alt, shift } = pressOf(event);
      if (event.defaultPrevented || event.repeat || alt || (control && shift)) return;
      const key = control ? `Control ${pressed}` : pressed;
      if (isTyping(event.target) || document.querySelector("dialog[open]")) return;
      if (key === " " && isReached(event.target)) return;
      if (key.length === 1 && key !== " " && !now.current.singles) return;
      const act = Object.hasOwn(now.current.keys, key) ? now.current.keys[key] : undefined;
      if (!act) return;
      event.preventDefault();
      act();
    };
    window.addEventListener("keydown", hear);
    return () => window.removeEventListener("keydown", hear);
  }, []);
}

function isReached(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    target.matches("button, a[href], summary, input") &&
    target.matches(":focus-visible")
  );
}
